/** Constructs what serves the repositories of a GitHub App. Apart from compose.ts, so that other verbs need not load it. */
import { join } from 'node:path';
import { askingEvents, dreamkeeperApp } from './app.ts';
import { dreamerOf } from './compose-dreamers.ts';
import { agentsOf } from './compose-agents.ts';
import { anthropicDoor } from './compose-webhooks.ts';
import { createAppIdentity } from './github/app-identity.ts';
import { createClient } from './github/client.ts';
import { githubWorks } from './github/handlers.ts';
import { missedDeliveries } from './github/missed-deliveries.ts';
import type { AnswerCounts } from './github/octokit.ts';
import { hostedRepositories } from './github/repositories.ts';
import { createSubmissions } from './github/submit/submissions.ts';
import type { AskedJob } from './github/webhooks/payload.ts';
import { createReceiver, webhooksPath } from './github/webhooks/receive.ts';
import { sessionsHandler } from './http/sessions.ts';
import { webhooksHandler } from './http/webhooks.ts';
import { createHandlers } from './jobs/handlers.ts';
import { openDreamsHook } from './jobs/reconcile.ts';
import type { Served } from './served.ts';
import type { Settings } from './settings.ts';
import type { GithubSettings } from './settings-github.ts';
import type { Logging } from './telemetry/log.ts';

/** Webhooks say what happens; this is for those that were lost, and each look costs requests. */
const staleSeconds = 24 * 3_600;

/** The repositories of the App's installations, in place of those of a folder. */
export function serveApp(
  settings: Settings,
  github: GithubSettings,
  logging: Logging,
  counts: AnswerCounts,
): Served {
  const { dataFolder, git } = settings;
  const { log, hide } = logging;
  hide(github.webhookSecret);
  const { apiKey } = settings.anthropic() ?? {};
  if (apiKey !== undefined) hide(apiKey);
  const client = createClient(github, log, { counts });
  const source = hostedRepositories({
    client,
    dataFolder,
    git,
    dreamerOf: (config, repository) => dreamerOf(config, settings, repository),
    agentsOf: agentsOf(settings),
  });
  const identity = createAppIdentity(client);
  const installedAt = (installation: number, signal: AbortSignal): Promise<string> =>
    client.installedAt(installation, signal);
  return {
    source,
    folder: dataFolder,
    staleSeconds,
    handlers: (parts) =>
      createHandlers({ ...parts, source, works: githubWorks({ queue: parts.queue, installedAt }) }),
    hooks: ({ states, queue }) => [
      missedDeliveries({
        app: client.forApp(),
        events: askingEvents,
        isNew: async () => (await states.all()).states.length === 0,
      }),
      openDreamsHook({ states, queue, everySeconds: 6 * 3_600 }),
    ],
    checks: { github: () => identity.check() },
    async requests(ask) {
      // Nobody waits for it: until then our own webhooks are taken for somebody's.
      identity
        .check()
        .catch((error: unknown) => log.warn({ err: error }, 'GitHub did not say who the App is'));
      const app = dreamkeeperApp({ ask, isOurs: (login) => identity.isOurs(login), log });
      const webhooks = webhooksHandler({
        path: webhooksPath,
        handle: await createReceiver(app, github, log),
      });
      const submissions = createSubmissions({
        ...{ client, settings: github, oidc: github.oidc, dataFolder, git, log, octokit: { counts } },
        afterwards: (about) => ask([lookSoon(about, Date.now())]).then(() => undefined),
      });
      const sessions = sessionsHandler({
        folder: join(dataFolder, 'uploads'),
        authenticate: (token, target) => submissions.authenticate(token, target),
        submit: (upload) => submissions.submit(upload),
        onError: (error) => log.warn({ err: error }, 'taking in a session failed'),
      });
      const anthropic = await anthropicDoor(settings, logging, ask);
      return { handlers: [webhooks, sessions, ...anthropic], close: () => submissions.close() };
    },
  };
}

const minute = 60_000;

/** One look for all that came within a minute. @param now milliseconds since 1970. */
function lookSoon(
  about: { readonly repository: string; readonly installation: string },
  now: number,
): AskedJob {
  const startAfter = new Date(Math.ceil(now / minute) * minute).toISOString();
  return { payload: { kind: 'sync', ...about, slot: `handed in until ${startAfter}` }, startAfter };
}
