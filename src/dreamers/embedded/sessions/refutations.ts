/** Entries that a person said are not, or no longer, so. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft, Lead } from '../../../core/dream/proposal.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import type { Operation } from '../../../core/memory/operation.ts';
import { comparedText } from '../../../core/memory/entry.ts';
import { stems, words } from '../../../core/text/words.ts';
import { entryEvidence, writtenAt, quotesFrom } from '../evidence.ts';
import {
  entriesNaming,
  indexStore,
  replaceName,
  type StoreIndex,
} from '../../../core/memory/statement-index.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';
import { goneThing } from './gone-things.ts';
import { isPassing } from './polarity.ts';
import { confirmedBy, readSaid, replacedValue } from './replaced-values.ts';

/** More than this many entries, and what was said is too coarse to act on by rule. */
const mostEntries = 12;

/** A claim longer than this says more than what was refuted. */
const shortClaim = 40;

/** The entry tells of the change itself. */
const saysGone =
  /\b(?:no longer|any ?more|removed|deprecated|obsolete|used to|formerly|previously|renamed (?:from|to)|replaced by)\b/i;

interface Refuted {
  readonly signal: SignalOf<'refutation'>;
  readonly entry: Entry;
  readonly target: string;
}

/** One thing took the place of another wherever it was; "the owner is B, not A" says so only of the owner. */
const transition = /\b(?:from|replaced|swapped|superseded|renamed|moved|migrated|switched|changed)\b/i;

/** An entry is refuted when it names the target and speaks of what the person spoke of. */
function refutedBy(input: DreamInput, signal: SignalOf<'refutation'>): Refuted[] {
  if (signal.replacement === undefined && isPassing(signal.text)) return [];
  // What a number means only what is said around it tells: see replaced-values.ts.
  return signal.targets.filter(hasLetters).flatMap((target) =>
    entriesNaming(input.store, target).flatMap((entry) => {
      if (knowsBetter(input, entry, signal)) return [];
      const everywhere = signal.replacement === undefined || transition.test(signal.text);
      return (everywhere && distinctive(target, signal.replacement)) || sharesSubject(signal, entry, target)
        ? [{ signal, entry, target }]
        : [];
    }),
  );
}

/** The entry was written later than the words were said, tells of the change, or was looked at since. */
function knowsBetter(input: DreamInput, entry: Entry, signal: SignalOf<'refutation'>): boolean {
  const written = writtenAt(input, entry);
  if (written !== undefined && signal.at !== undefined && signal.at < written) return true;
  return saysGone.test(entry.text) || workedOnSince(input, entry, signal);
}

/** Somebody changed what stands beside the entry after the words were said, and left the entry as it is. */
function workedOnSince(input: DreamInput, entry: Entry, signal: SignalOf<'refutation'>): boolean {
  if (signal.at === undefined) return false;
  const file = input.store.files.find(({ path }) => path === entry.file);
  const beside =
    file?.entries.filter(({ headings }) => headings.join('\0') === entry.headings.join('\0')) ?? [];
  const newest =
    beside
      .map((other) => writtenAt(input, other) ?? '')
      .sort()
      .at(-1) ?? '';
  return newest > signal.at;
}

const hasLetters = (target: string): boolean => /\p{L}{2}/u.test(target);

/** Names that mean one thing wherever they stand; bare words only where another takes their place. */
function distinctive(target: string, replacement: string | undefined): boolean {
  const named = /[-_./:@]|\p{Ll}\p{Lu}/u.test(target) || target.includes(' ') || /^\p{Lu}/u.test(target);
  return named || (replacement !== undefined && target.length >= 3);
}

/** At least one content word in common besides the target itself. */
function sharesSubject(signal: SignalOf<'refutation'>, entry: Entry, target: string): boolean {
  const known = new Set(stems(comparedText(entry)));
  const named = new Set([...stems(target), ...stems(signal.replacement ?? '')]);
  return stems(signal.text).some((stem) => known.has(stem) && !named.has(stem));
}

/** The claim is about the target: it stands at its beginning, or the claim is short. */
function isAbout(entry: Entry, target: string): boolean {
  const count = words(entry.text).length;
  const at = entry.text.toLowerCase().indexOf(target.toLowerCase());
  return !entry.text.includes('```') && (count <= 15 || (count <= shortClaim && at >= 0 && at <= 40));
}

function correction(
  input: DreamInput,
  signal: SignalOf<'refutation'>,
  refuted: readonly Refuted[],
  replacement: string,
): Draft | undefined {
  const operations = refuted.flatMap(({ entry, target }): Operation[] => {
    const text = replaceName(entry.text, target, replacement);
    return text === entry.text ? [] : [{ op: 'revise', entry: entry.id, text }];
  });
  const target = refuted[0]?.target;
  return operations.length === 0 || target === undefined
    ? undefined
    : corrected(input, signal, refuted, replacement, operations);
}

/** The sentences that name what was refuted or what took its place; what stood beside them is no evidence. */
function wordsOn(signal: SignalOf<'refutation'>, names: readonly string[]): SignalOf<'refutation'> {
  const wanted = names.flatMap((name) => stems(name));
  const quotes = signal.quotes.filter(({ quote }) => stems(quote).some((stem) => wanted.includes(stem)));
  return quotes.length === 0 ? signal : { ...signal, quotes };
}

function corrected(
  input: DreamInput,
  signal: SignalOf<'refutation'>,
  refuted: readonly Refuted[],
  replacement: string,
  operations: Operation[],
): Draft {
  const target = refuted[0]?.target ?? '';
  return {
    kind: 'correct',
    title: titled('Correct', `${target} is now ${replacement}`),
    rationale: `A person said that “${target}” no longer holds and named “${replacement}” in its place.`,
    operations,
    evidence: [
      ...quotesFrom([wordsOn(signal, [target, replacement])]),
      ...refuted.map(({ entry }) => entryEvidence(input, entry)),
    ],
    strength: 'proved',
    signals: [signal.id],
  };
}

function retirement(input: DreamInput, signal: SignalOf<'refutation'>, refuted: readonly Refuted[]): Draft {
  const target = refuted[0]?.target ?? signal.targets[0] ?? '';
  return {
    kind: 'retire',
    title: titled('Retire', `what memory says of “${target}”`),
    rationale: `A person said that “${target}” no longer holds; ${refuted.length === 1 ? 'this note is' : 'these notes are'} about nothing else.`,
    operations: refuted.map(({ entry }) => ({ op: 'retire', entry: entry.id })),
    evidence: [
      ...quotesFrom([wordsOn(signal, [target])]),
      ...refuted.map(({ entry }) => entryEvidence(input, entry)),
    ],
    strength: 'proved',
    signals: [signal.id],
  };
}

function placesOf(refuted: readonly Refuted[]): string {
  const places = refuted.slice(0, 3).map(({ entry }) => `${entry.file}:${entry.lines[0]}`);
  return (
    places.join(', ') + (refuted.length > places.length ? ` and ${refuted.length - places.length} more` : '')
  );
}

function lead(
  input: DreamInput,
  signal: SignalOf<'refutation'>,
  refuted: readonly Refuted[],
  reason: string,
): Lead {
  return {
    kind: 'correct',
    text: `A person said: ${signal.text}`,
    reason,
    evidence: [
      ...quotesFrom([signal]),
      ...refuted.slice(0, 5).map(({ entry }) => entryEvidence(input, entry)),
    ],
  };
}

interface Judged {
  readonly proposals: readonly Draft[];
  readonly leads: readonly Lead[];
}

const nothing: Judged = { proposals: [], leads: [] };

/** By the names said to be gone or replaced, wherever memory holds them. */
function judgeNames(input: DreamInput, signal: SignalOf<'refutation'>): Judged {
  const refuted = [...new Map(refutedBy(input, signal).map((item) => [item.entry.id, item])).values()];
  if (refuted.length === 0) return nothing;
  if (refuted.length > mostEntries)
    return { proposals: [], leads: [lead(input, signal, refuted, `${refuted.length} entries name it`)] };
  if (signal.replacement !== undefined) {
    const draft = correction(input, signal, refuted, signal.replacement);
    return draft === undefined ? nothing : { proposals: [draft], leads: [] };
  }
  const about = refuted.filter(({ entry, target }) => isAbout(entry, target));
  const rest = refuted.filter((item) => !about.includes(item));
  return {
    proposals: about.length === 0 ? [] : [retirement(input, signal, about)],
    leads: rest.length === 0 ? [] : [lead(input, signal, rest, `${placesOf(rest)} says more than that`)],
  };
}

/** Entries that share a word with what was said, and that the words can be about. */
function candidates(input: DreamInput, index: StoreIndex, signal: SignalOf<'refutation'>): Entry[] {
  const shared = new Set(stems(signal.text).flatMap((stem) => index.byStem.get(stem) ?? []));
  return [...shared]
    .sort((a, b) => a - b)
    .flatMap((at) => index.postings[at]?.entry ?? [])
    .filter((entry) => !entry.text.includes('```') && !knowsBetter(input, entry, signal));
}

/** Only the entries closest to what was said; several that say the same are all corrected. */
function judgeValues(input: DreamInput, signal: SignalOf<'refutation'>, entries: readonly Entry[]): Judged {
  const said = readSaid(signal.text);
  const found = entries.flatMap((entry) => {
    const replaced = replacedValue(entry, said);
    return replaced === undefined ? [] : [{ entry, replaced }];
  });
  if (found.some(({ replaced }) => entries.some((entry) => confirmedBy(entry, said, replaced))))
    return nothing;
  const closest = Math.max(...found.map(({ replaced }) => replaced.closeness));
  const meant = found.filter(({ replaced }) => replaced.closeness === closest);
  const [first] = meant;
  if (first === undefined) return nothing;
  const { old, now } = first.replaced;
  const items = meant.map(({ entry }) => ({ signal, entry, target: old }));
  if (
    meant.length > mostEntries ||
    meant.some(({ replaced }) => replaced.old !== old || replaced.now !== now)
  )
    return { proposals: [], leads: [lead(input, signal, items, `it could be about ${placesOf(items)}`)] };
  const operations = meant.map(({ entry, replaced }): Operation => ({
    op: 'revise',
    entry: entry.id,
    text: replaced.text,
  }));
  return { proposals: [corrected(input, signal, items, now, operations)], leads: [] };
}

function judgeThings(input: DreamInput, signal: SignalOf<'refutation'>, entries: readonly Entry[]): Judged {
  const refuted = entries.flatMap((entry): Refuted[] => {
    const gone = goneThing(entry, signal.text);
    return gone === undefined ? [] : [{ signal, entry, target: gone.name }];
  });
  if (refuted.length === 0) return nothing;
  if (refuted.length > mostEntries)
    return { proposals: [], leads: [lead(input, signal, refuted, `${refuted.length} entries speak of it`)] };
  const about = refuted.filter(({ entry }) => words(entry.text).length <= shortClaim);
  const rest = refuted.filter((item) => !about.includes(item));
  return {
    proposals: about.length === 0 ? [] : [retirement(input, signal, about)],
    leads: rest.length === 0 ? [] : [lead(input, signal, rest, `${placesOf(rest)} says more than that`)],
  };
}

/** The first reading that finds something: what was replaced, what is gone, what was named. */
function judge(input: DreamInput, index: StoreIndex, signal: SignalOf<'refutation'>): Judged {
  const entries = candidates(input, index, signal);
  const readings = [
    () => judgeValues(input, signal, entries),
    () => judgeThings(input, signal, entries),
    () => judgeNames(input, signal),
  ];
  for (const read of readings) {
    const judged = read();
    if (judged.proposals.length + judged.leads.length > 0) return judged;
  }
  return nothing;
}

export function refutations(input: DreamInput): RuleResult {
  const signals = input.signals.filter((signal) => signal.kind === 'refutation');
  const index = indexStore(input.store);
  const results = signals.map((signal) => judge(input, index, signal));
  return {
    proposals: results.flatMap((result) => result.proposals),
    questions: [],
    leads: results.flatMap((result) => result.leads),
  };
}
