/** Entries that a person said are not, or no longer, so. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft, Lead } from '../../../core/dream/proposal.ts';
import { goneName, goneThing } from '../../../core/dream/said/gone.ts';
import {
  confirmedBy,
  readSaid,
  type Replaced,
  replacedValue,
  type Said,
} from '../../../core/dream/said/replaced.ts';
import { entriesSharing } from '../../../core/dream/said/refutes.ts';
import { isDistinctive } from '../../../core/dream/said/values.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import { entriesNaming, indexStore } from '../../../core/memory/statement-index.ts';
import { stems, words } from '../../../core/text/words.ts';
import { entryEvidence, quotesFrom, writtenAt } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';

/** More than this many entries, and what was said is too coarse to act on by rule. */
const mostEntries = 12;

/** An entry of more words says more than what was refuted: where it begins with the thing, and where it only names it. */
const longest = { subject: 40, mention: 15 } as const;

/** The entry tells of the change itself. */
const saysGone =
  /\b(?:no longer|any ?more|removed|deprecated|obsolete|(?<!\b(?:is|are|be|being) )used to|formerly|previously|renamed (?:from|to)|replaced by)\b/i;

/** What one person said at once, and the entries it can be about. */
interface Heard {
  readonly input: DreamInput;
  readonly signal: Refutation;
  readonly entries: readonly Entry[];
}

interface Refuted {
  readonly entry: Entry;
  /** The value or thing that does not hold, as memory or the person calls it. */
  readonly name: string;
}

interface Judged {
  readonly proposals: readonly Draft[];
  readonly leads: readonly Lead[];
}

const nothing: Judged = { proposals: [], leads: [] };

/** The entry was written later than the words were said, tells of the change, or was looked at since. */
function knowsBetter(input: DreamInput, entry: Entry, signal: Refutation): boolean {
  const written = writtenAt(input, entry);
  if (written !== undefined && signal.at !== undefined && signal.at < written) return true;
  return saysGone.test(entry.text) || workedOnSince(input, entry, signal);
}

/** Somebody changed what stands beside the entry after the words were said, and left the entry as it is. */
function workedOnSince(input: DreamInput, entry: Entry, signal: Refutation): boolean {
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

type Refutation = SignalOf<'refutation'>;

/**
 * The fewest sentences that still say it: those with the names in them, or all.
 * @param holds whether sentences, one per line, refute what they are cited for
 */
function cited(signal: Refutation, names: readonly string[], holds: (said: string) => boolean): Refutation {
  const wanted = names.flatMap((name) => stems(name));
  const quotes = signal.quotes.filter(({ quote }) => stems(quote).some((stem) => wanted.includes(stem)));
  return holds(quotes.map(({ quote }) => quote).join('\n')) ? { ...signal, quotes } : signal;
}

function placesOf(entries: readonly Entry[]): string {
  const places = entries.slice(0, 3).map((entry) => `${entry.file}:${entry.lines[0]}`);
  const more = entries.length - places.length;
  return places.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function lead({ input, signal }: Heard, refuted: readonly Refuted[], reason: string): Lead {
  const { quotes } = cited(
    signal,
    refuted.map(({ name }) => name),
    (said) => said !== '',
  );
  return {
    kind: 'correct',
    text: `A person said: ${quotes.map(({ quote }) => quote).join(' ')}`,
    reason,
    evidence: [...quotes, ...refuted.slice(0, 5).map(({ entry }) => entryEvidence(input, entry))],
  };
}

/** Further entries that name what was refuted, and that no proposal touches. */
function leadsBesides(heard: Heard, { name }: Refuted, touched: readonly Entry[], reason: string): Lead[] {
  if (!isDistinctive(name)) return [];
  const ids = new Set(touched.map(({ id }) => id));
  const others = entriesNaming(heard.input.store, name).filter(
    (entry) => !ids.has(entry.id) && !knowsBetter(heard.input, entry, heard.signal),
  );
  if (others.length === 0) return [];
  const where = others.length > mostEntries ? `${others.length} entries` : placesOf(others);
  return [
    lead(
      heard,
      others.map((entry) => ({ entry, name })),
      `${where} ${reason}`,
    ),
  ];
}

function draft(
  { input }: Heard,
  signal: Refutation,
  refuted: readonly Refuted[],
  change: Pick<Draft, 'kind' | 'title' | 'rationale' | 'operations'>,
): Draft {
  return {
    ...change,
    evidence: [...quotesFrom([signal]), ...refuted.map(({ entry }) => entryEvidence(input, entry))],
    strength: 'proved',
    signals: [signal.id],
  };
}

interface Correction {
  readonly entry: Entry;
  readonly replaced: Replaced;
}

/** What was replaced everywhere, else the entries closest to what was said; several may say the same. */
function meant(found: readonly Correction[]): readonly Correction[] {
  const everywhere = found.filter(({ replaced }) => replaced.everywhere);
  if (everywhere.length > 0) return everywhere;
  const closest = Math.max(...found.map(({ replaced }) => replaced.closeness));
  return found.filter(({ replaced }) => replaced.closeness === closest);
}

function correctionsIn(entries: readonly Entry[], said: Said): readonly Correction[] {
  const found = entries.flatMap((entry) => {
    const replaced = replacedValue(entry.text, said);
    return replaced === undefined ? [] : [{ entry, replaced }];
  });
  const known = found.some(({ replaced }) =>
    entries.some((entry) => confirmedBy(entry.text, said, replaced)),
  );
  return known ? [] : meant(found);
}

/** Entries with a value that the person named another for. */
function judgeReplaced(heard: Heard): Judged {
  const corrections = correctionsIn(heard.entries, readSaid(heard.signal.text));
  const [first] = corrections;
  if (first === undefined) return nothing;
  const { old, now } = first.replaced;
  const refuted = corrections.map(({ entry, replaced }) => ({ entry, name: replaced.old }));
  const entries = corrections.map(({ entry }) => entry);
  const differ = corrections.some(({ replaced }) => replaced.old !== old || replaced.now !== now);
  if (differ || corrections.length > mostEntries)
    return { proposals: [], leads: [lead(heard, refuted, `it could be about ${placesOf(entries)}`)] };
  const said = cited(heard.signal, [old, now], (text) => {
    const words = readSaid(text);
    return corrections.every(
      ({ entry, replaced }) => replacedValue(entry.text, words)?.text === replaced.text,
    );
  });
  const correction = draft(heard, said, refuted, {
    kind: 'correct',
    title: titled('Correct', `${old} is now ${now}`),
    rationale: `A person said that “${old}” no longer holds and named “${now}” in its place.`,
    operations: corrections.map(({ entry, replaced }) => ({
      op: 'revise',
      entry: entry.id,
      text: replaced.text,
    })),
  });
  return {
    proposals: [correction],
    leads: leadsBesides(heard, { entry: first.entry, name: old }, entries, 'names it too'),
  };
}

/** The thing that is gone if an entry says nothing else, and the entry is about it. */
function refutedWhole(entry: Entry, said: string): Refuted[] {
  const count = words(entry.text).length;
  const name =
    (count <= longest.subject ? goneThing(entry.text, said) : undefined) ??
    (count <= longest.mention ? goneName(entry.text, said) : undefined);
  return name === undefined ? [] : [{ entry, name }];
}

function refutedInPart(entry: Entry, said: string): Refuted[] {
  const name = goneThing(entry.text, said) ?? goneName(entry.text, said);
  return name === undefined ? [] : [{ entry, name }];
}

/** Entries about a thing that the person said is no more. */
function judgeGone(heard: Heard): Judged {
  const { entries, signal } = heard;
  const refuted = entries.flatMap((entry) => refutedWhole(entry, signal.text));
  const [first] = refuted;
  if (first === undefined) {
    const parts = entries.flatMap((entry) => refutedInPart(entry, signal.text));
    if (parts.length === 0) return nothing;
    const places = placesOf(parts.map(({ entry }) => entry));
    return { proposals: [], leads: [lead(heard, parts, `${places} says more than that`)] };
  }
  if (refuted.length > mostEntries)
    return { proposals: [], leads: [lead(heard, refuted, `${refuted.length} entries speak of it`)] };
  const touched = refuted.map(({ entry }) => entry);
  const said = cited(signal, [first.name], (text) =>
    refuted.every(({ entry }) => refutedWhole(entry, text).length > 0),
  );
  const retirement = draft(heard, said, refuted, {
    kind: 'retire',
    title: titled('Retire', `what memory says of “${first.name}”`),
    rationale: `A person said that “${first.name}” no longer holds; ${refuted.length === 1 ? 'this note is' : 'these notes are'} about nothing else.`,
    operations: refuted.map(({ entry }) => ({ op: 'retire', entry: entry.id })),
  });
  return {
    proposals: [retirement],
    leads: leadsBesides(heard, first, touched, 'says more than that'),
  };
}

/** What was replaced is not gone; so the first reading that finds something is the right one. */
function judge(heard: Heard): Judged {
  const replaced = judgeReplaced(heard);
  if (replaced.proposals.length > 0) return replaced;
  const gone = judgeGone(heard);
  return gone.proposals.length + gone.leads.length > 0 ? gone : replaced;
}

export function refutations(input: DreamInput): RuleResult {
  const index = indexStore(input.store);
  const results = input.signals
    .filter((signal) => signal.kind === 'refutation')
    .map((signal) => {
      const entries = entriesSharing(index, signal.text).filter(
        (entry) => !knowsBetter(input, entry, signal),
      );
      return judge({ input, signal, entries });
    });
  return {
    proposals: results.flatMap((result) => result.proposals),
    questions: [],
    leads: results.flatMap((result) => result.leads),
  };
}
