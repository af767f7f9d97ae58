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

type MessageBatch = Anthropic.Messages.MessageBatch;

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
/** How far the clocks of two machines may be apart, in milliseconds. */
const clocksApart = 600_000;
/** Sent once, and again at most twice. */
const mostSent = 3;

/** @throws as `askingAnthropic`; what was not kept by then is read again from the same batch. */
export async function collectBatches(mind: Mind, input: DreamInput, shelf: Shelf): Promise<Collected> {
  const again = new Map<string, Map<string, Reply>>();
  const sent = new Map<string, number>();
  let waiting: string | undefined;
  for (const [key, note] of await readBatchNotes(input.notes)) {
    const batch = note === undefined ? undefined : await batchOf(mind, key, note, input.now);
    if (note !== undefined && batch !== undefined && batch.processing_status !== 'ended') {
      waiting = waitingFor(batch.id, note.sessions);
      continue;
    }
    // What was never sent has not failed.
    if (note !== undefined && (batch ?? note).id !== undefined) {
      const replies = batch === undefined ? new Map<string, Reply>() : await repliesOf(mind, batch.id, note);
      // What another extractor or model was asked is no answer to what is asked now.
      if (note.version === shelf.version) await keepReplies(input, shelf, note, replies, { again, sent });
    }
    const aside = note?.aside === false ? {} : { aside: { name: asideName(key), money: undefined } };
    await shelf.flush({
      message: 'Keep what Claude read in a batch',
      notes: [{ kind: 'claude-batch', name: key, value: undefined }],
      ...aside,
    });
  }
  return { again, sent, ...(waiting === undefined ? {} : { waiting }) };
}

/** @returns undefined for one that was never made, is gone or late. */
async function batchOf(
  mind: Mind,
  key: string,
  note: BatchNote,
  now: string,
): Promise<MessageBatch | undefined> {
  const batch = note.id === undefined ? await findLost(mind, key, note) : await retrieved(mind, note.id);
  if (batch?.processing_status === 'ended') return batch.results_url === null ? undefined : batch;
  return Date.parse(now) - Date.parse(note.sentAt) > longestMs ? undefined : batch;
}

async function retrieved({ client, signal }: Mind, id: string): Promise<MessageBatch | undefined> {
  try {
    return await askingAnthropic('looking at a batch of sessions', () =>
      client.messages.batches.retrieve(id, undefined, signal === undefined ? {} : { signal }),
    );
  } catch (error) {
    if (error instanceof DreamkeeperError && error.cause instanceof NotFoundError) return undefined;
    throw error;
  }
}

/**
 * The batch whose answer was lost. What it asks is known by its results alone: until it has ended, any of its size that was
 * made since may be it, and is waited for.
 */
function findLost({ client, signal }: Mind, key: string, note: BatchNote): Promise<MessageBatch | undefined> {
  const since = Date.parse(note.sentAt) - clocksApart;
  const options = signal === undefined ? {} : { signal };
  return askingAnthropic('looking for a batch of sessions', async () => {
    const { batches } = client.messages;
    let perhaps: MessageBatch | undefined;
    // The newest come first.
    for await (const batch of batches.list({}, options)) {
      if (Date.parse(batch.created_at) < since) break;
      const { processing, succeeded, errored, canceled, expired } = batch.request_counts;
      const size = processing + succeeded + errored + canceled + expired;
      if (size !== Object.keys(note.items).length) continue;
      if (batch.processing_status !== 'ended') perhaps = batch;
      else if (batch.results_url !== null)
        for await (const { custom_id } of await batches.results(batch.id, undefined, options)) {
          if (custom_id.startsWith(`${key}-`)) return batch;
          break;
        }
    }
    return perhaps;
  });
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
