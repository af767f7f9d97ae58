/** Workflows: command sequences that independent sessions converge on. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import { placeFor } from '../../../core/memory/place.ts';
import { type Independence, quotesFrom, readIndependence, supportOf, supportPhrase } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';
import { isEditLoop, readRepairs, type Repairs } from './no-routine.ts';
import { generalForms } from './same-step.ts';

type Commands = SignalOf<'commands'>;

/** Independent pieces of work that must share a sequence (DESIGN section 7). */
const convergence = 3;
const longest = 8;
/** Steps that may stand between two steps of a sequence. */
const gap = 2;

interface Pattern {
  readonly steps: readonly string[];
  /** Where it ends in each session that holds it: signal index → positions of its last step. */
  readonly ends: ReadonlyMap<number, readonly number[]>;
}

function groupsOf(
  independence: Independence,
  runs: readonly Commands[],
  ends: ReadonlyMap<number, unknown>,
): number {
  return supportOf(
    independence,
    [...ends.keys()].flatMap((index) => runs[index] ?? []),
  ).groups;
}

/** All sequences one step longer that still converge (PrefixSpan with a gap limit; Pei et al., 2001). */
function grow(pattern: Pattern, runs: readonly Commands[], independence: Independence): Pattern[] {
  const next = new Map<string, Map<number, number[]>>();
  for (const [index, ends] of pattern.ends) {
    const steps = runs[index]?.steps ?? [];
    for (const end of ends) {
      for (let at = end + 1; at <= Math.min(end + 1 + gap, steps.length - 1); at += 1) {
        const step = steps[at];
        if (step === undefined || pattern.steps.includes(step)) continue;
        const bySession = next.get(step) ?? new Map<number, number[]>();
        next.set(step, bySession);
        const positions = bySession.get(index) ?? [];
        bySession.set(index, positions);
        if (!positions.includes(at)) positions.push(at);
      }
    }
  }
  return [...next]
    .filter(([, ends]) => groupsOf(independence, runs, ends) >= convergence)
    .map(([step, ends]) => ({ steps: [...pattern.steps, step], ends }));
}

function mine(runs: readonly Commands[], independence: Independence): Pattern[] {
  const starts = new Map<string, Map<number, number[]>>();
  runs.forEach((run, index) => {
    run.steps.forEach((step, at) => {
      const bySession = starts.get(step) ?? new Map<number, number[]>();
      starts.set(step, bySession);
      bySession.set(index, [...(bySession.get(index) ?? []), at]);
    });
  });
  let level: Pattern[] = [...starts]
    .filter(([, ends]) => groupsOf(independence, runs, ends) >= convergence)
    .map(([step, ends]) => ({ steps: [step], ends }));
  const found: Pattern[] = [];
  for (let length = 2; length <= longest && level.length > 0; length += 1) {
    level = level.flatMap((pattern) => grow(pattern, runs, independence)).slice(0, 2_000);
    found.push(...level);
  }
  return found;
}

function isWithin(short: readonly string[], long: readonly string[]): boolean {
  let at = 0;
  for (const step of long) if (step === short[at]) at += 1;
  return at === short.length;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((step) => b.includes(step));
}

const versionControl = /^(?:git|gh|hub|glab|jj|hg|svn)\b/;

/** Worth telling: more than saving one's work, and more than one tool's one command. */
function isTelling(steps: readonly string[]): boolean {
  const own = steps.filter((step) => !versionControl.test(step));
  return (own.length >= 2 || (own.length === 1 && steps.length >= 3)) && !isEditLoop(own);
}

/** Steps that differ in what they were about are one step, and once in a row is enough. */
function withGeneralSteps(runs: readonly Commands[], independence: Independence): Commands[] {
  const forms = generalForms(
    runs.flatMap((run) =>
      run.steps.map((step) => ({ step, group: independence.groups.get(run.session) ?? run.session })),
    ),
  );
  return runs.map((run) => {
    const general = run.steps.map((step) => forms.get(step) ?? step);
    const fresh = general.map((step, at) => step !== general[at - 1]);
    return {
      ...run,
      steps: general.filter((_, at) => fresh[at]),
      quotes: run.quotes.filter((_, at) => fresh[at] ?? true),
    };
  });
}

/** The sessions in which it was no repair of something that had failed. */
function withoutRepairs(pattern: Pattern, runs: readonly Commands[], repairs: Repairs): Pattern {
  const own = pattern.steps.filter((step) => !versionControl.test(step));
  const ends = [...pattern.ends].filter(([index]) => !repairs.explain(runs[index]?.session, own));
  return { steps: pattern.steps, ends: new Map(ends) };
}

/** Without what changes from run to run. */
function fixedPart(step: string): string {
  return step.replace(/\s*<(?:path|n|text|value)>.*$/, '').replace(/\s+-.*$/, '');
}

/** Memory names each of its steps already. */
function isKnown(input: DreamInput, steps: readonly string[]): boolean {
  return input.store.files.some((file) => steps.every((step) => file.text.includes(fixedPart(step))));
}

/** Maximal: in no longer one. Of sequences of the same steps the most frequent order stays. */
function maximal(
  patterns: readonly Pattern[],
  runs: readonly Commands[],
  independence: Independence,
): Pattern[] {
  const support = new Map(patterns.map((pattern) => [pattern, groupsOf(independence, runs, pattern.ends)]));
  const sorted = [...patterns].sort(
    (a, b) =>
      b.steps.length - a.steps.length ||
      (support.get(b) ?? 0) - (support.get(a) ?? 0) ||
      (a.steps.join('\n') < b.steps.join('\n') ? -1 : 1),
  );
  const kept: Pattern[] = [];
  for (const pattern of sorted) {
    const covered = kept.some(
      (other) => isWithin(pattern.steps, other.steps) || isSameSet(pattern.steps, other.steps),
    );
    const overlaps = kept.some(
      (other) =>
        pattern.steps.filter((step) => other.steps.includes(step)).length >= pattern.steps.length / 2,
    );
    if (!covered && !overlaps) kept.push(pattern);
  }
  return kept;
}

function proposal(
  input: DreamInput,
  pattern: Pattern,
  runs: readonly Commands[],
  independence: Independence,
): Draft {
  const signals = [...pattern.ends.keys()].flatMap((index) => runs[index] ?? []);
  const support = supportOf(independence, signals);
  const text = `Run ${pattern.steps.map((step) => `\`${step}\``).join(', then ')}.`;
  const cited = signals.map((signal) => ({
    ...signal,
    quotes: signal.quotes.filter((_, at) => pattern.steps.includes(signal.steps[at] ?? '')),
  }));
  return {
    kind: 'learn',
    lesson: 'workflow',
    title: titled('Remember the workflow', pattern.steps.map(fixedPart).join(' → ')),
    rationale: `Agents ended up with this order in ${supportPhrase(support)}.`,
    operations: [{ op: 'add', ...placeFor(input.store, text), text }],
    evidence: quotesFrom(cited.filter((signal) => signal.quotes.length > 0)),
    strength: 'supported',
    signals: signals.map((signal) => signal.id),
  };
}

export function workflows(input: DreamInput): RuleResult {
  const independence = readIndependence(input);
  const literal = input.signals.filter((signal) => signal.kind === 'commands');
  const runs = withGeneralSteps(literal, independence);
  const repairs = readRepairs(input.signals);
  const telling = mine(runs, independence)
    .filter((pattern) => isTelling(pattern.steps))
    .map((pattern) => withoutRepairs(pattern, runs, repairs))
    .filter((pattern) => groupsOf(independence, runs, pattern.ends) >= convergence);
  const unknown = maximal(telling, runs, independence).filter((pattern) => !isKnown(input, pattern.steps));
  return {
    proposals: unknown.map((pattern) => proposal(input, pattern, runs, independence)),
    questions: [],
    leads: [],
  };
}
