/** Takes the words of a session, or one text, out of records that stay. */
import type { Evidence } from '../core/dream/evidence.ts';
import type { Decision, Journal, JournalProposal } from '../core/dream/journal.ts';
import type { Operation } from '../core/memory/operation.ts';

export const forgotten = '[forgotten]';

/** What these hold is no free text: names of a fixed list, times, ids. */
const fixedKeys = new Set(
  (
    'action at base because check commit dream dreamer endedAt entries entry event extractor fact format head id kind ' +
    'lesson mode object onto op outcome severity startedAt strength trust type until verb'
  ).split(' '),
);

/** A copy in which the text of every free string, at any depth, went through `change`. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, change)) as T;
  if (typeof value !== 'object' || value === null)
    return (typeof value === 'string' ? change(value) : value) as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      fixedKeys.has(key) ? (item as unknown) : mapTexts(item, change),
    ]),
  ) as T;
}

/** A copy in which every string, at any depth, went through `change`. */
function mapStrings<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => mapStrings(item, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)])) as T;
}

interface Scrubber {
  /** What stands for the session's id from now on. */
  readonly alias: string;
  readonly session: string;
}

/** A journal without the session: its quotes, what was made of them alone, and its id. */
export function scrubJournal(journal: Journal, scrubber: Scrubber): Journal {
  const clean = {
    ...journal,
    proposals: journal.proposals.map((proposal) => scrubProposal(proposal, scrubber)),
    withheld: journal.withheld.map((proposal) => scrubProposal(proposal, scrubber)),
    questions: journal.questions.map((item) => scrubText(item, scrubber)),
    leads: journal.leads.map((item) => scrubText(item, scrubber)),
  };
  return withoutTraces(clean, quotesOf(journal, scrubber.session), scrubber);
}

/** A decision without the session. */
export function scrubDecision(decision: Decision, scrubber: Scrubber): Decision {
  if (decision.type !== 'rejected') return decision;
  const alone = restsOn(decision.evidence, scrubber.session);
  const clean = {
    ...decision,
    evidence: decision.evidence.map((item) => scrubEvidence(item, scrubber)),
    words: alone ? [] : decision.words,
  };
  return withoutTraces(clean, quotesOf(decision, scrubber.session), scrubber);
}

function scrubProposal(proposal: JournalProposal, scrubber: Scrubber): JournalProposal {
  const evidence = proposal.evidence.map((item) => scrubEvidence(item, scrubber));
  if (!restsOn(proposal.evidence, scrubber.session)) return { ...proposal, evidence };
  const { suggestion, grade, ...rest } = proposal;
  return {
    ...rest,
    evidence,
    title: forgotten,
    rationale: forgotten,
    operations: proposal.operations.map(scrubOperation),
    added: [],
    ...(suggestion === undefined ? {} : { suggestion: forgotten }),
  };
}

function scrubOperation(operation: Operation): Operation {
  return 'text' in operation ? { ...operation, text: forgotten } : operation;
}

function scrubText<T extends { readonly text: string; readonly evidence: readonly Evidence[] }>(
  item: T,
  scrubber: Scrubber,
): T {
  return {
    ...item,
    evidence: item.evidence.map((each) => scrubEvidence(each, scrubber)),
    ...(restsOn(item.evidence, scrubber.session) ? { text: forgotten } : {}),
  };
}

function scrubEvidence(item: Evidence, { session, alias }: Scrubber): Evidence {
  if (item.type !== 'quote' || item.session !== session) return item;
  return { type: 'quote', session: alias, event: item.event, quote: forgotten, trust: item.trust };
}

/** Whether what was said elsewhere played no part. Entries and facts of the repository are nobody's words. */
function restsOn(evidence: readonly Evidence[], session: string): boolean {
  const quotes = evidence.filter((item) => item.type === 'quote');
  const others = evidence.some((item) => item.type === 'comment');
  return !others && quotes.length > 0 && quotes.every((item) => item.session === session);
}

/** Shorter quotes and ids would be found where they mean nothing. */
const tellingLength = 8;

/** The quotes may have been repeated in titles and rationales, the id in those of signals. */
function withoutTraces<T>(value: T, quotes: readonly string[], { session, alias }: Scrubber): T {
  const replaced: [string, string][] = quotes.map((quote) => [quote, forgotten]);
  const traces = [...replaced, [session, alias] as const].filter(([text]) => text.length >= tellingLength);
  return mapStrings(value, (text) => {
    if (text === session) return alias;
    return traces.reduce((all, [trace, instead]) => all.replaceAll(trace, instead), text);
  });
}

function quotesOf(value: unknown, session: string): readonly string[] {
  const found = new Set<string>();
  const visit = (item: unknown): void => {
    if (typeof item !== 'object' || item === null) return;
    const { type, session: of, quote } = item as Readonly<Record<string, unknown>>;
    if (type === 'quote' && of === session && typeof quote === 'string') found.add(quote);
    Object.values(item).forEach(visit);
  };
  visit(value);
  return [...found].sort((a, b) => b.length - a.length);
}
