/** Constructs what serves the repositories of a GitHub App. Apart from compose.ts, so that other verbs need not load it. */
import { dreamkeeperApp } from './app.ts';
import { dreamerOf } from './compose.ts';
import { createAppIdentity } from './github/app-identity.ts';
import { createClient } from './github/client.ts';
import { githubWorks } from './github/handlers.ts';
import type { AnswerCounts } from './github/octokit.ts';
import { hostedRepositories } from './github/repositories.ts';
import { createReceiver, webhooksPath } from './github/webhooks/receive.ts';
import { webhooksHandler } from './http/webhooks.ts';
import { createHandlers } from './jobs/handlers.ts';
import type { Served } from './served.ts';
import type { Settings } from './settings.ts';
import type { GithubSettings } from './settings-github.ts';
import type { Logging } from './telemetry/log.ts';

/** Webhooks say what happens; this is for those that were lost, and each look costs requests. */
const staleSeconds = 24 * 3_600;

/** The repositories of the App's installations, in place of those of a folder. */
export function serveApp(
  { dataFolder, git }: Settings,
  github: GithubSettings,
  { log, hide }: Logging,
  counts: AnswerCounts,
): Served {
  hide(github.webhookSecret);
  const client = createClient(github, log, { counts });
  const source = hostedRepositories({ client, dataFolder, git, dreamerOf });
  const identity = createAppIdentity(client);
  const installedAt = (installation: number, signal: AbortSignal): Promise<string> =>
    client.installedAt(installation, signal);
  return {
    source,
    folder: dataFolder,
    staleSeconds,
    handlers: (parts) =>
      createHandlers({ ...parts, source, works: githubWorks({ queue: parts.queue, installedAt }) }),
    checks: { github: () => identity.check() },
    async requests(ask) {
      // Nobody waits for it: until then our own webhooks are taken for somebody's.
      identity
        .check()
        .catch((error: unknown) => log.warn({ err: error }, 'GitHub did not say who the App is'));
      const app = dreamkeeperApp(ask, (login) => identity.isOurs(login));
      return [webhooksHandler({ path: webhooksPath, handle: await createReceiver(app, github, log) })];
    },
  };
}
