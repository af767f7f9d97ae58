/** The database that a server works with: the one it was given, or one of its own. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectionFile } from './jobs/connection-file.ts';
import { startPostgres } from './jobs/postgres/server.ts';
import type { Settings } from './settings.ts';
import type { Logging } from './telemetry/log.ts';

export interface ServerDatabase {
  readonly connectionString: string;
  /** It was started here, and no other process works with it. */
  readonly own: boolean;
  stop(): Promise<void>;
}

/** Of a server of our own. */
export interface DatabaseEvents {
  /** It died, and is started again. */
  readonly onCrash: () => void;
  /** It died too often, and stays down. */
  readonly onFailure: (error: Error) => void;
}

export async function startDatabase(
  settings: Settings,
  { log, hide }: Logging,
  { onCrash, onFailure }: DatabaseEvents,
): Promise<ServerDatabase> {
  if (settings.databaseUrl !== undefined) {
    hidePassword(settings.databaseUrl, hide);
    return { connectionString: settings.databaseUrl, own: false, stop: () => Promise.resolve() };
  }
  const server = await startPostgres({
    folder: join(settings.dataFolder, 'postgres'),
    log,
    onEvent(event) {
      if (event.kind === 'crashed') onCrash();
      if (event.kind === 'gave-up') onFailure(event.error);
    },
  });
  const { connectionString } = server;
  hidePassword(connectionString, hide);
  const note = connectionFile(settings.dataFolder);
  await writeFile(note, connectionString, { mode: 0o600 });
  return {
    connectionString,
    own: true,
    async stop() {
      await rm(note, { force: true });
      await server.stop();
    },
  };
}

function hidePassword(url: string, hide: (secret: string) => void): void {
  hide(url);
  const password = URL.canParse(url) ? decodeURIComponent(new URL(url).password) : '';
  if (password !== '') hide(password);
}
