/** Sends what is unread in one batch, at half the price, when nobody waits for the dream. */
import type Anthropic from '@anthropic-ai/sdk';
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import { addMoney, noMoney, type Money } from '../../../core/dream/purse.ts';
import { count } from '../../../core/dream/report.ts';
import { DreamkeeperError } from '../../../core/error.ts';
import { askingAnthropic } from '../../anthropic/failure.ts';
import { estimate, type Mind, type Request } from '../../anthropic/mind.ts';
import { randomMarker } from '../data-block.ts';
import { asideName, type BatchNote, waitingFor } from './batch-note.ts';
import { shownOf, type Shelf } from './kept.ts';
import { requestFor } from './request.ts';
import { prepare } from './session-windows.ts';

/** The API takes 100,000 requests and 256 MB; a batch is held in memory, and what it has no room for goes with the next. */
const mostRequests = 10_000;
const mostCharacters = 32 * 2 ** 20;

interface Draft {
  /** Begins each `custom_id`: by it a batch is known whose answer was lost. */
  readonly key: string;
  readonly requests: Anthropic.Messages.BatchCreateParams['requests'];
  readonly items: BatchNote['items'];
  readonly sessions: Set<string>;
  money: Money;
  characters: number;
  /** The budget did not reach for all. */
  short: boolean;
}

/**
 * @param sent how often a window, by its hash, was sent before.
 * @returns what to wait for; undefined when nothing was sent: all was read before, or the budget does not reach (`short`).
 * @throws as `askingAnthropic`; whether it was sent all the same, the next dream looks up.
 */
export async function sendBatch(
  mind: Mind,
  input: DreamInput,
  shelf: Shelf,
  ids: readonly string[],
  sent: ReadonlyMap<string, number>,
): Promise<{ readonly waiting?: string; readonly short: boolean }> {
  const draft: Draft = {
    key: randomMarker(),
    requests: [],
    items: {},
    sessions: new Set(),
    money: noMoney,
    characters: 0,
    short: false,
  };
  for (const id of ids) {
    if (draft.short || isFull(draft)) break;
    await addSession(mind, input, shelf, draft, id, sent);
  }
  if (draft.requests.length === 0) {
    await shelf.flush();
    return { short: draft.short };
  }
  const aside = draft.money.tokens > 0;
  const note: BatchNote = {
    version: shelf.version,
    model: mind.models.extract,
    sentAt: input.now,
    aside,
    sessions: draft.sessions.size,
    items: draft.items,
  };
  const keep = (message: string, value: BatchNote | undefined, money?: { money: Money | undefined }) =>
    shelf.flush({
      message,
      notes: [{ kind: 'claude-batch', name: draft.key, value }],
      ...(aside && money !== undefined ? { aside: { name: asideName(draft.key), ...money } } : {}),
    });
  await keep(`Have Claude read ${count(draft.sessions.size, 'session')} in a batch`, note, draft);
  const id = await create(mind, draft, () =>
    keep('Anthropic refused a batch', undefined, { money: undefined }),
  );
  await keep(`Note the batch ${id}`, { ...note, id });
  return { waiting: waitingFor(id, draft.sessions.size), short: draft.short };
}

/** Not asked a second time here: a batch whose answer is lost has begun, and costs. */
async function create(
  { client, signal }: Mind,
  { requests }: Draft,
  refused: () => Promise<void>,
): Promise<string> {
  const options = { maxRetries: 0, ...(signal === undefined ? {} : { signal }) };
  try {
    const { id } = await askingAnthropic('sending a batch of sessions to be read', () =>
      client.messages.batches.create({ requests }, options),
    );
    return id;
  } catch (error) {
    if (error instanceof DreamkeeperError && !error.retryable) await refused();
    throw error;
  }
}

const isFull = ({ requests, characters }: Draft): boolean =>
  requests.length >= mostRequests || characters >= mostCharacters;

async function addSession(
  mind: Mind,
  input: DreamInput,
  shelf: Shelf,
  draft: Draft,
  id: string,
  sent: ReadonlyMap<string, number>,
): Promise<void> {
  const prepared = await prepare(input, shelf, id);
  if (prepared === undefined) return;
  if (prepared.unread.length === 0) shelf.put(id, prepared.kept);
  for (const window of prepared.unread) {
    const request = requestFor(window);
    const money = await setAside(mind, request);
    if (money === undefined) {
      draft.short = true;
      return;
    }
    const shown = shownOf(window);
    const customId = `${draft.key}-${draft.requests.length + 1}`;
    draft.requests.push({ custom_id: customId, params: { ...request, model: mind.models.extract } });
    draft.items[customId] = { session: id, shown, sent: (sent.get(shown) ?? 0) + 1 };
    draft.sessions.add(id);
    draft.money = addMoney(draft.money, money);
    draft.characters += window.text.length;
  }
}

/** Held until the dream has ended: the ledger then has it set aside for the batch. Undefined when there is not enough. */
async function setAside(mind: Mind, request: Request): Promise<Money | undefined> {
  const { tokens, usd } = mind.purse.allowance;
  if (tokens === undefined && usd === undefined) return noMoney;
  const doing = 'reading a session in a batch';
  const money = await estimate(mind, { doing, request, model: mind.models.extract, batch: true });
  return mind.purse.hold(money) === undefined ? undefined : money;
}
