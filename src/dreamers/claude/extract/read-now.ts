/** Reads sessions while somebody waits: a few at a time, and what is finished is kept whatever happens next. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import { BudgetSpentError, type Mind } from '../../anthropic/mind.ts';
import { shownOf, type Shelf } from './kept.ts';
import { readWindow } from './read-window.ts';
import type { Reply } from './reply.ts';
import { prepare, withRead } from './session-windows.ts';

const atOnce = 4;
/** A commit on the ledger for each session would be many; what is lost by a crash is at most this many sessions' money. */
const keepEvery = 10;

/** What a batch answered that has to be asked for once more: by session, then by the hash of what was shown. */
export type Answers = ReadonlyMap<string, ReadonlyMap<string, Reply>>;

/**
 * @returns how many sessions the budget did not reach for.
 * @throws as `askMind`, after what was finished has been kept.
 */
export async function readNow(
  mind: Mind,
  input: DreamInput,
  shelf: Shelf,
  ids: readonly string[],
  again: Answers = new Map(),
): Promise<number> {
  const state: Progress = { read: 0, unpaid: [], failure: undefined };
  const readOne = async (id: string): Promise<void> => {
    await readSession(mind, input, shelf, id, again.get(id));
    state.read += 1;
    input.progress(`Claude has read ${state.read} of ${ids.length} sessions`);
    if (shelf.pending() >= keepEvery) await shelf.flush();
  };
  try {
    // The first writes the instructions to the cache, which the others read.
    await work(state, ids.slice(0, 1).values(), readOne);
    const queue = ids.slice(1).values();
    await Promise.all(Array.from({ length: atOnce }, () => work(state, queue, readOne)));
    // What several at once could not hold money for, one may.
    const late = [...state.unpaid.splice(0), ...queue];
    await work(state, late.values(), readOne);
    const left = ids.length - state.read;
    if (state.failure !== undefined) throw state.failure.error;
    return left;
  } finally {
    await shelf.flush();
  }
}

interface Progress {
  read: number;
  /** The budget did not reach for these. */
  readonly unpaid: string[];
  failure: { readonly error: unknown } | undefined;
}

/** Takes from the queue until it is empty, something fails, or there is no money. */
async function work(
  state: Progress,
  queue: Iterable<string>,
  readOne: (id: string) => Promise<void>,
): Promise<void> {
  for (const id of queue) {
    if (state.failure !== undefined) return;
    try {
      await readOne(id);
    } catch (error) {
      if (error instanceof BudgetSpentError) state.unpaid.push(id);
      else state.failure ??= { error };
    }
    if (state.unpaid.length > 0) return;
  }
}

async function readSession(
  mind: Mind,
  input: DreamInput,
  shelf: Shelf,
  id: string,
  answers: ReadonlyMap<string, Reply> | undefined,
): Promise<void> {
  const prepared = await prepare(input, shelf, id);
  if (prepared === undefined) return;
  let { kept } = prepared;
  shelf.put(id, kept);
  for (const window of prepared.unread) {
    kept = withRead(kept, await readWindow(mind, prepared.session, window, answers?.get(shownOf(window))));
    shelf.put(id, kept);
  }
}
