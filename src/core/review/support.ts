/** What a proposal stands on, in a line. */
import type { Evidence, Quote } from '../dream/evidence.ts';
import type { JournalProposal } from '../dream/journal.ts';
import { count, shortDate } from './wording.ts';

/** `4 sessions, 2 people, last 9 Feb`; names other evidence when no session is cited. */
export function supportLine(evidence: readonly Evidence[], now: string): string {
  const quotes = evidence.filter((item) => item.type === 'quote');
  const sessions = new Set(quotes.map((quote) => quote.session)).size;
  const people = new Set(evidence.flatMap((item) => speakerOf(item) ?? [])).size;
  const comments = evidence.filter((item) => item.type === 'comment').length;
  const facts = evidence.filter((item) => item.type === 'fact').length;
  const entries = evidence.filter((item) => item.type === 'entry').length;
  const unknown = evidence.filter((item) => item.type === 'unattributed').length;
  const said = [...evidence.flatMap((item) => (item.type === 'entry' ? [] : (item.at ?? [])))].sort();
  const last = shortDate(said.at(-1) ?? '', now);
  return [
    ...(sessions > 0 ? [count(sessions, 'session')] : []),
    ...(people > 0 ? [count(people, 'person', 'people')] : []),
    ...(comments > 0 ? [count(comments, 'review comment')] : []),
    ...(facts > 0 ? [count(facts, 'fact of the repository', 'facts of the repository')] : []),
    ...(sessions + comments + facts + unknown === 0 ? [count(entries, 'entry', 'entries')] : []),
    ...(unknown === 0 ? [] : ['no session found']),
    ...(last === '' ? [] : [`last ${last}`]),
  ].join(', ');
}

function speakerOf(item: Evidence): string | undefined {
  if (item.type === 'comment') return item.person;
  return item.type === 'quote' && (item.trust === 'person' || item.trust === 'claimed')
    ? item.person
    : undefined;
}

const weight: Readonly<Record<Quote['trust'], number>> = {
  person: 0,
  claimed: 1,
  tool: 2,
  agent: 3,
  pasted: 4,
  echo: 5,
};

/** The one item a reviewer should see: people's words first, then facts, then what tools and agents said; the newest. */
export function strongest(evidence: readonly Evidence[]): Evidence | undefined {
  const rank = (item: Evidence): number => {
    if (item.type === 'comment') return 0;
    if (item.type === 'fact') return 1.5;
    return item.type === 'quote' ? weight[item.trust] : 9;
  };
  const shown = evidence.filter((item) => item.type !== 'entry');
  return shown.toSorted((a, b) => rank(a) - rank(b) || compare(b.at ?? '', a.at ?? ''))[0];
}

/** @param id of the dream, as it is written where the sentence stands. */
export const unattributedSentence = (id: string): string =>
  `Written by the dream ${id} at Anthropic; no session was found that says so.`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Who said it, for a reader; the name is foreign text. */
export function sourceOf(quote: Quote): string {
  switch (quote.trust) {
    case 'person':
      return quote.person ?? 'a person';
    case 'claimed':
      return `${quote.person ?? 'somebody'} (not proved)`;
    case 'pasted':
      return 'pasted text';
    case 'agent':
      return 'the agent';
    case 'tool':
      return 'output of a tool';
    case 'echo':
      return 'memory read back';
  }
}

/** Session ids are long and opaque; the start is enough to find one. */
export const shortSession = (id: string): string => (id.length > 16 ? id.slice(0, 8) : id);

/** `Fact` evidence as a sentence; paths go through `code`. */
export function factSentence(
  fact: Extract<Evidence, { type: 'fact' }>,
  now: string,
  code: (text: string) => string,
): string {
  const when = fact.at === undefined ? '' : ` on ${shortDate(fact.at, now)}`;
  const commit = fact.commit === undefined ? '' : ` (${code(fact.commit.slice(0, 10))})`;
  switch (fact.fact) {
    case 'exists':
      return `${code(fact.path)} is in the repository.`;
    case 'missing':
      return `${code(fact.path)} is not in the repository.`;
    case 'deleted':
      return `${code(fact.path)} was deleted${when}${commit}.`;
    case 'renamed':
      return `${code(fact.path)} became ${code(fact.to ?? 'something else')}${when}${commit}.`;
  }
}

export interface Author {
  readonly name: string;
  readonly at?: string;
}

/** The people whose lines a proposal changes; a move changes none. */
export function authorsChanged(proposal: Pick<JournalProposal, 'operations' | 'before'>): Author[] {
  const moved = new Set(proposal.operations.flatMap((each) => (each.op === 'move' ? [each.entry] : [])));
  const authors = new Map<string, Author>();
  for (const { id, author, at } of proposal.before) {
    if (author === undefined || moved.has(id) || authors.has(author)) continue;
    authors.set(author, { name: author, ...(at === undefined ? {} : { at }) });
  }
  return [...authors.values()];
}

/** `Changes a line that ana wrote on 3 Jan.`; undefined when no person's line changes. Names go through `inert`. */
export function authorNote(
  proposal: Pick<JournalProposal, 'operations' | 'before'>,
  now: string,
  inert: (text: string) => string,
): string | undefined {
  const authors = authorsChanged(proposal);
  if (authors.length === 0) return undefined;
  const named = authors
    .slice(0, 3)
    .map(({ name, at }) => `${inert(name)}${at === undefined ? '' : ` (${shortDate(at, now)})`}`);
  const others = authors.length > 3 ? [count(authors.length - 3, 'other')] : [];
  return `Changes text written by ${[...named, ...others].join(', ')}.`;
}
