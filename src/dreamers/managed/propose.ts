/** From what a dream at Anthropic wrote to what is proposed. */
import type Anthropic from '@anthropic-ai/sdk';
import type { DreamDraft, DreamInput } from '../../core/dream/dreamer.ts';
import { memoryMatcher } from '../../core/memory/memory-paths.ts';
import { parseStore } from '../../core/memory/parse.ts';
import { isCleanPath } from '../../core/memory/paths.ts';
import { unlessGone, type Connection } from './connection.ts';
import { differenceOf } from './difference/difference.ts';
import { draftsOf } from './proposals/drafts.ts';
import { piecesOf } from './proposals/pieces.ts';
import { outputOf } from './run/leave.ts';
import type { Run } from './state.ts';
import { readStore, type TextFile } from './stores/memories.ts';

/** @throws as `askingAnthropic`. */
export async function proposalsOf(
  connection: Connection,
  input: DreamInput,
  { dream, run }: { readonly dream: Anthropic.Beta.BetaDream; readonly run: Run },
): Promise<DreamDraft> {
  const output = outputOf(dream);
  if (output === undefined)
    return { proposals: [], questions: [], leads: [], remarks: [unchanged(dream.id)] };
  const now = input.store.files;
  // What it read is in the mirror still, though the memory may have gone on since.
  const read = (await unlessGone(() => readStore(connection, run.store, now))) ?? now;
  const wrote = await readStore(connection, output, [...read, ...now]);
  const changes = differenceOf(parseStore(read), parseStore(wrote.filter(isText)));
  const isMemory = memoryMatcher(input.config.memory);
  const { pieces, outdated } = piecesOf(changes, input.store, (path) => isCleanPath(path) && isMemory(path));
  const sessions = run.sessions.map(({ id }) => id);
  const proposals = await draftsOf(pieces, { input, sessions, dream: dream.id });
  return {
    proposals,
    questions: [],
    leads: [],
    remarks: [
      ...(changes.length === 0 ? [unchanged(dream.id)] : []),
      ...(outdated === 0 ? [] : [`${outdated} changes are left out: memory changed while the dream ran.`]),
    ],
  };
}

const unchanged = (id: string): string => `The dream ${id} at Anthropic changed nothing.`;

/** Other files than Markdown hold no entries. */
const isText = ({ path }: TextFile): boolean => /\.mdc?$/i.test(path);
