/** Anthropic as the service where a repository's agents run. */
import type Anthropic from '@anthropic-ai/sdk';
import type { Config } from '../../core/config.ts';
import type { AgentService, Synced, TakenIn } from '../../core/dream/agent-service.ts';
import type { Ledger } from '../../core/dream/ledger.ts';
import type { Repository } from '../../core/dream/repository.ts';
import { memoryMatcher } from '../../core/memory/memory-paths.ts';
import type { Redactor } from '../../core/sessions/redact.ts';
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

/** @returns undefined where the config names nothing at Anthropic. */
export function createAgentService(options: ServiceOptions): AgentService | undefined {
  const { config, repository, ledger } = options;
  const hasSessions = namesSessions(config);
  const store = config.sync?.store;
  if (!hasSessions && store === undefined) return undefined;
  const bring = async (commit: string, signal: AbortSignal | undefined, anyway: boolean): Promise<Synced> => {
    if (store === undefined) return { written: [], removed: [], foreign: [] };
    const files = await repository.readFiles(commit, memoryMatcher(config.memory));
    if (!anyway && (await isSynced(ledger, store, files))) return { written: [], removed: [], foreign: [] };
    return syncMemory({ ...options, connection: { client: options.open(), signal }, store, files });
  };
  return {
    hasSessions,
    async takeIn(now, signal): Promise<TakenIn> {
      const commit = await repository.resolve('HEAD');
      const edits = commit === undefined ? 0 : (await bring(commit, signal, true)).foreign.length;
      if (!hasSessions) return { ingested: edits, unchanged: 0, refused: [] };
      const taken = await takeInManaged({ ...options, connection: { client: options.open(), signal }, now });
      return { ...taken, ingested: taken.ingested + edits };
    },
    sync: (commit, signal) => bring(commit, signal, false),
  };
}
