/** Entries that a person said are not, or no longer, so. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft, Lead } from '../../../core/dream/proposal.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import type { Operation } from '../../../core/memory/operation.ts';
import { comparedText } from '../../../core/memory/entry.ts';
import { stems, words } from '../../../core/text/words.ts';
import { entryEvidence, writtenAt, quotesFrom } from '../evidence.ts';
import { entriesNaming, replaceName } from '../../../core/memory/statement-index.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';

/** More than this many entries, and what was said is too coarse to act on by rule. */
const mostEntries = 12;

/** A claim longer than this says more than what was refuted. */
const shortClaim = 40;

/** The entry tells of the change itself. */
const saysGone =
  /\b(?:no longer|any ?more|removed|deprecated|obsolete|used to|formerly|previously|legacy|renamed (?:from|to)|replaced by)\b/i;

interface Refuted {
  readonly signal: SignalOf<'refutation'>;
  readonly entry: Entry;
  readonly target: string;
}

/** An entry is refuted when it names the target and speaks of what the person spoke of. */
function refutedBy(input: DreamInput, signal: SignalOf<'refutation'>): Refuted[] {
  return signal.targets.flatMap((target) =>
    entriesNaming(input.store, target).flatMap((entry) => {
      const written = writtenAt(input, entry);
      if (written !== undefined && signal.at !== undefined && signal.at < written) return [];
      if (saysGone.test(entry.text) || workedOnSince(input, entry, signal)) return [];
      return distinctive(target, signal.replacement) || sharesSubject(signal, entry, target)
        ? [{ signal, entry, target }]
        : [];
    }),
  );
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

/** Names that mean one thing wherever they stand; numbers do not, and bare words only where another takes their place. */
function distinctive(target: string, replacement: string | undefined): boolean {
  if (!/\p{L}{2}/u.test(target)) return false;
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
  if (operations.length === 0 || target === undefined) return undefined;
  return {
    kind: 'correct',
    title: titled('Correct', `${target} is now ${replacement}`),
    rationale: `A person said that “${target}” no longer holds and named “${replacement}” in its place.`,
    operations,
    evidence: [...quotesFrom([signal]), ...refuted.map(({ entry }) => entryEvidence(input, entry))],
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
    evidence: [...quotesFrom([signal]), ...refuted.map(({ entry }) => entryEvidence(input, entry))],
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

function judge(input: DreamInput, signal: SignalOf<'refutation'>): { proposals: Draft[]; leads: Lead[] } {
  const refuted = [...new Map(refutedBy(input, signal).map((item) => [item.entry.id, item])).values()];
  if (refuted.length === 0) return { proposals: [], leads: [] };
  if (refuted.length > mostEntries) {
    return { proposals: [], leads: [lead(input, signal, refuted, `${refuted.length} entries name it`)] };
  }
  if (signal.replacement !== undefined) {
    const draft = correction(input, signal, refuted, signal.replacement);
    return draft === undefined ? { proposals: [], leads: [] } : { proposals: [draft], leads: [] };
  }
  const about = refuted.filter(({ entry, target }) => isAbout(entry, target));
  const rest = refuted.filter((item) => !about.includes(item));
  return {
    proposals: about.length === 0 ? [] : [retirement(input, signal, about)],
    leads: rest.length === 0 ? [] : [lead(input, signal, rest, `${placesOf(rest)} says more than that`)],
  };
}

export function refutations(input: DreamInput): RuleResult {
  const signals = input.signals.filter((signal) => signal.kind === 'refutation');
  const results = signals.map((signal) => judge(input, signal));
  return {
    proposals: results.flatMap((result) => result.proposals),
    questions: [],
    leads: results.flatMap((result) => result.leads),
  };
}
