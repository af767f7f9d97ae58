/** Serves the set-up page until there is a GitHub App, and keeps what was made in the data folder. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createSetUp } from './github/set-up/set-up.ts';
import { listen } from './http/listen.ts';
import { routes } from './http/routes.ts';
import type { Settings } from './settings.ts';
import type { Logging } from './telemetry/log.ts';

export interface SetUpServer {
  readonly settings: Settings;
  readonly port: number;
  readonly logging: Logging;
  /** Resolves when the process is asked to stop. */
  readonly stopAsked: Promise<void>;
}

/** Beside this file's folder, compiled or not. */
const appFile = new URL('../app.yml', import.meta.url);

/** @returns false when it was stopped before there was an App. */
export async function setUpApp({ settings, port, logging, stopAsked }: SetUpServer): Promise<boolean> {
  const { log, hide } = logging;
  const onError = (error: unknown): void => log.warn({ err: error }, 'the set-up page failed');
  const page = createSetUp({
    github: settings.githubAddresses(),
    appFile: readFileSync(appFile, 'utf8'),
    onError,
    save({ id, privateKey, webhookSecret }) {
      hide(webhookSecret);
      const lines = [`APP_ID=${id}`, `WEBHOOK_SECRET="${webhookSecret}"`, `PRIVATE_KEY="${privateKey}"`];
      write(settings.appEnvironmentFile, `${lines.join('\n')}\n`);
      return Promise.resolve();
    },
  });
  const alive = routes({ '/healthz': () => ({ status: 200, body: { status: 'ok' } }) });
  const listening = await listen({ port, host: settings.host, handlers: [alive, page.handle], onError });
  const host = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(settings.host) ? 'localhost' : settings.host;
  const at = `http://${host}:${listening.port}${page.path}`;
  log.info({ port: listening.port }, `there is no GitHub App yet: make one at ${at}`);
  const made = await Promise.race([page.done.then(() => true), stopAsked.then(() => false)]);
  await listening.close();
  if (made) log.info('the GitHub App was made');
  return made;
}

/** Whole or not at all, and nobody else's to read. */
function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
