/** Takes in what was dropped in an inbox: what is on the ledger goes, what cannot be taken in is laid aside with the reason. */
import { basename, isAbsolute, relative } from 'node:path';
import { openSources } from '../files.ts';
import { ingest, type IngestOptions } from '../ingest.ts';
import type { Inbox } from './place.ts';

export interface TakenIn {
  readonly ingested: number;
  readonly unchanged: number;
  readonly refused: number;
}

export interface TakeOptions extends Omit<IngestOptions, 'sources' | 'dryRun'> {
  readonly signal: AbortSignal;
  /** Takes only what has this name. */
  readonly only?: string;
}

/** One thing after the other, so that a stop loses nothing: what is not on the ledger yet is still in the inbox. */
export async function takeInbox(inbox: Inbox, options: TakeOptions): Promise<TakenIn> {
  const tally = { ingested: 0, unchanged: 0, refused: 0 };
  for (const path of await inbox.waiting()) {
    if (options.only !== undefined && basename(path) !== options.only) continue;
    options.signal.throwIfAborted();
    const { ingested, unchanged, refused } = await ingest({ ...options, sources: openSources([path]) });
    tally.ingested += ingested;
    tally.unchanged += unchanged;
    if (ingested + unchanged > 0) await inbox.remove(path);
    else {
      tally.refused += 1;
      await inbox.refuse(path, reasonOf(path, refused));
    }
  }
  return tally;
}

function reasonOf(
  path: string,
  refused: readonly { readonly path: string; readonly reason: string }[],
): string {
  if (refused.length === 0) return 'there is no transcript in it';
  return refused
    .map(({ path: part, reason }) => `${isAbsolute(part) ? relative(path, part) || '.' : part}: ${reason}`)
    .join('\n');
}
