/** What people have to ask for again and again: a note, or where the note is there already, a check. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import { placeFor } from '../../../core/memory/place.ts';
import {
  entryEvidence,
  writtenAt,
  quotesFrom,
  readIndependence,
  supportOf,
  supportPhrase,
} from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';

type Topic = SignalOf<'ask'>['topic'];

interface Habit {
  /** What a team that keeps asking for it expects. */
  readonly lesson: string;
  /** An entry that says so already. */
  readonly known: RegExp;
  readonly check: string;
}

const habits: Readonly<Record<Topic, Habit>> = {
  tests: {
    lesson: 'Add tests for what you change without being asked.',
    known:
      /\bwell[- ]tested\b|\b(?:add|write|include|ensure|need|require|cover)\w*\b[^.]{0,40}\btest(?:s|ed|ing)?\b|\btest coverage\b/i,
    check: 'Require changed code to be covered in CI, or ask for tests in the agent’s stop hook.',
  },
  duplication: {
    lesson: 'Look for an existing function before writing a new one; people check for duplication.',
    known: /\bduplicat|\breuse\b|\bexisting (?:helpers?|utilit|functions?)/i,
    check: 'Run a duplication check (a linter such as dupl or jscpd) on what changed.',
  },
  documentation: {
    lesson: 'Update the documentation with the code, without being asked.',
    known:
      /\b(?:update|write|keep|add|ensure)\w*\b[^.]{0,40}\b(?:docs?|documentation|documented|readme)\b|\bdocumented\b/i,
    check: 'Ask for documentation in the pull request template or the agent’s stop hook.',
  },
  changelog: {
    lesson: 'Add an entry to the changelog with each change users notice.',
    known: /\bchangelog\b/i,
    check: 'Fail CI when the changelog has no entry for the change.',
  },
};

/** Independent pieces of work in which people must have asked. */
const often = 3;

function draftFor(
  input: DreamInput,
  topic: Topic,
  signals: readonly SignalOf<'ask'>[],
  entry: Entry | undefined,
): Draft | undefined {
  const independence = readIndependence(input);
  const habit = habits[topic];
  const written = entry === undefined ? undefined : writtenAt(input, entry);
  const counted = written === undefined ? signals : signals.filter((signal) => (signal.at ?? '') > written);
  const support = supportOf(independence, counted);
  if (support.groups < often) return undefined;
  const base = { strength: 'supported' as const, signals: counted.map((signal) => signal.id) };
  if (entry !== undefined) {
    return {
      ...base,
      kind: 'enforce',
      title: titled('Enforce', entry.text),
      rationale: `The note is written, and people still had to ask for it in ${supportPhrase(support)}.`,
      operations: [],
      evidence: [entryEvidence(input, entry), ...quotesFrom(counted)],
      suggestion: habit.check,
    };
  }
  return {
    ...base,
    kind: 'learn',
    lesson: 'preference',
    title: titled('Remember', habit.lesson),
    rationale: `People had to ask for it in ${supportPhrase(support)}.`,
    operations: [{ op: 'add', ...placeFor(input.store, habit.lesson), text: habit.lesson }],
    evidence: quotesFrom(counted),
  };
}

export function repeatedAsks(input: DreamInput): RuleResult {
  const entries = [...input.store.entries.values()].filter(
    (entry) => entry.kind === 'item' || entry.kind === 'paragraph',
  );
  const topics = Object.keys(habits) as Topic[];
  const proposals = topics.flatMap((topic) => {
    const signals = input.signals.filter(
      (signal) => signal.kind === 'ask' && signal.topic === topic,
    ) as SignalOf<'ask'>[];
    const known = entries
      .filter((entry) => habits[topic].known.test(entry.text))
      .sort((a, b) => a.text.length - b.text.length)[0];
    return draftFor(input, topic, signals, known) ?? [];
  });
  return { proposals, questions: [], leads: [] };
}
