/** Reads the text of .github/dreamkeeper.yml, and says line and column of everything that is wrong with it. */
import { Cron } from 'croner';
import { diffChars } from 'diff';
import { isCollection, isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { z } from 'zod';
import { configSchema, type Config } from './core/config.ts';
import { createRedactor } from './core/sessions/redact.ts';

/** Both count from 1. */
export interface ConfigError {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type ParsedConfig =
  | {
      readonly config: Config;
      /** What is in the file and counts for nothing. */
      readonly notes: readonly ConfigError[];
    }
  | { readonly errors: readonly ConfigError[] };

type Path = readonly PropertyKey[];
interface Problem {
  readonly path: Path;
  /** The key itself is wrong, not its value. */
  readonly key?: string;
  readonly message: string;
}

/** A config is a page of text; more is a mistake or an attack. */
const longest = 65_536;
/** People use an anchor or two; bombs use them by the thousand. */
const aliases = 20;

/** What holds when there is no file. */
export function defaultConfig(): Config {
  return configSchema.parse({});
}

/** @returns the config with defaults filled in, or every problem in the order of the file. An empty key means its default. */
export function parseConfig(text: string): ParsedConfig {
  const source = text.replace(/^\uFEFF/, '');
  if (source.length > longest)
    return { errors: [{ line: 1, column: 1, message: `longer than ${longest} characters` }] };
  const counter = new LineCounter();
  const read = readYaml(source, counter);
  if ('errors' in read) return read;
  const parsed = configSchema.safeParse(withoutNulls(withoutExtends(read.value)) ?? {});
  const problems = parsed.success
    ? rules.flatMap((rule) => rule(parsed.data))
    : parsed.error.issues.flatMap(problemsOf);
  const placed = (problem: Problem): ConfigError => ({
    ...position(read.document, counter, problem),
    message: problem.message,
  });
  if (parsed.success && problems.length === 0)
    return { config: parsed.data, notes: extendsNotes(read.value).map(placed) };
  const errors = problems.map(placed);
  return { errors: errors.sort((a, b) => a.line - b.line || a.column - b.column) };
}

type Read =
  { readonly document: Document; readonly value: unknown } | { readonly errors: readonly ConfigError[] };

function readYaml(source: string, lineCounter: LineCounter): Read {
  const at = (offset: number, message: string): ConfigError => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  try {
    const document = parseDocument(source, { lineCounter, prettyErrors: false });
    const wrong = [...document.errors, ...document.warnings];
    if (wrong.length > 0) return { errors: wrong.map((error) => at(error.pos[0], error.message)) };
    return { document, value: document.toJS({ maxAliasCount: aliases }) };
  } catch (error) {
    // Too many aliases, or nesting beyond the stack.
    return { errors: [at(0, error instanceof Error ? error.message : 'unreadable')] };
  }
}

/** Of Probot's own configs: another repository, whoever owns it, would decide about this one. */
const extendsKey = '_extends';

const isExtending = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, extendsKey);

function withoutExtends(value: unknown): unknown {
  if (!isExtending(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== extendsKey));
}

function extendsNotes(value: unknown): readonly Problem[] {
  if (!isExtending(value)) return [];
  const message = `"${extendsKey}" is ignored: no other repository decides here, besides the owner's own .github`;
  return [{ path: [], key: extendsKey, message }];
}

/** `dream:` with every line below it commented out is null in YAML, and means the default. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code !== 'unrecognized_keys')
    return [
      {
        path: issue.path,
        message: `${nameOf(issue.path)}${issue.message.replace(/^Invalid input: /, '')}`,
      },
    ];
  const known = knownKeys(issue.path);
  return issue.keys.map((key) => {
    const near = nearest(key, known);
    const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean "${near}"?`;
    return { path: issue.path, key, message: `unknown key "${key}"; ${hint}` };
  });
}

const nameOf = (path: Path): string => (path.length === 0 ? '' : `${path.map(String).join('.')}: `);

const schemaNode = z.object({ properties: z.record(z.string(), z.unknown()).optional() });

/** The keys the schema allows at a path. */
function knownKeys(path: Path): string[] {
  let node: unknown = z.toJSONSchema(configSchema, { io: 'input' });
  for (const step of path) node = schemaNode.safeParse(node).data?.properties?.[String(step)];
  return Object.keys(schemaNode.safeParse(node).data?.properties ?? {});
}

function nearest(key: string, known: readonly string[]): string | undefined {
  const distance = (other: string): number =>
    diffChars(key.toLowerCase(), other.toLowerCase())
      .filter((part) => part.added || part.removed)
      .reduce((sum, part) => sum + part.count, 0);
  const [best] = known
    .map((name) => ({ name, far: distance(name) }))
    .filter(({ name, far }) => far <= Math.max(2, name.length / 3))
    .sort((a, b) => a.far - b.far);
  return best?.name;
}

/** What the schema cannot say. */
const rules: readonly ((config: Config) => Problem[])[] = [
  ({ dream: { cron } }) =>
    cron === undefined || succeeds(() => new Cron(cron, { paused: true }))
      ? []
      : [{ path: ['dream', 'cron'], message: `dream.cron: "${cron}" is not a cron expression` }],
  ({ dream: { zone } }) =>
    succeeds(() => new Intl.DateTimeFormat('en', { timeZone: zone }))
      ? []
      : [
          {
            path: ['dream', 'zone'],
            message: `dream.zone: "${zone}" is not an IANA time zone, such as Europe/Berlin`,
          },
        ],
  ({ redact }) =>
    redact.flatMap((pattern, index) =>
      succeeds(() => createRedactor({ patterns: [pattern] }))
        ? []
        : [
            {
              path: ['redact', index],
              message: `redact.${index}: "${pattern}" is no regular expression that RE2 takes`,
            },
          ],
    ),
];

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** Where a problem stands: at the key when that is unknown, else at the value, else at the deepest parent that is there. */
function position(
  document: Document,
  counter: LineCounter,
  problem: Problem,
): { line: number; column: number } {
  let node: Node | null = document.contents;
  for (const step of problem.path) {
    const next: unknown = isCollection(node) ? node.get(step, true) : undefined;
    if (!isScalar(next) && !isCollection(next)) break;
    node = next;
  }
  const offset = keyOffset(node, problem.key) ?? node?.range?.[0] ?? 0;
  const { line, col } = counter.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function keyOffset(node: Node | null, key: string | undefined): number | undefined {
  if (key === undefined || !isMap(node)) return undefined;
  const found = node.items
    .map((pair) => pair.key)
    .find((each) => isScalar(each) && String(each.value) === key);
  return isScalar(found) ? found.range?.[0] : undefined;
}
