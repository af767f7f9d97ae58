/**
 * Reads every transcript of a folder and prints what became of it: `npm run corpus [-- folder]`.
 * Exits 1 when a file becomes neither a session nor a refusal with a reason, or when one session is counted twice.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { assemble } from '../src/core/sessions/assemble.ts';
import { detectFormat } from '../src/core/sessions/detect.ts';
import type { Source } from '../src/core/sessions/format.ts';
import { UnusableTranscriptError } from '../src/core/sessions/format.ts';
import type { Event, Trust } from '../src/core/sessions/session.ts';
import { isSource, openSources, whyUnreadable } from '../src/files.ts';

const trusts: readonly Trust[] = ['person', 'claimed', 'pasted', 'agent', 'tool', 'echo'];

interface Row {
  files: number;
  /** Files that belong to another one, and are read with it. */
  parts: number;
  readonly sessions: Set<string>;
  /** Files with a session that another file had already. */
  again: number;
  events: number;
  readonly spans: Record<Trust, number>;
  skipped: number;
  refused: number;
}

interface Report {
  readonly rows: Map<string, Row>;
  readonly refused: { readonly path: string; readonly reason: string }[];
  readonly faults: string[];
  /** Session ids by a hash of all that was said and done in them. */
  readonly contents: Map<string, string>;
}

async function main(): Promise<number> {
  const folder = resolve(process.argv[2] ?? resolve(import.meta.dirname, '../../shared/corpus/transcripts'));
  if (!existsSync(folder)) {
    console.log('No transcripts here: name a folder to read, as in "npm run corpus -- ~/.claude/projects".');
    return 0;
  }
  const report: Report = { rows: new Map(), refused: [], faults: [], contents: new Map() };
  for await (const found of openSources([folder])) {
    if (isSource(found)) await readFile(found, report);
    else refuse(report, 'unreadable', found.path, found.reason);
  }
  print(report);
  return report.faults.length > 0 ? 1 : 0;
}

async function readFile(source: Source, report: Report): Promise<void> {
  const detection = detectFormat(await source.head(), source.path);
  if ('secondary' in detection) {
    rowOf(report, 'part of another').files++;
    rowOf(report, 'part of another').parts++;
    return;
  }
  if ('reason' in detection) {
    refuse(report, 'unknown', source.path, detection.reason);
    return;
  }
  const { name } = detection.format;
  try {
    const sessions = await readSessions(source, detection.format.parse(source), rowOf(report, name), report);
    if (sessions === 0) report.faults.push(`${source.path}: neither a session nor a reason`);
    rowOf(report, name).files++;
  } catch (error) {
    refuse(report, name, source.path, whyUnreadable(error));
    if (!(error instanceof UnusableTranscriptError) && !(error instanceof Error && 'code' in error))
      throw error;
  }
}

async function readSessions(
  source: Source,
  parsed: Parameters<typeof assemble>[0],
  row: Row,
  report: Report,
): Promise<number> {
  const hashes = new Map<string, ReturnType<typeof createHash>>();
  const counts = { sessions: 0, events: 0 };
  for await (const item of assemble(parsed)) {
    if (item.type === 'skipped') row.skipped++;
    else if (item.type === 'events') {
      const hash = hashes.get(item.session) ?? createHash('sha256');
      hashes.set(item.session, hash);
      for (const event of item.events) countEvent(event, row, hash);
    } else if (item.eventCount > 0) {
      counts.sessions++;
      const { id } = item.header;
      if (row.sessions.has(id)) row.again++;
      row.sessions.add(id);
      const content = hashes.get(id)?.digest('hex') ?? '';
      const other = report.contents.get(content) ?? id;
      // An Entire checkpoint keeps the transcript of another agent, so the same id in two formats is expected.
      if (other !== id) report.faults.push(`${source.path}: session ${id} is the same as ${other}`);
      report.contents.set(content, id);
    }
  }
  return counts.sessions;
}

function countEvent(event: Event<string>, row: Row, hash: ReturnType<typeof createHash>): void {
  row.events++;
  for (const { trust } of event.spans) row.spans[trust]++;
  hash.update(JSON.stringify([event.kind, event.at, event.spans.map(({ text }) => text)]));
}

function rowOf(report: Report, name: string): Row {
  const known = report.rows.get(name);
  if (known) return known;
  const row: Row = {
    files: 0,
    parts: 0,
    sessions: new Set(),
    again: 0,
    events: 0,
    spans: { person: 0, claimed: 0, pasted: 0, agent: 0, tool: 0, echo: 0 },
    skipped: 0,
    refused: 0,
  };
  report.rows.set(name, row);
  return row;
}

function refuse(report: Report, name: string, path: string, reason: string): void {
  const row = rowOf(report, name);
  row.files++;
  row.refused++;
  report.refused.push({ path, reason });
  if (reason.trim() === '') report.faults.push(`${path}: refused without a reason`);
}

function print({ rows, refused, faults }: Report): void {
  const header = ['format', 'files', 'parts', 'sessions', 'again', 'events', ...trusts, 'skipped', 'refused'];
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([name, row]) => [
    name,
    ...[row.files, row.parts, row.sessions.size, row.again, row.events].map(String),
    ...trusts.map((trust) => String(row.spans[trust])),
    String(row.skipped),
    String(row.refused),
  ]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  const total = header.map((_, column) =>
    column === 0 ? 'total' : String(lines.reduce((sum, line) => sum + Number(line[column]), 0)),
  );
  for (const line of [header, ...lines, total]) {
    const cells = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(Math.max(6, widths[column] ?? 0)),
    );
    console.log(cells.join(' '));
  }
  if (refused.length > 0)
    console.log(`\nRefused:\n${refused.map(({ path, reason }) => `  ${path}: ${reason}`).join('\n')}`);
  if (faults.length > 0) console.log(`\nWrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}

process.exitCode = await main();
