/** What made a failed command pass: commands run in between, the command put differently, or an edit. */
import type { SignalOf } from '../signal.ts';
import type { Event } from '../../sessions/session.ts';
import { commandWords, isLooking, isTrivial, type Step, stepsOf } from './commands.ts';
import type { Diagnostic } from './diagnostics.ts';
import { type Call, type Reading, quotesOf, textOf } from './reading.ts';

export type Fix = NonNullable<SignalOf<'failure'>['fix']>;

/** A shell call that does something. */
export interface Run {
  readonly call: Call;
  readonly command: string;
  /** Without housekeeping; empty when there is nothing else. */
  readonly steps: readonly Step[];
  /** With housekeeping: what may have prepared the ground for a later run. */
  readonly acts: readonly Step[];
  /** The folder it moves to first, as far as it is one of the repository. */
  readonly folder: string;
  readonly output: string;
  readonly ok: boolean | undefined;
}

/** How many later runs may bring the fix; beyond that it is another story. */
const reach = 8;
/** A variant comes at once. */
const variantReach = 4;
/** More commands in between are work of their own. */
const mostBetween = 2;

export function runsOf(reading: Reading): Run[] {
  return reading.calls.flatMap((call): Run[] => {
    const command = call.call.tool?.action === 'shell' ? call.call.tool.command : undefined;
    if (command === undefined || call.result === undefined) return [];
    const all = stepsOf(command);
    const acts = all.filter((step) => !isLooking(step));
    const moved = all[0]?.tool === 'cd' ? /^cd\s+([\w.-][\w./-]*)$/.exec(all[0].text)?.[1] : undefined;
    const output = call.result.spans
      .filter((span) => span.trust === 'tool')
      .map((span) => span.text)
      .join('\n');
    const steps = acts.filter((step) => !isTrivial(step));
    if (acts.length === 0) return [];
    return [{ call, command, steps, acts, folder: moved ?? '', output, ok: call.result.ok }];
  });
}

/** Steps as they are, without what only shapes the output. */
export function bareCommand(run: Run): string {
  return run.steps.map((step) => step.text).join(' && ');
}

/** Steps as one would type them: with their environment and the folder they run in. */
function typedCommand(run: Run): string {
  const typed = run.acts.map(({ assigned, text }) => (assigned === '' ? text : `${assigned} ${text}`));
  return [...(run.folder === '' ? [] : [`cd ${run.folder}`]), ...typed].join(' && ');
}

/** The same command in the same surroundings. */
function isSame(a: Run, b: Run): boolean {
  return bareCommand(a) === bareCommand(b) && settingOf(a) === settingOf(b);
}

function settingOf(run: Run): string {
  return [run.folder, ...run.steps.map((step) => step.assigned)].join('\n');
}

function sameTools(a: Run, b: Run): boolean {
  const tools = new Set(a.steps.map((step) => step.tool));
  return b.steps.some((step) => tools.has(step.tool));
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

function editFix(reading: Reading, failed: Run, passed: Run, diagnostic: Diagnostic): Fix | undefined {
  const edits = editsBetween(reading, failed.call.call.n, passed.call.call.n);
  const snippet = diagnostic.snippet;
  const inFile = edits.filter(
    (edit) => diagnostic.file === undefined || edit.tool?.path?.endsWith(diagnostic.file) === true,
  );
  const edit =
    (snippet === undefined
      ? undefined
      : inFile.find((candidate) => candidate.tool?.replaced?.includes(snippet))) ?? inFile[0];
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

function commandFix(reading: Reading, runs: readonly Run[], ran: NonNullable<Fix['ran']>): Fix | undefined {
  const quotes = runs.flatMap((run) => quoteCommand(reading, run));
  return quotes.length === 0
    ? undefined
    : { command: runs.map((run) => typedCommand(run)).join(' && '), ran, quotes };
}

/** The edit that made a finding go away. */
export function editFixOf(
  reading: Reading,
  runs: readonly Run[],
  at: number,
  diagnostic: Diagnostic,
): Fix | undefined {
  const failed = runs[at];
  const passed =
    failed === undefined
      ? undefined
      : runs.slice(at + 1, at + 1 + reach).find((run) => run.ok === true && sameTools(failed, run));
  return failed === undefined || passed === undefined
    ? undefined
    : editFix(reading, failed, passed, diagnostic);
}

/**
 * What was run, without any edit, before the very same command passed; or what the error itself said to run. No work on
 * code is like that, so whatever the output says, the command was not ready to run.
 */
export function prerequisiteOf(reading: Reading, runs: readonly Run[], at: number): Fix | undefined {
  const failed = runs[at];
  if (failed === undefined) return undefined;
  const later = runs.slice(at + 1, at + 1 + reach);
  const again = later.findIndex((run) => run.ok === true && isSame(run, failed));
  const passing = later[again];
  const advised = later
    .slice(0, again < 0 ? variantReach : again)
    .find((run) => run.ok === true && isAdvised(failed, run) && !isSame(run, failed));
  if (passing === undefined)
    return advised === undefined ? undefined : commandFix(reading, [advised], 'first');
  if (editsBetween(reading, failed.call.call.n, passing.call.call.n).length > 0) return undefined;
  const succeeded = later.slice(0, again).filter((run) => run.ok === true);
  const telling = succeeded.filter((run) => run.steps.length > 0);
  const between = succeeded.length <= mostBetween ? succeeded : telling;
  if (between.length === 0 || between.length > mostBetween) return undefined;
  return commandFix(reading, advised === undefined ? between : [advised], 'first');
}

/** The failed output names the whole command. */
function isAdvised(failed: Run, run: Run): boolean {
  const command = bareCommand(run);
  const plain = command.replace(/^(?:npx|pnpm|yarn|bunx?|pnpm exec|bundle exec|poetry run|uv run)\s+/, '');
  return [command, plain].some((text) => text.includes(' ') && failed.output.includes(text));
}

/** Another command for the same goal, or the same one in other surroundings, that passed without an edit. */
export function variantOf(reading: Reading, runs: readonly Run[], at: number): Fix | undefined {
  const failed = runs[at];
  if (failed === undefined) return undefined;
  const later = runs.slice(at + 1, at + 1 + reach);
  if (later.some((run) => run.ok === true && isSame(run, failed))) return undefined;
  const variant = later
    .slice(0, variantReach)
    .find((run) => run.ok === true && (sameTools(failed, run) || sameGoal(failed, run)));
  if (variant === undefined || editsBetween(reading, failed.call.call.n, variant.call.call.n).length > 0)
    return undefined;
  return commandFix(reading, [variant], 'instead');
}
