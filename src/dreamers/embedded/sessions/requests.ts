/** What people asked to remember, and what they state again and again or in general. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft, Lead, Lesson } from '../../../core/dream/proposal.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import { placeFor } from '../../../core/memory/place.ts';
import { readClaim } from '../../../core/text/claim/claim.ts';
import { foldSynonym } from '../../../core/text/claim/claim-words.ts';
import { lostSpecifics, specifics, valueConflicts } from '../../../core/text/specifics.ts';
import { similarity } from '../../../core/text/similarity.ts';
import { stems } from '../../../core/text/words.ts';
import { clusterBy } from '../clusters.ts';
import {
  entryEvidence,
  type Independence,
  writtenAt,
  quotesFrom,
  readIndependence,
  supportOf,
  supportPhrase,
} from '../evidence.ts';
import { indexStore, type Match, matchesOf, type StoreIndex } from '../../../core/memory/statement-index.ts';
import type { RuleResult } from '../rule.ts';
import { saysAllOf } from '../same-rule.ts';
import { titled } from '../title.ts';

type Said = SignalOf<'request'> | SignalOf<'statement'>;

interface Cluster {
  readonly said: readonly Said[];
  readonly text: string;
  readonly requested: boolean;
}

/**
 * The wording that keeps most: requests before statements, then what says all that the most others say, then most
 * specifics, then the shortest, then by code unit.
 */
function bestWording(said: readonly Said[]): string {
  const ranked = said.map((signal) => ({
    text: signal.text,
    requested: signal.kind === 'request' ? 1 : 0,
    covers: said.filter((other) => saysAllOf(signal.text, other.text)).length,
    specifics: specifics(signal.text).length,
  }));
  ranked.sort(
    (a, b) =>
      b.requested - a.requested ||
      b.covers - a.covers ||
      b.specifics - a.specifics ||
      a.text.length - b.text.length ||
      (a.text < b.text ? -1 : 1),
  );
  return ranked[0]?.text ?? '';
}

function readClusters(input: DreamInput): Cluster[] {
  const said = input.signals.filter(
    (signal): signal is Said => signal.kind === 'request' || signal.kind === 'statement',
  );
  return clusterBy(said, (signal) => signal.text).map((members) => ({
    said: members,
    text: bestWording(members),
    requested: members.some((signal) => signal.kind === 'request'),
  }));
}

/** Whether the evidence table of DESIGN section 7 is met; the reason when it is not. */
function verdict(cluster: Cluster, independence: Independence): { lesson: Lesson } | { missing: string } {
  if (cluster.requested) return { lesson: 'request' };
  const statements = cluster.said.filter((signal) => signal.kind === 'statement');
  const typed = statements.filter((signal) => signal.trust === 'person');
  const support = supportOf(independence, statements);
  const reasoned = typed.some((signal) => signal.reason !== undefined && signal.general);
  const lesson: Lesson = reasoned ? 'decision' : 'preference';
  if (support.groups >= 2) return { lesson };
  if (typed.some((signal) => signal.general)) return { lesson };
  return {
    missing:
      typed.length === 0
        ? 'nothing proves that a person said it'
        : 'said in one piece of work only, and not as a general rule',
  };
}

/** What the entry names is in the statement too, or the statement has another value in its place. */
function replacesAll(entry: string, statement: string): boolean {
  const replaced = new Set(valueConflicts(entry, statement).map((conflict) => conflict.a.value));
  return lostSpecifics([entry], statement).every(({ value }) => replaced.has(value));
}

/**
 * What the entry says besides the values that are replaced, the statement says too: nobody said of "integers in minor units"
 * that it is wrong.
 */
function saysTheRest(entry: string, statement: string): boolean {
  const values = valueConflicts(entry, statement).flatMap((conflict) => stems(conflict.a.value));
  const replaced = new Set(values.map(foldSynonym));
  const said = new Set(stems(statement).map(foldSynonym));
  return [...readClaim(entry).strong].every((stem) => said.has(stem) || replaced.has(stem));
}

/** Whether a later statement contradicts an entry: then the entry is what must change. */
function correction(input: DreamInput, cluster: Cluster, match: Match): Draft | undefined {
  const newest =
    cluster.said
      .map((signal) => signal.at ?? '')
      .sort()
      .at(-1) ?? '';
  const written = writtenAt(input, match.entry);
  const similar = similarity(match.entry.text, cluster.text);
  if (similar < 0.5 || (written !== undefined && newest !== '' && newest < written)) return undefined;
  if (!replacesAll(match.entry.text, cluster.text) || !saysTheRest(match.entry.text, cluster.text))
    return undefined;
  return {
    kind: 'correct',
    title: titled('Correct', cluster.text),
    rationale: `Memory says otherwise; a person said this in ${supportPhrase({ groups: 1, sessions: new Set(cluster.said.map((signal) => signal.session)).size, people: 1 })}, after the note was written.`,
    operations: [{ op: 'revise', entry: match.entry.id, text: cluster.text }],
    evidence: [entryEvidence(input, match.entry), ...quotesFrom(cluster.said)],
    strength: 'supported',
    signals: cluster.said.map((signal) => signal.id),
  };
}

function learn(input: DreamInput, cluster: Cluster, lesson: Lesson, independence: Independence): Draft {
  const support = supportOf(independence, cluster.said);
  const place = placeFor(input.store, cluster.text);
  const corrected = cluster.said.some((signal) => signal.kind === 'statement' && signal.correction);
  const rationale = cluster.requested
    ? `A person asked to remember this, in ${supportPhrase(support)}.`
    : `People ${corrected ? 'corrected agents with' : 'stated'} this in ${supportPhrase(support)}; no note says it.`;
  const proved = cluster.requested || support.groups >= 2;
  return {
    kind: 'learn',
    lesson,
    title: titled('Remember', cluster.text),
    rationale,
    operations: [{ op: 'add', ...place, text: cluster.text }],
    evidence: quotesFrom(cluster.said),
    strength: proved ? 'supported' : 'suggested',
    signals: cluster.said.map((signal) => signal.id),
  };
}

/** An entry that is written, and whose rule people still had to repeat twice after its date. */
function enforce(
  input: DreamInput,
  cluster: Cluster,
  match: Match,
  independence: Independence,
): Draft | undefined {
  const written = writtenAt(input, match.entry);
  if (written === undefined) return undefined;
  const after = cluster.said.filter((signal) => (signal.at ?? '') > written);
  const support = supportOf(independence, after);
  if (support.groups < 2) return undefined;
  return {
    kind: 'enforce',
    title: titled('Enforce', match.entry.text),
    rationale: `The note is there since ${written.slice(0, 10)}, yet people had to repeat it in ${supportPhrase(support)} after that date.`,
    operations: [],
    evidence: [entryEvidence(input, match.entry), ...quotesFrom(after)],
    strength: 'supported',
    signals: after.map((signal) => signal.id),
    suggestion:
      'Turn the note into a check that fails: a lint rule, a pre-commit or agent hook, or a CI step.',
  };
}

function judge(
  input: DreamInput,
  index: StoreIndex,
  cluster: Cluster,
  independence: Independence,
): RuleResult {
  const none = { proposals: [], questions: [], leads: [] };
  const verdictOf = verdict(cluster, independence);
  const matches = matchesOf(index, cluster.text);
  const same = matches.find((match) => match.relation === 'same');
  if (same !== undefined) {
    const draft = enforce(input, cluster, same, independence);
    return draft === undefined ? none : { ...none, proposals: [draft] };
  }
  if ('missing' in verdictOf) {
    const lead: Lead = {
      kind: 'learn',
      text: cluster.text,
      reason: verdictOf.missing,
      evidence: quotesFrom(cluster.said, 2),
    };
    return { ...none, leads: [lead] };
  }
  const conflict = matches.find((match) => match.relation === 'conflict');
  const corrected = conflict === undefined ? undefined : correction(input, cluster, conflict);
  return { ...none, proposals: [corrected ?? learn(input, cluster, verdictOf.lesson, independence)] };
}

export function requests(input: DreamInput): RuleResult {
  const index = indexStore(input.store);
  const independence = readIndependence(input);
  const results = readClusters(input).map((cluster) => judge(input, index, cluster, independence));
  return {
    proposals: results.flatMap((result) => result.proposals),
    questions: [],
    leads: results.flatMap((result) => result.leads),
  };
}
