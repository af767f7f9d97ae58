/** What a model that makes no mistake would propose, and what one that does not care would. */
import type { Entry, Store } from '../../../src/core/memory/entry.ts';
import type { Session } from '../../../src/core/sessions/session.ts';
import type { Planted } from '../planted.ts';
import type { Random } from '../random.ts';
import { occurrences, type Cited } from './words.ts';

/** As the tool `propose` takes it. */
export interface Wish {
  readonly kind: string;
  readonly lesson?: string;
  readonly rationale: string;
  readonly operations: readonly object[];
  readonly evidence: readonly object[];
  readonly suggestion?: string;
}

const mostCited = 18;

/** @returns undefined for what there is nothing to propose about. */
export function rightWish(planted: Planted, store: Store, sessions: readonly Session[]): Wish | undefined {
  const cited = occurrences(planted, sessions).slice(0, 4).flat().slice(0, mostCited);
  const rationale = 'It is worth an agent’s while.';
  switch (planted.kind) {
    case 'traps':
      return undefined;
    case 'twins': {
      const [first, second] = planted.notes.map((text) => entryOf(store, text));
      if (first === undefined || second === undefined) return undefined;
      return merge(rationale, [first, second]);
    }
    case 'refuted': {
      const entry = entryOf(store, planted.note);
      if (entry === undefined) return undefined;
      const { id } = entry;
      const operations =
        planted.answer === undefined
          ? [{ op: 'retire', entry: id }]
          : [{ op: 'revise', entry: id, text: planted.answer }];
      return {
        kind: planted.answer === undefined ? 'retire' : 'correct',
        rationale,
        operations,
        evidence: cited,
      };
    }
    case 'asked':
      return learn(store, planted.sort === 'request' ? 'request' : 'preference', planted.answer, cited);
    case 'mistakes':
      return learn(store, 'mistake', planted.answer, cited);
    case 'workflows':
      return learn(store, 'workflow', planted.answer, cited);
  }
}

function learn(store: Store, lesson: string, text: string, evidence: readonly Cited[]): Wish {
  const file = store.files[0]?.path ?? 'CLAUDE.md';
  const operations = [{ op: 'add', file, text }];
  return {
    kind: 'learn',
    lesson,
    rationale: 'It was said or seen, and is not written.',
    operations,
    evidence,
  };
}

function merge(rationale: string, entries: readonly [Entry, Entry]): Wish {
  const [{ id, file, headings, text }, other] = entries;
  const longest = other.text.length > text.length ? other.text : text;
  const operations = [{ op: 'merge', entries: [id, other.id], file, heading: headings, text: longest }];
  return { kind: 'merge', rationale, operations, evidence: [] };
}

/** Where the checks find that a merged text loses something, it says both. */
export function mendedWish(wish: Wish, store: Store): Wish | undefined {
  if (wish.kind !== 'merge') return undefined;
  const operations = wish.operations.map((operation) => {
    const ids =
      'entries' in operation && Array.isArray(operation.entries) ? operation.entries.map(String) : [];
    return { ...operation, text: ids.flatMap((id) => store.entries.get(id)?.text ?? []).join(' ') };
  });
  return { ...wish, operations };
}

export const entryOf = (store: Store, text: string): Entry | undefined =>
  [...store.entries.values()].find((entry) => entry.text === text);

/**
 * For each planted thing one mistake that models make: the wrong words cited, words that nobody said, two things made
 * one, a fact taken away or bent without a word about it.
 */
export function wrongWishes(
  planted: readonly Planted[],
  store: Store,
  {
    sessions,
    facts,
    random,
  }: { readonly sessions: readonly Session[]; readonly facts: readonly string[]; readonly random: Random },
): readonly Wish[] {
  const others = facts.flatMap((text) => entryOf(store, text) ?? []);
  return planted.flatMap((item, at): Wish[] => {
    const [one, two] = random.sample(others, 2);
    if (item.kind === 'traps' || item.kind === 'twins') {
      const [first, second] = item.notes.map((text) => entryOf(store, text));
      const partner = item.kind === 'traps' ? second : one;
      if (first === undefined || partner === undefined) return [];
      return [merge('They say the same.', [first, partner])];
    }
    const right = rightWish(item, store, sessions);
    if (right === undefined || one === undefined || two === undefined) return [];
    const quote = unrelated(item, sessions, random);
    return [mistakes[at % mistakes.length]?.({ right, one, two, quote })].filter(
      (wish) => wish !== undefined,
    );
  });
}

interface Slip {
  readonly right: Wish;
  readonly one: Entry;
  readonly two: Entry;
  /** Words of a person about something else. */
  readonly quote: Cited;
}

const mistakes: readonly ((slip: Slip) => Wish)[] = [
  ({ right }) => ({ ...right, evidence: invented(right.evidence) }),
  ({ right, quote }) => ({ ...right, lesson: right.lesson ?? 'fact', evidence: [quote] }),
  ({ one, quote }) => ({
    kind: 'retire',
    rationale: 'It is no longer true.',
    operations: [{ op: 'retire', entry: one.id }],
    evidence: [quote],
  }),
  ({ one }) => ({
    kind: 'retire',
    rationale: 'Nobody needs it.',
    operations: [{ op: 'retire', entry: one.id }],
    evidence: [{ type: 'entry', entry: one.id }],
  }),
  ({ one, quote }) => ({
    kind: 'correct',
    rationale: 'Shorter is better.',
    operations: [{ op: 'revise', entry: one.id, text: 'See the code.' }],
    evidence: [quote],
  }),
  ({ one, two }) => merge('They belong together.', [one, two]),
];

const invented = (evidence: readonly object[]): readonly object[] =>
  evidence.map((item) => ({ ...item, quote: 'We all agreed that this is how it must be done from now on.' }));

/** What a person said that has nothing to do with it. */
function unrelated(item: Planted, sessions: readonly Session[], random: Random): Cited {
  const own = 'said' in item ? item.said : [];
  const words = sessions.flatMap(({ id, events }) =>
    events.flatMap(({ n, spans }) =>
      spans.flatMap(({ text, trust }): Cited[] => {
        const [line = ''] = text.split('\n');
        const about = own.some((said) => text.includes(said));
        return trust === 'person' && !about && line.trim() !== ''
          ? [{ type: 'quote', session: id, event: n, quote: line }]
          : [];
      }),
    ),
  );
  return random.pick(words);
}
