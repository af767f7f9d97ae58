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
) => Omit<Diagnostic, 'line' | 'snippet'> & {
  /** Where the finding stands on another line than its rule. */
  readonly line?: string;
};

/** `file:1:2`, `file(1,2)`, `file:1`; of names without an extension only those like `Dockerfile`. */
const location = String.raw`([\w./@+~-]+\.[A-Za-z]\w{0,11}|(?:[\w.-]+\/)*[A-Z][a-z]+file)[:(]\d+(?:[:,]\d+)?\)?`;
const severity = String.raw`(?:(?:\[(?:error|warning|info|style|note)\]|(?:error|warning|info|style|note):)\s*)`;
/** `E501`, `SC2086`, `DTZ005`, `MD013/line-length`, `CKV_AWS_20`: capitals and digits. */
const coded = String.raw`[A-Z]{1,8}(?:[-_]?[A-Z]{1,8}){0,3}[-_]?\d{1,5}(?:\/[a-z][\w/-]*)?`;
/** `goconst`, `return-value`, `standard:no-wildcard-imports`, `MagicNumber`, `-Wunused-variable`: what stands in brackets. */
const bracketed = String.raw`-?[A-Za-z][\w-]*(?:[:/.]{1,2}[\w-]+)*`;
/** A name in the open must look like one: two parts at least. */
const parted = String.raw`@?[A-Za-z]\w*(?:[-_/.]+\w+)+`;

/** Shapes of lines rather than tools, so that a linter nobody listed is read as well; the first that fits wins. */
const families: readonly (readonly [RegExp, Reader])[] = [
  // golangci-lint, mypy, clang-tidy, actionlint, ktlint, pyright: file:1:2: message (rule), message [rule]
  [
    new RegExp(
      String.raw`^\s*(?:\[\w+\]\s+)?${location}:?\s+(?:-\s+)?${severity}?(.{8,300}?)\s+[([](${bracketed})(?:,[^()[\]]*)?[)\]]\s*$`,
      'i',
    ),
    ([, file, message = '', rule = '']) => ({ file: file ?? '', message, rule }),
  ],
  // tsc: file(1,2): error TS2345: message, or file:1:2 - error TS2345: message
  [
    new RegExp(String.raw`^\s*${location}:?\s*(?:-\s*)?error (TS\d{4,5}):\s+(.{4,300})$`),
    ([, file, rule = '', message = '']) => ({ file: file ?? '', message, rule }),
  ],
  [/^\s*error (TS\d{4,5}):\s+(.{4,300})$/, ([, rule = '', message = '']) => ({ rule, message })],
  // ruff, flake8, pylint, hadolint, markdownlint, dotnet: file:1:2: E501 message
  [
    new RegExp(
      String.raw`^\s*${location}:?\s+(?:[Ee]rror\s+|[Ww]arning\s+)?(${coded})(?:\[\*\]|\s\[\*\])?:?\s+${severity}?(.{4,300})$`,
    ),
    ([, file, rule = '', message = '']) => ({ file: file ?? '', message, rule }),
  ],
  // rustc, cargo deny and their like: error[E0382]: message
  [
    /^\s*(?:error|warning)\[([A-Za-z][\w:-]{2,60})\]:\s+(.{4,300})$/,
    ([, rule = '', message = '']) => ({ rule, message }),
  ],
  // clippy says the rule below the finding: `#[warn(clippy::x)]` on by default, or `-W clippy::x`
  [
    /^\s*(?:= )?note: .*`(?:#\[\w+\(|-[WD] )(\w+::[\w-]+)\)?\]?`/,
    ([, rule = ''], lines, at) => findingAbove(lines, at, rule.replace(/-/g, '_')),
  ],
  // and always links to the page of the rule
  [
    /rust-clippy\/\S*#([a-z_]{3,60})\s*$/,
    ([, rule = ''], lines, at) => findingAbove(lines, at, `clippy::${rule}`),
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
  // tables, as sqlfluff and reports draw them: L: 1 | P: 5 | LT02 | message
  [
    new RegExp(String.raw`^[^|]*\d[^|]*\|(?:[^|]*\|)?\s*(${coded})\s*\|\s*(.{4,300}?)\s*\|?$`),
    ([, rule = '', message = '']) => ({ rule, message }),
  ],
  // eslint, stylelint, vale, yamllint: "  12:3  error  message  rule-id", with a word or a mark for how bad it is
  [
    new RegExp(
      String.raw`^\s+\d+(?::\d+)?\s+(?:error|warning|suggestion|[✖✘×⚠ℹ!])\s+(.{4,300}?)(?:\s{2,}(${parted}|[a-z]{4,})|\s+\((${parted})\))\s*$`,
    ),
    ([, message = '', open, closed]) => ({ message, rule: open ?? closed ?? '' }),
  ],
  // terraform, commitlint: "Warning: message (rule_name)", "✖ message [rule-name]"
  [
    new RegExp(
      String.raw`^\s*(?:(?:error|warning|notice):|[✖✘×⚠])\s+(.{4,300}?)\s+[([](${parted})[)\]]\s*$`,
      'i',
    ),
    ([, message = '', rule = '']) => ({ message, rule }),
  ],
  // biome: lint/style/noVar ━━━, and oxlint: eslint(no-var): message
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
  [/^\s*[×✖⚠!x]\s+[\w-]+\(([\w/-]+)\):\s+(.{4,300})$/, ([, rule = '', message = '']) => ({ rule, message })],
];

/** The finding that a note with its rule belongs to stands above it. */
function findingAbove(lines: readonly string[], at: number, rule: string): ReturnType<Reader> {
  const above = lines.slice(Math.max(0, at - 20), at).reverse();
  const line = (above.find((each) => /^\s*(?:error|warning):\s+\S/.test(each)) ?? above[0])?.trim();
  if (line === undefined || line === '') return { rule, message: rule };
  return { rule, message: line.replace(/^(?:error|warning):\s+/, ''), line };
}

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
        found.set(key, { line: line.trim(), ...diagnostic, ...(snippet === undefined ? {} : { snippet }) });
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

/** Words by which an unknown tool says that it could not do its work. */
const trouble =
  /\b(?:not|no|cannot|can't|couldn't|didn't|doesn't|isn't|unable|fail(?:ed|s|ure)?|refused|denied|missing|invalid|unknown|unsupported|unreachable|unavailable|expired|locked|held|busy|taken|in use|stale|outdated|out of (?:date|sync|memory|space)|mismatch|corrupt(?:ed)?|conflict|already|must|needs?|requires?|required|exceed(?:ed|s)?|too (?:old|many|large|long)|timed? ?out|abort(?:ed)?|error|exception|forbidden|unauthori[sz]ed)\b/i;
/** Where it happened and how often, what was going on, and marks: none of it says why. */
const framing =
  /^\s*(?:at\b|File "|in .*\bline \d+|line \d+|Traceback|Caused by:?$|\.\.\.|[-=~^|+*\s]*$|>|\$|\d+ (?:errors?|failed|passed|problems?|warnings?)|Running\b|Starting\b|Using\b|Exit code|--- FAIL|FAIL(?:ED|URE)?\b[:!]?|ok\b|PASS|See\b|For more|note:|hint:|info:)/i;

/** What went wrong, as far as it can be told of a tool nobody knows: verbatim and trimmed; undefined without words. */
export function tellingLine(output: string): string | undefined {
  const lines = output
    .split('\n')
    .filter((line) => line.length <= outputLimit && !noise.test(line) && !framing.test(line))
    .filter((line) => /\p{L}{2,}.*\p{L}{2,}/u.test(line));
  const said = lines.filter((line) => /\S\s+\S+\s+\S/.test(line));
  return (
    lines.find((line) => dottedError.test(line)) ??
    said.find((line) => trouble.test(line)) ??
    lines.at(-1)
  )?.trim();
}

/** `package.errors.LeaseError: …`, with or without the mark of a test runner. */
const dottedError =
  /^\s*(?:E\s{2,})?[\w.]*[A-Z]\w*(?:Error|Exception|Missing|Failure|Timeout|NotFound)\b:\s*\S/;

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
