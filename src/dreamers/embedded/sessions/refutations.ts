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
import { entryEvidence, quotesFrom } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';
import { knowsBetter } from './knows-better.ts';

/** More than this many entries, and what was said is too coarse to act on by rule. */
const mostEntries = 12;

/** An entry of more words says more than what was refuted: where it begins with the thing, and where it only names it. */
const longest = { subject: 40, mention: 15 } as const;

type Refutation = SignalOf<'refutation'>;

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

const linesOf = (quotes: Refutation['quotes']): string => quotes.map(({ quote }) => quote).join('\n');

/**
 * The signal with the sentences that name what is refuted, and those without which they would not refute it.
 * @param holds whether sentences, one per line, refute what they are cited for
 */
function cited(signal: Refutation, names: readonly string[], holds: (said: string) => boolean): Refutation {
  const wanted = names.flatMap((name) => stems(name));
  const isNaming = (quote: string): boolean => stems(quote).some((stem) => wanted.includes(stem));
  const quotes = signal.quotes.reduce((left, candidate) => {
    const without = left.filter((each) => each !== candidate);
    return !isNaming(candidate.quote) && holds(linesOf(without)) ? without : left;
  }, signal.quotes);
  return { ...signal, quotes };
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

const wordCount = (entry: Entry): number => words(entry.text).length;

/** "a.md:4 says more than that" */
function saysMore(entries: readonly Entry[]): string {
  const where = entries.length > mostEntries ? `${entries.length} entries` : placesOf(entries);
  const [one] = entries.length === 1 ? entries : [];
  if (entries.every((entry) => wordCount(entry) <= longest.mention))
    return `${where} ${one === undefined ? 'name' : 'names'} it too`;
  return `${where} ${one === undefined ? 'say' : 'says'} more than that`;
}

/** Further entries that name what was refuted, and that no proposal touches. */
function leadsBesides(heard: Heard, name: string, touched: readonly Entry[]): Lead[] {
  if (!isDistinctive(name)) return [];
  const ids = new Set(touched.map(({ id }) => id));
  const others = entriesNaming(heard.input.store, name).filter(
    (entry) => !ids.has(entry.id) && !knowsBetter(heard.input, entry, heard.signal),
  );
  if (others.length === 0) return [];
  const refuted = others.map((entry) => ({ entry, name }));
  return [lead(heard, refuted, saysMore(others))];
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

const names = ({ quotes }: Refutation, value: string): boolean =>
  quotes.some(({ quote }) => quote.toLowerCase().includes(value.toLowerCase()));

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
    rationale: names(said, old)
      ? `A person said that “${old}” no longer holds and named “${now}” in its place.`
      : `A person said “${now}” where memory says “${old}”.`,
    operations: corrections.map(({ entry, replaced }) => ({
      op: 'revise',
      entry: entry.id,
      text: replaced.text,
    })),
  });
  return {
    proposals: [correction],
    leads: leadsBesides(heard, old, entries),
  };
}

/** The thing that is gone if an entry says nothing else, and the entry is about it. */
function refutedWhole(entry: Entry, said: string): Refuted[] {
  const count = wordCount(entry);
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
    return { proposals: [], leads: [lead(heard, parts, saysMore(parts.map(({ entry }) => entry)))] };
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
    leads: leadsBesides(heard, first.name, touched),
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
  const leads = results.flatMap((result) => result.leads);
  return {
    proposals: results.flatMap((result) => result.proposals),
    questions: [],
    // Sentences beside one another are heard together more than once.
    leads: [...new Map(leads.map((each) => [`${each.text}\n${each.reason}`, each])).values()],
  };
}
