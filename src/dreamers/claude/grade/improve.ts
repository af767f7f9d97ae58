/** Grades drafts, has those below the bar mended by who laid them down, and grades again, so often as the config says. */
import type { Agent, Draft, Grade } from '../../../core/dream/proposal.ts';
import { DreamkeeperError, RetryLaterError } from '../../../core/error.ts';
import type { Finding } from '../../../core/guard/finding.ts';
import { count } from '../../../core/review/wording.ts';
import { BudgetSpentError } from '../../anthropic/mind.ts';
import type { Consolidated } from '../consolidate/consolidate.ts';
import type { Drafted } from '../consolidate/desk.ts';
import { gradeDrafts, type Graded, type GraderParts } from './grade.ts';
import { weakestOf } from './score.ts';

export interface Improved {
  /** Best first. */
  readonly proposals: readonly Draft[];
  readonly withheld: readonly (Draft & { readonly findings: readonly Finding[] })[];
  readonly remarks: readonly string[];
  readonly agents: readonly Agent[];
}

interface Judged extends Graded {
  /** Of the draft that it was given to. */
  readonly version: number;
  readonly rounds: number;
}

interface Judgement {
  readonly judged: Map<number, Judged>;
  /** Versions that the grader would not or could not grade. */
  readonly ungraded: Set<string>;
  readonly remarks: string[];
  rounds: number;
}

export async function improve(parts: GraderParts, { desk, lead, blocks }: Consolidated): Promise<Improved> {
  const { outcomes } = parts.input.config;
  const state: Judgement = { judged: new Map(), ungraded: new Set(), remarks: [], rounds: 0 };
  let mending = true;
  for (let round = 1; round <= outcomes.maxIterations; round += 1) {
    const open = passing(desk.drafts()).filter((drafted) => !isJudged(state, drafted));
    if (open.length === 0 || !(await judge(parts, open, state))) break;
    const low = passing(desk.drafts()).filter((drafted) => isLow(state, drafted, outcomes.bar));
    if (low.length === 0 || round === outcomes.maxIterations || !mending) break;
    const end = await lead.say(
      `${mend}\n\n${blocks.enclose(low.map((each) => wordsFor(each, state)).join('\n\n'))}`,
    );
    if (end.end === 'stopped') {
      // What it had mended by then is graded still.
      mending = false;
      state.remarks.push(`While drafts were being mended: ${end.why}`);
    }
  }
  return outcomeOf(desk.drafts(), state, outcomes.bar);
}

const mend =
  'A grader who sees only the proposals and their evidence gave some of your drafts less than they need. Its words are below. Mend each (propose with replaces) if the evidence is there, or withdraw it. Lay down nothing else. Then finish.';

const keyOf = ({ number, version }: Drafted): string => `${number}.${version}`;
const passing = (drafts: readonly Drafted[]): readonly Drafted[] =>
  drafts.filter(({ findings }) => !isBlocked(findings));
const isBlocked = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'block');

const gradeOf = ({ judged }: Judgement, { number, version }: Drafted): Judged | undefined => {
  const found = judged.get(number);
  return found?.version === version ? found : undefined;
};
const isJudged = (state: Judgement, drafted: Drafted): boolean =>
  gradeOf(state, drafted) !== undefined || state.ungraded.has(keyOf(drafted));
const isLow = (state: Judgement, drafted: Drafted, bar: number): boolean =>
  (gradeOf(state, drafted)?.score ?? 1) < bar;

/** @returns false when no more can be graded. */
async function judge(parts: GraderParts, open: readonly Drafted[], state: Judgement): Promise<boolean> {
  const graded = new Map<number, Graded>();
  try {
    await gradeDrafts(parts, open, graded);
    for (const drafted of open) if (!graded.has(drafted.number)) state.ungraded.add(keyOf(drafted));
    return true;
  } catch (error) {
    if (parts.mind.signal?.aborted === true) throw error;
    if (error instanceof BudgetSpentError)
      state.remarks.push(`The budget was spent before all proposals were graded.`);
    else if (error instanceof RetryLaterError || error instanceof DreamkeeperError)
      state.remarks.push(`Not all proposals were graded: ${error.message}.`);
    else throw error;
    return false;
  } finally {
    if (graded.size > 0 || state.ungraded.size > 0) state.rounds += 1;
    for (const { number, version } of open) {
      const grade = graded.get(number);
      const rounds = (state.judged.get(number)?.rounds ?? 0) + 1;
      if (grade !== undefined) state.judged.set(number, { ...grade, version, rounds });
    }
  }
}

function wordsFor(drafted: Drafted, state: Judgement): string {
  const grade = gradeOf(state, drafted);
  if (grade === undefined) return '';
  const criteria = grade.criteria.map(({ name, score, why }) => `${name} ${score}: ${why}`);
  return [`Draft ${drafted.number}, graded ${grade.score}`, ...criteria, `Advice: ${grade.advice}`].join(
    '\n',
  );
}

function outcomeOf(drafts: readonly Drafted[], state: Judgement, bar: number): Improved {
  const judged = drafts.map((drafted) => ({ drafted, reason: reasonAgainst(drafted, state, bar) }));
  const kept = judged.filter(({ drafted, reason }) => reason === undefined && !isBlocked(drafted.findings));
  const scoreOf = (drafted: Drafted): number => gradeOf(state, drafted)?.score ?? 0;
  const proposals = kept
    .map(({ drafted }) => drafted)
    .toSorted((a, b) => scoreOf(b) - scoreOf(a) || a.number - b.number)
    .map((drafted) => withGrade(drafted, state));
  const withheld = judged
    .filter((each) => !kept.includes(each))
    .map(({ drafted, reason }) => ({
      ...withGrade(drafted, state),
      findings: isBlocked(drafted.findings)
        ? drafted.findings
        : [...drafted.findings, heldBack(reason ?? '')],
    }));
  const did = `graded ${count(state.judged.size, 'proposal')} in ${count(state.rounds, 'round')}; ${count(proposals.length, 'proposal')} stayed.`;
  return {
    proposals,
    withheld,
    remarks: state.remarks,
    agents: state.rounds === 0 ? [] : [{ name: 'grader', did }],
  };
}

const heldBack = (message: string): Finding => ({ check: 'grade', severity: 'block', message });

/** Why a draft is not proposed although the guard lets it pass; undefined when nothing speaks against it. */
function reasonAgainst(drafted: Drafted, state: Judgement, bar: number): string | undefined {
  const { number } = drafted;
  if (state.ungraded.has(keyOf(drafted))) return 'The grader did not give it a grade.';
  const grade = gradeOf(state, drafted);
  const before = state.judged.get(number);
  if (grade === undefined)
    return before === undefined
      ? undefined
      : `Graded ${before.score}, and what it was changed to could not be graded.`;
  if (grade.score >= bar) return undefined;
  const weakest = weakestOf(grade.criteria);
  const why = weakest === undefined ? '' : ` Weakest: ${weakest.name} (${weakest.score}).`;
  return `Graded ${grade.score}, below ${bar}, ${grade.rounds === 1 ? 'once' : `${grade.rounds} times`}.${why}`;
}

function withGrade(drafted: Drafted, state: Judgement): Draft {
  const found = gradeOf(state, drafted);
  if (found === undefined) return drafted.draft;
  const { score, criteria, rounds } = found;
  const grade: Grade = { score, criteria, rounds };
  return { ...drafted.draft, grade };
}
