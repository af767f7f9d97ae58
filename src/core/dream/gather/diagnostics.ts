/** Reads compilers' and linters' findings and the errors of other tools out of output. */

export interface Diagnostic {
  /** `goconst`, `TS2345`, `no-unused-vars`, `E501`, `SC2086`. */
  readonly rule: string;
  readonly message: string;
  /** Verbatim from the output. */
  readonly line: string;
  readonly file?: string;
  /** The line of code that follows a finding, trimmed. */
  readonly snippet?: string;
}

type Reader = (
  match: RegExpExecArray,
  lines: readonly string[],
  at: number,
) => Omit<Diagnostic, 'line' | 'snippet'>;

const location = String.raw`([\w./@+~-]+\.\w{1,8})[:(]\d+(?:[:,]\d+)?\)?`;

/** One pattern per family of tools; the first that fits a line wins. */
const families: readonly (readonly [RegExp, Reader])[] = [
  // golangci-lint, mypy ([code]), ruff with rule at the end: file:1:2: message (rule)
  [
    new RegExp(String.raw`^\s*${location}:\s+(.{8,300}?)\s+[([]([a-z][a-z0-9-]{2,40})[)\]]\s*$`),
    ([, file, message = '', rule = '']) => ({ file: file ?? '', message, rule }),
  ],
  // tsc: file(1,2): error TS2345: message, or file:1:2 - error TS2345: message
  [
    new RegExp(String.raw`^\s*${location}:?\s*(?:-\s*)?error (TS\d{4,5}):\s+(.{4,300})$`),
    ([, file, rule = '', message = '']) => ({ file: file ?? '', message, rule }),
  ],
  [/^\s*error (TS\d{4,5}):\s+(.{4,300})$/, ([, rule = '', message = '']) => ({ rule, message })],
  // ruff, flake8, pycodestyle, pylint: file:1:2: E501 message
  [
    new RegExp(
      String.raw`^\s*${location}:\s+(?:error\s+|warning\s+)?([A-Z]{1,4}\d{3,5})(?:\[\*\])?:?\s+(.{4,300})$`,
    ),
    ([, file, rule = '', message = '']) => ({ file: file ?? '', message, rule }),
  ],
  // rustc and clippy
  [/^\s*error\[(E\d{4})\]:\s+(.{4,300})$/, ([, rule = '', message = '']) => ({ rule, message })],
  [
    /^\s*(?:= note: )?`#\[(?:warn|deny)\((clippy::[a-z_]+)\)\]`/,
    ([, rule = ''], lines, at) => ({ rule, message: lines[at - 1]?.trim() ?? rule }),
  ],
  // shellcheck
  [/\b(SC\d{4})\b(?: \(\w+\))?:\s+(.{4,300})$/, ([, rule = '', message = '']) => ({ rule, message })],
  // rubocop: file:1:2: C: [Correctable] Style/StringLiterals: message
  [
    new RegExp(
      String.raw`^\s*${location}:\s+[CWEFR]:\s+(?:\[Correctable\]\s+)?([A-Z]\w+/[A-Z]\w+):\s+(.{4,300})$`,
    ),
    ([, file, rule = '', message = '']) => ({ file: file ?? '', message, rule }),
  ],
  // eslint stylish: "  12:3  error  message  rule-id"
  [
    /^\s+\d+:\d+\s+(?:error|warning)\s+(.{4,300}?)\s{2,}((?:@?[\w-]+\/)*[a-z][\w-]+)\s*$/,
    ([, message = '', rule = '']) => ({ message, rule }),
  ],
  // biome and oxlint: lint/style/noVar ━━━, or eslint(no-var)
  [
    /^\S*?\s*(lint\/[a-z]+\/\w+)\b/,
    ([, rule = ''], lines, at) => ({
      rule,
      message:
        lines
          .slice(at + 1)
          .find((line) => /^\s*[×✖!]/.test(line))
          ?.replace(/^\s*[×✖!]\s*/, '') ?? rule,
    }),
  ],
];

/** Words that stand in brackets at the end of a line and are no rule. */
const notRules = new Set([
  'cached',
  'error',
  'errors',
  'warning',
  'info',
  'note',
  'default',
  'build failed',
  'setup failed',
  'optional',
  'required',
  'typecheck',
  'skipped',
  'passed',
  'failed',
  'ignored',
]);

const outputLimit = 400;

/** Findings with a rule id, in order, at most one per rule and message. Exit codes do not matter. */
export function readDiagnostics(output: string): Diagnostic[] {
  const lines = output.split('\n').slice(0, 5_000);
  const found = new Map<string, Diagnostic>();
  for (const [at, line] of lines.entries()) {
    if (line.length > outputLimit) continue;
    for (const [pattern, read] of families) {
      const match = pattern.exec(line);
      const diagnostic = match === null ? undefined : read(match, lines, at);
      if (diagnostic === undefined) continue;
      const key = `${diagnostic.rule}\n${generalise(diagnostic.message)}`;
      const snippet = /^(?:\t|[\t ]{2,})\S/.test(lines[at + 1] ?? '') ? lines[at + 1]?.trim() : undefined;
      if (!notRules.has(diagnostic.rule) && !found.has(key)) {
        found.set(key, { ...diagnostic, line: line.trim(), ...(snippet === undefined ? {} : { snippet }) });
      }
      break;
    }
  }
  return [...found.values()];
}

/** Lines that say what went wrong, the most telling first. */
const errorLines: readonly RegExp[] = [
  /^\s*(?:\w*Error|\w*Exception|error|fatal|panic|ERR!|E\s{2,})\b(?:\[[^\]]*\])?[:!]\s*\S/,
  /\b(?:error|fatal|panic)\b(?:\[[^\]]*\])?: \S/i,
  /\b(?:command not found|No such file or directory|Permission denied|not recognized|unknown (?:flag|option|command|shorthand)|Missing script|Cannot find module|ModuleNotFoundError|ECONNREFUSED|EADDRINUSE|ENOENT|is not installed|not found in PATH|undefined:|unresolved)\b/i,
  /^\s*(?:--- FAIL|FAIL\b|FAILED\b|✗|✖|×)/,
];

const noise =
  /^\s*(?:npm (?:ERR!|error) (?:A complete log|code|path|errno|syscall|in this|\s*\d{4})|exit (?:code|status) \d+\s*$|\[[\w:]+\] ERROR task failed|make(?:\[\d+\])?: \*\*\*|error: script ".*" exited|ELIFECYCLE|error: Recipe)/i;

/** The line that best says what went wrong, verbatim and trimmed; undefined when none does. */
export function errorLine(output: string): string | undefined {
  const lines = output.split('\n').filter((line) => line.length <= outputLimit && !noise.test(line));
  for (const pattern of errorLines) {
    const line = lines.find((candidate) => pattern.test(candidate));
    if (line !== undefined) return line.trim();
  }
  return undefined;
}

/** A message with names, numbers and paths made general, so that two of a kind are equal. */
export function generalise(message: string): string {
  return message
    .replace(/`[^`]*`|"[^"]*"|'[^']*'|“[^”]*”/g, '“…”')
    .replace(/\bhttps?:\/\/\S+/g, '<url>')
    .replace(/(?:[\w.@~-]*\/)+[\w.@-]+(?::\d+)*/g, '<path>')
    .replace(/\b[0-9a-f]{7,64}\b/g, '<hash>')
    .replace(/\b\d+(?:[.:]\d+)*(?:ms|s|m|kb|mb|%)?\b/gi, '<n>')
    .replace(/\s+/g, ' ')
    .trim();
}
