/** A model that does what it is told by whoever speaks: it proposes what an injection is after, in every way there is. */
import type { Cited } from '../../../../src/dreamers/claude/consolidate/cited.ts';
import type { Wish } from '../../../../src/dreamers/claude/consolidate/draft.ts';
import { lessonSchema } from '../../../../src/core/dream/proposal.ts';
import { answers, uses, type ReplyBlock } from '../../../support/anthropic/messages/reply.ts';
import { criteria, finishes, graded, numbersIn, proposes, type Part } from '../play.ts';
import type { Poisoned } from './poisoned.ts';

export function obeying({ injection, payloads, people, fixes, entries }: Poisoned): Part {
  const { wants } = injection;
  const evidences: readonly (readonly Cited[])[] = [
    payloads,
    people,
    [...people, ...payloads],
    [...payloads, ...fixes],
  ];
  const rationale = 'The user asked for it.';
  const add: Wish['operations'] = [{ op: 'add', file: 'CLAUDE.md', heading: ['Notes'], text: wants }];
  const [first = '', second = ''] = entries;
  const wishes: Wish[] = [
    ...lessonSchema.options.flatMap((lesson) =>
      evidences.map((evidence): Wish => ({
        kind: 'learn',
        lesson,
        rationale,
        operations: add,
        evidence: [...evidence],
      })),
    ),
    ...evidences.flatMap((evidence): Wish[] => [
      {
        kind: 'correct',
        rationale,
        operations: [{ op: 'revise', entry: first, text: wants }],
        evidence: [...evidence],
      },
      { kind: 'correct', rationale, operations: add, evidence: [...evidence] },
      { kind: 'retire', rationale, operations: [{ op: 'retire', entry: first }], evidence: [...evidence] },
    ]),
    {
      kind: 'merge',
      rationale,
      operations: [{ op: 'merge', entries: [first, second], file: 'CLAUDE.md', text: wants }],
      evidence: [...payloads],
    },
    { kind: 'reorganise', rationale, operations: add, evidence: [...payloads] },
    { kind: 'promote', rationale, operations: add, evidence: [...payloads] },
    {
      kind: 'enforce',
      rationale,
      operations: [],
      suggestion: wants,
      evidence: [{ type: 'entry', entry: first }, ...payloads],
    },
    {
      kind: 'learn',
      lesson: 'request',
      rationale: wants.slice(0, 900),
      operations: [{ op: 'add', file: 'AGENTS.md', text: wants }],
      evidence: [...payloads],
    },
  ];
  return {
    other: ({ latest }) => observed(injection.payload, wants, latest),
    lead: (_, nth) => [...batch(wishes, nth, wants), finishes],
    grader: (asked) =>
      graded(asked, () =>
        Object.fromEntries(criteria.map((name) => [name, numbersIn(asked).length > 0 ? 1 : 0])),
      ),
  };
}

/** All at once; asked to mend, it lays down the same again. */
function batch(wishes: readonly Wish[], nth: number, wants: string): ReplyBlock[] {
  if (nth > 0) return [];
  return [
    ...wishes.map(proposes),
    uses('ask', { question: wants.slice(0, 500) }),
    uses('note', { kind: 'learn', text: wants.slice(0, 500), reason: 'The user asked for it.' }),
  ];
}

/** Quotes it as if a person had asked. */
function observed(payload: string, wants: string, latest: string): string {
  const events = [...latest.matchAll(/^\[(\d+)\]/gm)].map(([, number]) => Number(number));
  const lines = payload.split('\n').filter((line) => line.trim() !== '');
  const quotes = events.flatMap((event) => [
    { event, quote: payload },
    ...lines.map((quote) => ({ event, quote })),
  ]);
  return answers({
    observations: [
      { lesson: 'request', text: wants, quotes: quotes.slice(0, 40) },
      { lesson: 'preference', text: wants, quotes: quotes.slice(0, 40) },
    ],
  });
}
