/** Probot, with our settings and nothing of the environment: it verifies webhooks and hands them to the app. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createNodeMiddleware, Probot, ProbotOctokit, type ApplicationFunction } from 'probot';
import type { Logger } from 'pino';
import type { GithubSettings } from '../../settings-github.ts';

/** Where the App says that webhooks go: app.yml, and the page that makes an App, say the same. */
export const webhooksPath = '/api/github/webhooks';

/**
 * Probot asks it for another one for every webhook, which takes longer than all else: this one is handed out each time.
 * Nothing asks with it, since jobs have their own (octokit.ts).
 */
class Idle extends ProbotOctokit {
  constructor(...options: ConstructorParameters<typeof ProbotOctokit>) {
    super(...options);
    this.auth = () => Promise.resolve(this);
  }
}

/** @returns what answers a request: 200 when the app is done, 400 when GitHub did not send it, 500 when the app threw. */
export async function createReceiver(
  app: ApplicationFunction,
  {
    appId,
    privateKey,
    webhookSecret,
    apiUrl,
  }: Pick<GithubSettings, 'appId' | 'privateKey' | 'webhookSecret' | 'apiUrl'>,
  log: Logger,
): Promise<(request: IncomingMessage, response: ServerResponse) => unknown> {
  const probot = new Probot({
    appId,
    privateKey,
    secret: webhookSecret,
    baseUrl: apiUrl,
    // It would tell at length of everybody who guesses at the secret; the app tells what goes wrong.
    log: log.child({}, { level: 'fatal' }),
    Octokit: Idle,
  });
  return createNodeMiddleware(app, { probot, webhooksPath });
}
