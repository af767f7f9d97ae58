/** Commands that failed, what they said, and what made them pass. */
import type { SignalOf } from '../signal.ts';
import type { Event } from '../../sessions/session.ts';
import { commandWords, isTrivial, type Step, stepsOf } from './commands.ts';
import { type Diagnostic, errorLine, generalise, readDiagnostics } from './diagnostics.ts';
import { type Call, type Reading, quotesOf, textOf } from './reading.ts';

type Failure = Omit<SignalOf<'failure'>, 'id' | 'session'>;
type Fix = NonNullable<Failure['fix']>;

/** A shell call whose command does something. */
interface Run {
  readonly call: Call;
  readonly command: string;
  readonly steps: readonly Step[];
  readonly output: string;
  readonly ok: boolean | undefined;
}

/** How many later runs may bring the fix; beyond that it is another story. */
const reach = 8;

/**
 * What belongs to a single edit loop and teaches nothing lasting: failing tests and code that does not compile yet.
 * Rule ids are exempt, since the same rule again and again is a habit.
 */
const editLoop =
  /--- FAIL|^\s*(?:FAIL|FAILED|✗|✖|×)\b|\bassert|\bexpected\b.*\b(?:got|to|but|actual|received)\b|\bundefined: |\bdeclared and not used|imported and not used|no new variables|cannot use .* as |SyntaxError|IndentationError|\[build failed\]|unexpected token|missing return|mismatched types|does not implement|CONFLICT \(|has no (?:field|member|attribute)/i;

/** The harness complaining about how it was used. */
const harness =
  /tool_use_error|has not been read yet|has been modified since read|String to replace not found|Found \d+ matches|user doesn't want to proceed|Request interrupted|InputValidationError|timed out after|was aborted|Command running in background/i;

function runsOf(reading: Reading): Run[] {
  return reading.calls.flatMap((call): Run[] => {
    const command = call.call.tool?.action === 'shell' ? call.call.tool.command : undefined;
    if (command === undefined || call.result === undefined) return [];
    const steps = stepsOf(command).filter((step) => !isTrivial(step));
    const output = call.result.spans
      .filter((span) => span.trust === 'tool')
      .map((span) => span.text)
      .join('\n');
    return steps.length === 0 ? [] : [{ call, command, steps, output, ok: call.result.ok }];
  });
}

function sameTools(a: Run, b: Run): boolean {
  const tools = new Set(a.steps.map((step) => step.tool));
  return b.steps.some((step) => tools.has(step.tool));
}

/** Steps as they are, without what only shapes the output. */
function bareCommand(run: Run): string {
  return run.steps.map((step) => step.text).join(' && ');
}

const tasks = new Set([
  'test',
  'tests',
  'build',
  'lint',
  'check',
  'start',
  'dev',
  'install',
  'run',
  'format',
  'fmt',
  'deploy',
  'migrate',
  'push',
  'typecheck',
  'e2e',
  'unit',
  'seed',
  'up',
  'generate',
  'compile',
  'serve',
  'publish',
]);

/** Two commands that try for the same thing: one task word, file or tool in common. */
function sameGoal(a: Run, b: Run): boolean {
  const goals = (run: Run): string[] =>
    run.steps.flatMap((step) =>
      commandWords(step.text).flatMap((word, index) =>
        index === 0
          ? [`tool ${word}`]
          : [...word.split(/[:\s]/).filter((part) => tasks.has(part)), ...(/[./]/.test(word) ? [word] : [])],
      ),
    );
  const wanted = new Set(goals(a));
  return goals(b).some((goal) => wanted.has(goal));
}

function editsBetween(reading: Reading, from: number, to: number): Event[] {
  return reading.calls
    .filter(({ call }) => call.n > from && call.n < to)
    .filter(
      ({ call, result }) =>
        (call.tool?.action === 'edit' || call.tool?.action === 'write') && result?.ok !== false,
    )
    .map(({ call }) => call);
}

/** The line an edit changed and what it became, each at most 160 characters. */
function changedLines(edit: Event, near?: string): { before?: string; after: string } | undefined {
  const before = (edit.tool?.replaced ?? '').split('\n').map((line) => line.trim());
  const after = textOf(edit)
    .split('\n')
    .map((line) => line.trim());
  const gone = before.filter((line) => line.length > 3 && !after.includes(line));
  const come = after.filter((line) => line.length > 3 && !before.includes(line));
  const old =
    near === undefined
      ? gone[0]
      : (gone.find((line) => line.includes(near) || near.includes(line)) ?? gone[0]);
  const now = come[0];
  if (now === undefined || now.length > 160) return undefined;
  return { ...(old === undefined || old.length > 160 ? {} : { before: old }), after: now };
}

function editFix(
  reading: Reading,
  failed: Run,
  passed: Run,
  diagnostic: Diagnostic | undefined,
): Fix | undefined {
  const edits = editsBetween(reading, failed.call.call.n, passed.call.call.n);
  const snippet = diagnostic?.snippet;
  const inFile = edits.filter(
    (edit) => diagnostic?.file === undefined || edit.tool?.path?.endsWith(diagnostic.file) === true,
  );
  const edit =
    (snippet === undefined
      ? undefined
      : inFile.find((candidate) => candidate.tool?.replaced?.includes(snippet))) ??
    (diagnostic === undefined ? undefined : inFile[0]);
  const changed = edit === undefined ? undefined : changedLines(edit, snippet);
  if (edit === undefined || changed === undefined) return undefined;
  const quotes = quotesOf(reading.session, [[edit, changed.after]]);
  const text =
    changed.before === undefined ? `+ ${changed.after}` : `- ${changed.before}\n+ ${changed.after}`;
  return quotes.length === 0 ? undefined : { edit: text, quotes };
}

function quoteCommand(reading: Reading, run: Run): Fix['quotes'] {
  return quotesOf(reading.session, [[run.call.call, run.command]]);
}

/** What made a failed command pass: steps run in between, another command for the same goal, or an edit. */
function fixOf(
  reading: Reading,
  runs: readonly Run[],
  at: number,
  diagnostic: Diagnostic | undefined,
): Fix | undefined {
  const failed = runs[at];
  if (failed === undefined) return undefined;
  const later = runs.slice(at + 1, at + 1 + reach);
  const again = later.findIndex((run) => run.ok === true && bareCommand(run) === bareCommand(failed));
  const passed = later.find((run) => run.ok === true && sameTools(failed, run));
  if (diagnostic !== undefined)
    return passed === undefined ? undefined : editFix(reading, failed, passed, diagnostic);
  if (again >= 0) {
    const passing = later[again];
    const between = later.slice(0, again).filter((run) => run.ok === true);
    const edited =
      passing !== undefined && editsBetween(reading, failed.call.call.n, passing.call.call.n).length > 0;
    const first = between[0];
    if (edited || first === undefined || between.length > 2) return undefined;
    const quotes = between.flatMap((run) => quoteCommand(reading, run));
    return quotes.length === 0
      ? undefined
      : { command: between.map((run) => bareCommand(run)).join(' && '), quotes };
  }
  const variant = later
    .slice(0, 4)
    .find((run) => run.ok === true && (sameTools(failed, run) || sameGoal(failed, run)));
  if (variant === undefined || editsBetween(reading, failed.call.call.n, variant.call.call.n).length > 0)
    return undefined;
  const quotes = quoteCommand(reading, variant);
  return quotes.length === 0 ? undefined : { command: bareCommand(variant), quotes };
}

function failureSignal(
  reading: Reading,
  run: Run,
  error: string,
  parts: { template: string; rules: string[]; fix: Fix | undefined },
): Failure | undefined {
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
    template: parts.template,
    error,
    rules: parts.rules,
    ...(parts.fix === undefined ? {} : { fix: parts.fix }),
  };
}

export function gatherFailures(reading: Reading): Failure[] {
  const runs = runsOf(reading);
  const seen = new Set<string>();
  return runs.flatMap((run, at) => {
    const diagnostics = readDiagnostics(run.output);
    const wanted: { error: string; template: string; rules: string[]; diagnostic?: Diagnostic }[] =
      diagnostics.map((diagnostic) => ({
        error: diagnostic.line,
        template: generalise(diagnostic.message),
        rules: [diagnostic.rule],
        diagnostic,
      }));
    const line = run.ok === false && diagnostics.length === 0 ? errorLine(run.output) : undefined;
    if (line !== undefined && !editLoop.test(line) && !harness.test(run.output)) {
      wanted.push({ error: line, template: generalise(line), rules: [] });
    }
    return wanted.flatMap(({ error, template, rules, diagnostic }) => {
      const key = `${rules.join()}\n${template}`;
      if (seen.has(key)) return [];
      const signal = failureSignal(reading, run, error, {
        template,
        rules,
        fix: fixOf(reading, runs, at, diagnostic),
      });
      if (signal !== undefined) seen.add(key);
      return signal ?? [];
    });
  });
}
