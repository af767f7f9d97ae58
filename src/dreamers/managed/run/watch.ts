/** Watches a dream at Anthropic: how far it is, and what it has cost so far. */
import type Anthropic from '@anthropic-ai/sdk';
import { askingAnthropic } from '../../anthropic/failure.ts';
import { moneyOf, type Allowance, type Bill } from '../../../core/dream/purse.ts';
import { within, type Connection } from '../connection.ts';

type BetaDream = Anthropic.Beta.BetaDream;

export type Watched =
  /** `completed`, `failed` or `canceled`. */
  | { readonly state: 'ended'; readonly dream: BetaDream }
  | { readonly state: 'under way'; readonly dream: BetaDream }
  /** It cost more than it may, and was cancelled. */
  | { readonly state: 'too dear'; readonly dream: BetaDream };

export interface Watching {
  readonly most: Allowance;
  readonly billOf: (usage: Anthropic.Beta.BetaDreamUsage) => Bill;
  /** Somebody waits for it: it is looked at again and again, up to a point. */
  readonly stay: boolean;
  readonly progress: (step: string) => void;
  /** Rejects when the signal is aborted. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Between two looks; the last one again and again. */
const waits = [2_000, 4_000, 8_000, 15_000, 30_000];
/** So long somebody waits in one go; a job is stopped after an hour. */
const longest = 45 * 60_000;

/** @throws as `askingAnthropic`. */
export async function watch(connection: Connection, id: string, watching: Watching): Promise<Watched> {
  const { most, billOf, stay, progress, wait } = watching;
  let waited = 0;
  for (let look = 0; ; look += 1) {
    const dream = await see(connection, id);
    if (hasEnded(dream)) return { state: 'ended', dream };
    const bill = billOf(dream.usage);
    progress(`${standOf(dream)}${bill.usd === undefined ? '' : `, $${bill.usd.toFixed(2)}`}`);
    if (exceeds(bill, most)) return cancel(connection, id);
    const pause = waits[Math.min(look, waits.length - 1)] ?? 0;
    if (!stay || waited + pause > longest) return { state: 'under way', dream };
    await wait(pause, connection.signal);
    waited += pause;
  }
}

export function standOf({ id, status, usage }: BetaDream): string {
  const tokens = Object.values(tokensIn(usage)).reduce((sum, count) => sum + count, 0);
  return `the dream ${id} at Anthropic is ${status}, ${tokens.toLocaleString('en-US')} tokens so far`;
}

function tokensIn(usage: Anthropic.Beta.BetaDreamUsage): Record<string, number> {
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = usage;
  return { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens };
}

function exceeds(bill: Bill, most: Allowance): boolean {
  const spent = moneyOf(bill);
  return spent.tokens > (most.tokens ?? Infinity) || spent.usd > (most.usd ?? Infinity);
}

/** It may have ended a moment before. @throws what refused it, while it goes on and costs: it is cancelled at the next look. */
async function cancel(connection: Connection, id: string): Promise<Watched> {
  const { dreams } = connection.client.beta;
  const refused = await askingAnthropic('cancelling a dream', () =>
    dreams.cancel(id, {}, within(connection)),
  ).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  // What it used until it stopped counts.
  const dream = await see(connection, id);
  if (dream.status === 'completed' || dream.status === 'failed') return { state: 'ended', dream };
  if (refused !== undefined && !hasEnded(dream)) throw refused.error;
  return { state: 'too dear', dream };
}

function see(connection: Connection, id: string): Promise<BetaDream> {
  return askingAnthropic('looking at a dream', () =>
    connection.client.beta.dreams.retrieve(id, {}, within(connection)),
  );
}

const hasEnded = ({ status }: BetaDream): boolean => status !== 'pending' && status !== 'running';
