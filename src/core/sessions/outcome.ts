/** Whether a tool call succeeded, from what happened and not only from flags. */
import type { ToolAction } from './session.ts';
import { isOnlyShowing } from './shell-command.ts';

export interface Happened {
  /** What came back. */
  readonly text: string;
  /** The recording's own verdict: true it succeeded, false it failed. */
  readonly flag?: boolean | undefined;
  readonly exitCode?: number | undefined;
  /** The command of a shell call. */
  readonly command?: string | undefined;
  readonly action?: ToolAction | undefined;
}

/** Undefined when nothing tells: the call is still running, or the recording keeps neither output nor verdict. */
export function outcomeOf(call: Happened): boolean | undefined {
  if (call.flag === false || (call.exitCode !== undefined && call.exitCode !== 0)) return false;
  if (stillRunning.test(call.text)) return undefined;
  if (failed(call)) return false;
  if (call.flag !== undefined || call.exitCode !== undefined) return true;
  return call.text.trim() === '' ? undefined : true;
}

const stillRunning =
  /^(?:Command running in background with ID|Process running with session ID|Background command started)/m;

function failed({ text, command, action }: Happened): boolean {
  // The end of a run says how it went, its start says why it could not begin; between is output like any other.
  const seen = text.length > 60_000 ? `${text.slice(0, 20_000)}\n${text.slice(-40_000)}` : text;
  const start = seen.trimStart().slice(0, 400);
  if (refusedByTool.test(start)) return true;
  if (action === 'search') return foundNothing.test(start);
  if (action === 'fetch') return /^(?:Web search error|HTTP (?:error )?[45]\d\d)\b/m.test(start);
  if (action !== 'shell' && command === undefined) return false;
  if (shellFailure.some((pattern) => pattern.test(seen))) return true;
  return (
    (command === undefined || !isOnlyShowing(command)) && runFailure.some((pattern) => pattern.test(seen))
  );
}

/** What harnesses and tools answer when a call could not be done. */
const refusedByTool =
  /^(?:<tool_use_error>|Error: |Error (?:reading|writing|editing|executing)|File does not exist|File has not been read|String to replace not found|Found \d+ matches of the string to replace|EISDIR|ENOENT|EACCES|InputValidationError|No such tool|Failed to (?:apply|read|write|edit|find|parse)|apply_patch verification failed|MCP error|Exit code:? [1-9]|Command (?:failed|timed out)|Request failed)/;
const foundNothing =
  /^(?:No (?:files|matches|results) found|No matches|Found 0 (?:files|matches|results)|0 matches)/i;

/** Failures of the shell itself or of the program it started, whatever the program is. */
const shellFailure: readonly RegExp[] = [
  /^(?:\S*(?:bash|sh|zsh)(?:\[\d+\])?: (?:line \d+: |-c: )?|\(eval\):\d+: )?(?:command not found: \S+|\S+: command not found|\S+: not found)$/m,
  /^(?:Process exited with|Exit) (?:exit )?code:? [1-9]\d*[ \t]*$/im,
  /^\[?(?:exit|exit_code|exit status|exitCode)[:=\s]+[1-9]\d*\]?[ \t]*$/im,
  /^(?:cat|head|tail|ls|sed|cp|mv|rm|cd|touch|mkdir|find|stat|diff|(?:e|f)?grep|rg|bash|sh|zsh): .*(?:No such file or directory|Permission denied|Not a directory)/m,
  /^(?:cd|chdir): no such file/im,
  /^fatal: /m,
  /^error: (?:pathspec|failed to push|could not apply|Your local changes)/m,
  /^CONFLICT \(/m,
];

/** Failures that compilers, linters, test runners and package managers report, also when `| tail` hid the exit code. */
const runFailure: readonly RegExp[] = [
  /^(?:\d+[:-])?[ \t]*--- FAIL\b/m,
  /^(?:\d+[:-])?FAIL(?:\t|$| \S+ [[(])/m,
  /^[ \t]*[1-9]\d* issues?:[ \t]*$/m,
  /\berror TS\d+:/,
  /^Found [1-9]\d* errors?\b/m,
  /[✖✗×] [1-9]\d* problems? \([1-9]\d* errors?/,
  /^(?:=+ |[ \t]{0,8})(?:[^,\n]{1,60}, ){0,4}[1-9]\d* failed\b(?:[ ,=]|$)/m,
  /^[ \t]*(?:Tests?|Test Suites|Test Files|Suites|Examples)\s*:?[ \t]+(?:[^,|\n]{1,40}[,|] ){0,4}[1-9]\d* failed\b/m,
  /^[ \t]+[1-9]\d* failing[ \t]*$/m,
  /\b\d+ (?:tests|examples|runs), (?:[^,\n]{1,40}, ){0,4}[1-9]\d* (?:failures?|errors?)\b/,
  /^test result: FAILED/m,
  /\b(?:Failed|Failures):\s*[1-9]/,
  /^BUILD (?:FAILED|FAILURE)/m,
  /^(?:FAILED|ERROR) \S+(?:::| - )/m,
  /^Traceback \(most recent call last\):/m,
  /^panic: /m,
  /^(?:\w+\.)*\w*(?:Error|Exception): .+\n\s+at /m,
  /^(?:make|gmake)(?:\[\d+\])?: \*\*\* /m,
  /^(?:npm (?:ERR!|error) )/m,
  /^[ \t]*ELIFECYCLE\b|\bERR_PNPM_\w+/m,
  /^error(?:\[E\d+\])?: (?:could not compile|aborting|cannot find|expected|mismatched|unresolved)/m,
  /^(?:\.{0,2}\/)?[\w./-]+\.\w+:\d+:\d+: (?:error|undefined|cannot|syntax error|missing|expected|too many|not enough|imported and not used|declared and not used|fatal error)\b/m,
  /^(?:\[[\w:-]+\] )?(?:ERROR|error) (?:task|command|script) .*failed/im,
  /^# \S+\n\S+\.go:\d+:\d+: /m,
  /^no required module provides package|^go: .*(?:not found|cannot find|no such)/m,
  /^error Command failed with exit code [1-9]/m,
];
