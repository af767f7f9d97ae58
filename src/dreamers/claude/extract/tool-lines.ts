/** What a model is told of an agent's calls and of what came back. */
import { readDiagnostics } from '../../../core/dream/gather/diagnostics.ts';
import { isHarnessComplaint } from '../../../core/dream/gather/failures.ts';
import { excerpt } from '../../../core/sessions/excerpt.ts';
import { isMemoryPath } from '../../../core/sessions/memory-path.ts';
import type { Event, Span, ToolAction, ToolUse } from '../../../core/sessions/session.ts';

/** What came before, so that nothing is told twice. */
export interface Seen {
  /** Files read and things searched for since they were last changed. */
  readonly looked: Set<string>;
  /** The first event with a complaint, by its words. */
  readonly complaints: Map<string, number>;
  /** Where the agent works. */
  readonly cwd: string;
}

export const nothingSeen = (cwd = ''): Seen => ({ looked: new Set(), complaints: new Map(), cwd });

/** UTF-16 units: a reader needs what happened, not all of it. */
const limits = {
  path: 120,
  edit: 200,
  memoryEdit: 4_000,
  failure: 800,
  finding: 300,
  report: 1_000,
} as const;

/** How a call is told, and how much of its text. Edits, writes and plans without a plan are told otherwise. */
const calls: Readonly<Record<Exclude<ToolAction, 'edit' | 'write'>, readonly [string, number]>> = {
  shell: ['$', 400],
  read: ['read', limits.path],
  search: ['searched', limits.path],
  fetch: ['fetched', limits.path],
  task: ['gave to another agent:', 400],
  ask: ['asked the person:', 400],
  plan: ['planned:', 1_500],
  other: ['called', 200],
};

/** Looking at the same thing again tells nothing. */
const looks: ReadonlySet<ToolAction> = new Set(['read', 'search', 'fetch']);

export function callLine(event: Event, seen: Seen): string | undefined {
  const { tool } = event;
  const text = textOf(event, 'agent');
  if (tool === undefined) return undefined;
  const { action, name } = tool;
  const path = within(tool.path ?? '', seen.cwd);
  if (action === 'edit' || action === 'write') {
    seen.looked.delete(`read ${path}`);
    return editLine(tool, path, spansOf(event, 'agent'));
  }
  if (action === 'plan' && /todo|update_plan/i.test(name)) return undefined;
  const [verb, limit] = calls[action];
  // Quotes are looked up in the text, and of a file read only its path matters.
  const what = (action === 'read' ? path : text || tool.command) ?? '';
  if (what === '') return undefined;
  const line = `${action === 'other' ? `${verb} ${name}:` : verb} ${excerpt(what, limit)}`;
  const where = action === 'search' && path !== '' ? ` in ${path}` : '';
  return looks.has(action) ? once(`${line}${where}`, seen) : line;
}

function once(line: string, { looked }: Seen): string | undefined {
  if (looked.has(line)) return undefined;
  looked.add(line);
  return line;
}

/** A path of the repository, without the folder where somebody has it. */
const within = (path: string, cwd: string): string =>
  cwd !== '' && path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;

function editLine({ action, replaced }: ToolUse, path: string, text: string): string {
  if (isMemoryPath(path)) return `wrote into memory ${path}: ${excerpt(text, limits.memoryEdit)}`;
  if (action === 'write') return `wrote ${path}`;
  const { before, after } = changedLines(replaced ?? '', text);
  const old = before === '' ? '' : `\n- ${excerpt(before, limits.edit)}`;
  return `edited ${path}:${old}${after === '' ? '' : `\n+ ${excerpt(after, limits.edit)}`}`;
}

/** Without the lines that both begin with, but the last of them, and those that both end with. */
function changedLines(before: string, after: string): { readonly before: string; readonly after: string } {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const middle = (lines: readonly string[], from: number): string =>
    lines
      .slice(from, lines.length - tail)
      .join('\n')
      .trim();
  return { before: middle(old, head), after: middle(fresh, Math.max(0, head - 1)) };
}

export function resultLine(event: Event, seen: Seen): string | undefined {
  const { tool, ok, rejected, spans, n } = event;
  if (tool?.action === 'task') {
    const report = textOf(event, 'agent');
    return report === '' ? undefined : `the other agent reported: ${excerpt(report, limits.report)}`;
  }
  if (rejected === true)
    // With words, they are told as a person's.
    return spans.some(({ trust }) => trust === 'person' || trust === 'claimed')
      ? undefined
      : 'the person refused this';
  const output = textOf(event, 'tool');
  if (output === '') return undefined;
  if (ok === false)
    return isHarnessComplaint(output)
      ? undefined
      : firstTime(`failed: ${excerpt(output, limits.failure, telling)}`, n, seen);
  return tool?.action === 'shell' ? findingsLine(output, n, seen) : undefined;
}

/** Lines of failed output that say why, most telling first. */
const telling = [
  /did you mean|not found|no such|cannot|could not|denied|unknown|unsupported|required|missing/i,
  /error|fail|fatal|panic|exception|✗|✖|×|mismatch|invalid|unexpected|undefined/i,
];

/** Findings of linters in one output that are told; the rest is more of the same. */
const mostFindings = 3;

/** A pipe or a warning hides that a linter complained. */
function findingsLine(output: string, n: number, seen: Seen): string | undefined {
  const findings = readDiagnostics(output)
    .slice(0, mostFindings)
    .flatMap(({ line, rule }) => [
      excerpt(line.trim(), limits.finding),
      ...(line.includes(rule) ? [] : [`(rule: ${rule})`]),
    ]);
  const lines = [...new Set(findings)];
  return lines.length === 0 ? undefined : firstTime(`printed: ${lines.join('\n')}`, n, seen);
}

/** The same complaint again is one number, not the words again. */
function firstTime(line: string, n: number, { complaints }: Seen): string {
  const key = line.replace(/\d+/g, '0');
  const first = complaints.get(key);
  if (first !== undefined) return `as at [${first}]`;
  complaints.set(key, n);
  return line;
}

/** The spans of one trust, a line each, without white space around them. */
export const textOf = (event: Event, trust: Span['trust']): string => spansOf(event, trust).trim();

function spansOf({ spans }: Event, trust: Span['trust']): string {
  return spans
    .filter((span) => span.trust === trust)
    .map(({ text }) => text)
    .join('\n');
}
