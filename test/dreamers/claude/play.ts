/** What tests of Claude's dreamer begin with: a world, what was observed in it, and a model that is played. */
import { onTestFinished } from 'vitest';
import type { DreamDraft, DreamInput } from '../../../src/core/dream/dreamer.ts';
import type { Wish } from '../../../src/dreamers/claude/consolidate/draft.ts';
import { createClaudeDreamer, type ClaudeOptions } from '../../../src/dreamers/claude/dreamer.ts';
import type { Observation } from '../../../src/dreamers/claude/observation.ts';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import { dreamInput, type World } from '../../support/dream-input.ts';
import type { Asked } from '../../support/anthropic/messages/asked.ts';
import { answers, uses, type Reply, type ReplyBlock } from '../../support/anthropic/messages/reply.ts';
import type { AnthropicOptions } from '../../support/anthropic/options.ts';
import { startAnthropic, type AnthropicStandIn } from '../../support/anthropic/start.ts';

/** What the model says in each phase; the nth time it is asked in it. */
export interface Part {
  readonly lead?: (asked: Asked, nth: number) => Reply;
  readonly grader?: (asked: Asked, nth: number) => Reply;
  readonly other?: (asked: Asked, nth: number) => Reply;
}

export const phaseOf = ({ system, tools }: Asked): string =>
  tools.includes('propose') ? 'lead' : system.startsWith('You grade') ? 'grader' : 'other';

/** Answers by phase, and counts how often each was asked. */
export function playing(part: Part): NonNullable<AnthropicOptions['reply']> {
  const counts = new Map<string, number>();
  return (asked) => {
    const phase = phaseOf(asked);
    const nth = counts.get(phase) ?? 0;
    counts.set(phase, nth + 1);
    if (phase === 'lead') return part.lead?.(asked, nth) ?? [uses('finish', {})];
    if (phase === 'grader') return part.grader?.(asked, nth) ?? contented(asked);
    return part.other?.(asked, nth) ?? answers({ observations: [] });
  };
}

export const criteria = ['supported', 'durable', 'new', 'actionable', 'lossless', 'scope', 'safe'] as const;

/** The proposals that a grader is shown. */
export const numbersIn = ({ latest }: Asked): number[] =>
  [...latest.matchAll(/^=== Proposal (\d+):/gm)].map(([, number]) => Number(number));

/** Each proposal with one score for everything, but for those of which something else is said. */
export function graded(
  asked: Asked,
  scores: (number: number) => Partial<Record<(typeof criteria)[number], number>> = () => ({}),
): string {
  return answers({
    proposals: numbersIn(asked).map((number) => ({
      number,
      criteria: criteria.map((name) => ({
        name,
        score: scores(number)[name] ?? 0.9,
        why: `Its ${name} was looked at.`,
      })),
      advice: '',
    })),
  });
}

const contented = (asked: Asked): string => graded(asked);

export const proposes = (wish: Wish & { readonly replaces?: number }): ReplyBlock => uses('propose', wish);
export const finishes: ReplyBlock = uses('finish', {});

export interface Dreamt {
  readonly draft: DreamDraft;
  readonly input: DreamInput;
  readonly anthropic: AnthropicStandIn;
}

export interface Scene extends World {
  readonly observations?: readonly Observation[];
  readonly closed?: ReadonlySet<string>;
  /** The guard tells the dreamer nothing. */
  readonly silent?: true;
  readonly part: Part;
  readonly options?: Partial<ClaudeOptions>;
  readonly standIn?: AnthropicOptions;
  /** Faults and their like, before anything is asked. */
  readonly prepare?: (anthropic: AnthropicStandIn) => void;
}

export async function dreamt({
  observations = [],
  part,
  closed = new Set(),
  silent,
  options,
  standIn,
  prepare,
  ...world
}: Scene): Promise<Dreamt> {
  const anthropic = await startAnthropic({ reply: playing(part), phaseOf, ...standIn });
  onTestFinished(() => anthropic.stop());
  prepare?.(anthropic);
  const known = { ...dreamInput(world), closed };
  const input = silent === true ? { ...known, check: () => Promise.resolve([]) } : known;
  const dreamer = createClaudeDreamer({
    open: () => openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url, maxRetries: 0 }),
    gather: () => Promise.resolve({ observations, remarks: [] }),
    random: () => '0123456789abcdef',
    ...options,
  });
  return { draft: await dreamer.dream(input), input, anthropic };
}
