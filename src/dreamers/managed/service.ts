/** Anthropic as the service where a repository's agents run. */
import type Anthropic from '@anthropic-ai/sdk';
import type { Config } from '../../core/config.ts';
import type { AgentService, Synced } from '../../core/dream/agent-service.ts';
import type { Ledger } from '../../core/dream/ledger.ts';
import type { Repository } from '../../core/dream/repository.ts';
import { memoryMatcher } from '../../core/memory/memory-paths.ts';
import type { Redactor } from '../../core/sessions/redact.ts';
import type { Connection } from './connection.ts';
import { namesSessions } from './sessions/list.ts';
import { takeInManaged } from './sessions/take-in.ts';
import { isSynced, syncMemory } from './sync/sync.ts';

export interface ServiceOptions {
  /** The connection to the API; asked for when it is needed. */
  readonly open: () => Anthropic;
  readonly config: Config;
  readonly repository: Pick<Repository, 'resolve' | 'readFiles'>;
  readonly ledger: Ledger;
  readonly redactor: Redactor;
}

const nothing = { ingested: 0, unchanged: 0, refused: [], sessions: [] };
const nothingSynced: Synced = { written: [], removed: [], foreign: [] };

/** Where the config names nothing at Anthropic it does nothing. */
export function createAgentService(options: ServiceOptions): AgentService {
  const { open, config, repository, ledger } = options;
  const hasSessions = namesSessions(config);
  const at = (signal: AbortSignal | undefined): Connection => ({ client: open(), signal });
  return {
    hasSessions,
    async takeIn(now, { signal, dryRun = false, onProgress } = {}) {
      const watched = onProgress === undefined ? {} : { onProgress };
      const taken = hasSessions
        ? await takeInManaged({ ...options, connection: at(signal), now, dryRun, ...watched })
        : nothing;
      const edits = dryRun ? 0 : await takeEdits(options, at(signal));
      return { ...taken, ingested: taken.ingested + edits };
    },
    async sync(commit, signal) {
      const { store } = config.sync ?? {};
      if (store === undefined) return nothingSynced;
      const files = await repository.readFiles(commit, memoryMatcher(config.memory));
      if (await isSynced(ledger, store, files)) return nothingSynced;
      return syncMemory({ ...options, connection: at(signal), store, files });
    },
  };
}

/**
 * Writes nothing there: what is checked out need not be approved.
 * @returns how many changes of somebody else were found in the store that agents mount.
 */
async function takeEdits(options: ServiceOptions, connection: Connection): Promise<number> {
  const { config, repository } = options;
  const { store } = config.sync ?? {};
  const commit = store === undefined ? undefined : await repository.resolve('HEAD');
  if (store === undefined || commit === undefined) return 0;
  const files = await repository.readFiles(commit, memoryMatcher(config.memory));
  return (await syncMemory({ ...options, connection, store, files, lookOnly: true })).foreign.length;
}
