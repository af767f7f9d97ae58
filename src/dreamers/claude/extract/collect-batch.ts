/** Reads what batches of earlier dreams came to, pays for it, and keeps it. */
import { type Anthropic, NotFoundError } from '@anthropic-ai/sdk';
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import { DreamkeeperError } from '../../../core/error.ts';
import { askingAnthropic } from '../../anthropic/failure.ts';
import { billOf, type Mind } from '../../anthropic/mind.ts';
import { asideName, type BatchNote, readBatchNotes, waitingFor } from './batch-note.ts';
import { shownOf, type Shelf } from './kept.ts';
import { nothing, readAs } from './read-window.ts';
import { readReply, type Reply } from './reply.ts';
import type { Answers } from './read-now.ts';
import { prepare, withRead } from './session-windows.ts';

export interface Collected {
  /** A batch is still worked on. */
  readonly waiting?: string;
  /** Answers that were cut or malformed: they are asked for once more. */
  readonly again: Answers;
  /** How often windows that were not answered have been sent. */
  readonly sent: ReadonlyMap<string, number>;
}

/** Batches end within 24 hours. */
const longestMs = 25 * 3_600_000;
/** Sent once, and again at most twice. */
const mostSent = 3;

/** @throws as `askingAnthropic`; what was not kept by then is read again from the same batch. */
export async function collectBatches(mind: Mind, input: DreamInput, shelf: Shelf): Promise<Collected> {
  const again = new Map<string, Map<string, Reply>>();
  const sent = new Map<string, number>();
  let waiting: string | undefined;
  for (const [id, note] of await readBatchNotes(input.notes)) {
    const state = note === undefined ? 'gone' : await stateOf(mind, id, note, input.now);
    if (note !== undefined && state === 'under way') {
      waiting = waitingFor(id, note.sessions);
      continue;
    }
    if (note !== undefined) {
      const replies = state === 'ended' ? await repliesOf(mind, id, note) : new Map<string, Reply>();
      // What another extractor or model was asked is no answer to what is asked now.
      if (note.version === shelf.version) await keepReplies(input, shelf, note, replies, { again, sent });
    }
    const aside = note?.aside === false ? {} : { aside: { name: asideName(id), money: undefined } };
    await shelf.flush({
      message: 'Keep what Claude read in a batch',
      notes: [{ kind: 'claude-batch', name: id, value: undefined }],
      ...aside,
    });
  }
  return { again, sent, ...(waiting === undefined ? {} : { waiting }) };
}

async function stateOf(
  { client, signal }: Mind,
  id: string,
  note: BatchNote,
  now: string,
): Promise<'under way' | 'ended' | 'gone'> {
  try {
    const batch = await askingAnthropic('looking at a batch of sessions', () =>
      client.messages.batches.retrieve(id, undefined, signal === undefined ? {} : { signal }),
    );
    if (batch.processing_status === 'ended') return batch.results_url === null ? 'gone' : 'ended';
    return Date.parse(now) - Date.parse(note.sentAt) > longestMs ? 'gone' : 'under way';
  } catch (error) {
    if (error instanceof DreamkeeperError && error.cause instanceof NotFoundError) return 'gone';
    throw error;
  }
}

/** By `custom_id`, paid for; what was not answered is not in it, and cost nothing. */
async function repliesOf(mind: Mind, id: string, note: BatchNote): Promise<ReadonlyMap<string, Reply>> {
  const { client, purse, prices, signal } = mind;
  return askingAnthropic('reading the results of a batch of sessions', async () => {
    const found = new Map<string, Anthropic.Messages.Message>();
    const options = signal === undefined ? {} : { signal };
    for await (const { custom_id, result } of await client.messages.batches.results(id, undefined, options))
      if (result.type === 'succeeded') found.set(custom_id, result.message);
    // Paid for when all is there: a connection that breaks half way is asked for all of it again.
    for (const { usage } of found.values())
      purse.charge(billOf('extract', note.model, usage, { batch: true, prices }));
    return new Map([...found].map(([customId, message]) => [customId, readReply(message)]));
  });
}

async function keepReplies(
  input: DreamInput,
  shelf: Shelf,
  { items }: BatchNote,
  replies: ReadonlyMap<string, Reply>,
  open: { readonly again: Map<string, Map<string, Reply>>; readonly sent: Map<string, number> },
): Promise<void> {
  const bySession = Map.groupBy(Object.entries(items), ([, { session }]) => session);
  for (const [id, own] of bySession) {
    const prepared = await prepare(input, shelf, id);
    if (prepared === undefined) continue;
    let { kept } = prepared;
    for (const window of prepared.unread) {
      const [customId, item] = own.find(([, { shown }]) => shown === shownOf(window)) ?? [];
      if (customId === undefined || item === undefined) continue;
      const reply = replies.get(customId);
      if (reply !== undefined && ('value' in reply || reply.failed === 'declined'))
        kept = withRead(kept, readAs(prepared.session, window, reply));
      else if (reply !== undefined)
        open.again.set(id, (open.again.get(id) ?? new Map<string, Reply>()).set(item.shown, reply));
      else if (item.sent < mostSent) open.sent.set(item.shown, item.sent);
      else kept = withRead(kept, { ...nothing(window), trouble: `it failed in ${mostSent} batches` });
    }
    shelf.put(id, kept);
  }
}
