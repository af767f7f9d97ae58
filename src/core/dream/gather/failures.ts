/** Commands that failed and what they said. */
import type { SignalOf } from '../signal.ts';
import { commandWords } from './commands.ts';
import { errorLine, generalise, readDiagnostics, tellingLine } from './diagnostics.ts';
import { bareCommand, editFixOf, type Fix, prerequisiteOf, type Run, runsOf, variantOf } from './fixes.ts';
import { type Reading, quotesOf } from './reading.ts';

type Failure = Omit<SignalOf<'failure'>, 'id' | 'session'>;

/** One thing a run failed with. */
interface Complaint {
  readonly error: string;
  readonly template: string;
  readonly rules: string[];
  readonly fix: Fix | undefined;
}

/**
 * What belongs to a single edit loop and teaches nothing lasting: failing tests and code that does not compile yet.
 * Rule ids are exempt, since the same rule again and again is a habit.
 */
const editLoop =
  /--- FAIL|^\s*(?:FAIL|FAILED|✗|✖|×)\b|\bassert|\bexpected\b.*\b(?:got|to|but|actual|received)\b|\bundefined: |\bdeclared and not used|imported and not used|no new variables|cannot use .* as |SyntaxError|IndentationError|\[build failed\]|unexpected token|missing return|mismatched types|does not implement|CONFLICT \(|has no (?:field|member|attribute)/i;

/** The harness complaining about how it was used. */
const harness =
  /tool_use_error|has not been read yet|has been modified since read|String to replace not found|Found \d+ matches|user doesn't want to proceed|Request interrupted|InputValidationError|timed out after|was aborted|Command running in background/i;

export const isHarnessComplaint = (output: string): boolean => harness.test(output);

function failureSignal(reading: Reading, run: Run, complaint: Complaint): Failure | undefined {
  const { error, template, rules, fix } = complaint;
  const quotes = quotesOf(reading.session, [
    [run.call.result, error],
    [run.call.call, run.command],
  ]);
  const tool = run.steps.at(-1)?.tool;
  if (quotes.length === 0 || tool === undefined) return undefined;
  return {
    kind: 'failure',
    quotes,
    ...(run.call.call.at === undefined ? {} : { at: run.call.call.at }),
    command: bareCommand(run),
    tool,
    template,
    error,
    rules,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** A message made general, and free of what the command itself was about. */
function templateOf(error: string, run: Run): string {
  const operands = run.steps
    .flatMap((step) => commandWords(step.text).slice(1))
    .flatMap((word) => [word, word.replace(/^.*[=/]/, '')])
    .filter(
      (word) =>
        word.length >= 3 && /^[^\d-]/.test(word) && !run.steps.some(({ tool }) => tool.includes(word)),
    );
  return generalise(
    error
      .split(/(?<=\s)|(?=[\s:,;]|\.$)/)
      .map((part) => (operands.includes(part.trim()) ? part.replace(part.trim(), '<arg>') : part))
      .join(''),
  );
}

/** A failed run that needed another command, or to be put differently. */
function commandComplaint(reading: Reading, runs: readonly Run[], at: number): Complaint | undefined {
  const run = runs[at];
  if (run?.ok !== false || isHarnessComplaint(run.output)) return undefined;
  const prerequisite = prerequisiteOf(reading, runs, at);
  const known = errorLine(run.output);
  const looped = known === undefined || editLoop.test(known);
  if (prerequisite === undefined && looped) return undefined;
  const error = looped ? (tellingLine(run.output) ?? known) : known;
  const fix = prerequisite ?? variantOf(reading, runs, at);
  return error === undefined ? undefined : { error, template: templateOf(error, run), rules: [], fix };
}

/** What code needed no edit for is no habit of writing it, unless the linter itself mended the code. */
function complaintsOf(reading: Reading, runs: readonly Run[], at: number): Complaint[] {
  const ruled = ruleComplaints(reading, runs, at);
  const run = runs[at];
  if (run === undefined || run.steps.length === 0) return [];
  const prerequisite = ruled.length === 0 ? undefined : prerequisiteOf(reading, runs, at)?.command;
  const mended = run.steps.some(({ text }) => prerequisite?.startsWith(commandWords(text)[0] ?? '') === true);
  if (ruled.length > 0 && (prerequisite === undefined || mended)) return ruled;
  const complaint = commandComplaint(reading, runs, at);
  return complaint === undefined ? ruled : [complaint];
}

/** Findings with a rule, whatever the exit code. */
function ruleComplaints(reading: Reading, runs: readonly Run[], at: number): Complaint[] {
  return readDiagnostics(runs[at]?.output ?? '').map((diagnostic) => ({
    error: diagnostic.line,
    template: generalise(diagnostic.message),
    rules: [diagnostic.rule],
    fix: editFixOf(reading, runs, at, diagnostic),
  }));
}

export function gatherFailures(reading: Reading): Failure[] {
  const runs = runsOf(reading);
  const seen = new Set<string>();
  return runs.flatMap((run, at) => {
    return complaintsOf(reading, runs, at).flatMap((complaint) => {
      const key = `${complaint.rules.join()}\n${complaint.template}`;
      if (seen.has(key)) return [];
      const signal = failureSignal(reading, run, complaint);
      if (signal !== undefined) seen.add(key);
      return signal ?? [];
    });
  });
}
