/** The sessions of OpenCode's SQLite database, each as the document that `opencode export` makes of it. */
import { lstat } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { Source } from './core/sessions/format.ts';
import { UnusableTranscriptError } from './core/sessions/format.ts';
import { parseJson } from './core/sessions/json-line.ts';
import type { JsonObject } from './core/sessions/json-value.ts';
import { asObject } from './core/sessions/json-value.ts';
import { type ExportedMessage, messageOfRow } from './opencode-rows.ts';
import { hasPlainTable, refuseInUse, type Row, withDatabase } from './sqlite-file.ts';

const mebibyte = 2 ** 20;
/** As for files: one value, and one session. */
const mostValueBytes = 32 * mebibyte;
const mostSessionBytes = 64 * mebibyte;
const mostSessions = 100_000;
const headLength = 64 * 1_024;

/** OpenCode 2 keeps the tables of OpenCode 1 beside its own, as they were when it moved. */
const layouts = [2, 1] as const;
type Layout = (typeof layouts)[number];

const sessionColumns = ['id', 'parent_id', 'directory', 'title', 'version', 'time_created', 'time_updated'];
const sessionTable: Readonly<Record<Layout, string>> = { 1: 'session', 2: 'session_v2' };

/** The columns that are read; all must be there, in tables, and none computed. */
const schemas: Readonly<Record<Layout, Readonly<Record<string, readonly string[]>>>> = {
  1: {
    session: sessionColumns,
    message: ['id', 'session_id', 'time_created', 'data'],
    part: ['id', 'message_id', 'session_id', 'data'],
  },
  2: { session_v2: sessionColumns, session_message: ['id', 'session_id', 'type', 'seq', 'data'] },
};

/**
 * @param file absolute; a database by its first bytes.
 * @param path as it is to be called in messages.
 * @returns one source per session, oldest first; undefined when this is not OpenCode's database, or this Node has no SQLite.
 * @throws {UnusableTranscriptError} when it is in use or damaged, with what to do.
 */
export async function opencodeSessions(file: string, path: string): Promise<readonly Source[] | undefined> {
  const { mtime } = await lstat(file);
  await refuseInUse(file);
  const known = withDatabase(file, (database) => {
    const found = layouts.filter((layout) => isOpencode(database, layout));
    return found.length === 0 ? undefined : sessionsIn(database, found);
  });
  return known?.map((session) => sessionSource(file, `${path}#${session.id}`, session, mtime.toISOString()));
}

const isOpencode = (database: DatabaseSync, layout: Layout): boolean =>
  Object.entries(schemas[layout]).every(([table, columns]) => hasPlainTable(database, table, columns));

interface Kept {
  readonly id: string;
  readonly layout: Layout;
}

/** What was moved to the newer tables is read from there. */
function sessionsIn(database: DatabaseSync, found: readonly Layout[]): Kept[] {
  const kept = new Map<string, Kept>();
  for (const layout of found) {
    const rows: Row[] = database
      .prepare(
        `SELECT id FROM ${sessionTable[layout]} WHERE octet_length(id) < 200 ORDER BY time_created, id LIMIT ?`,
      )
      .all(mostSessions + 1);
    if (rows.length > mostSessions)
      throw new UnusableTranscriptError(`an OpenCode database of more than ${mostSessions} sessions`);
    for (const { id } of rows) if (typeof id === 'string' && !kept.has(id)) kept.set(id, { id, layout });
  }
  return [...kept.values()];
}

function sessionSource(file: string, path: string, session: Kept, modifiedAt: string): Source {
  let read: string | undefined;
  const text = (): string =>
    (read ??= withDatabase(file, (database) => sessionDocument(database, session)) ?? '');
  return {
    path,
    modifiedAt,
    head: () => Promise.resolve().then(() => text().slice(0, headLength)),
    text: () => Promise.resolve().then(text),
    async *lines() {
      yield await Promise.resolve().then(() => ({ number: 1, text: text() }));
    },
    sibling: () => Promise.resolve(undefined),
    siblings: () => Promise.resolve([]),
    folders: () => Promise.resolve([]),
  };
}

/** `{ info, messages: [{ info, parts }] }`, as JSON. */
function sessionDocument(database: DatabaseSync, { id, layout }: Kept): string {
  const row: Row | undefined = database
    .prepare(`SELECT ${sessionColumns.join(', ')} FROM ${sessionTable[layout]} WHERE id = ?`)
    .get(id);
  if (row === undefined) throw new UnusableTranscriptError('an OpenCode session that is no longer there');
  const { directory, title, version, parent_id: parentID } = row;
  const time = { created: row.time_created, updated: row.time_updated };
  const info = { id, directory, title, version, ...(parentID === null ? {} : { parentID }), time };
  const budget = { left: mostSessionBytes };
  const messages =
    layout === 1 ? messagesWithParts(database, id, budget) : messagesInRows(database, id, budget);
  return JSON.stringify({ info, messages });
}

function messagesInRows(database: DatabaseSync, id: string, budget: Budget): ExportedMessage[] {
  const rows = database
    .prepare(`SELECT type, ${bounded} FROM session_message WHERE session_id = ?1 ORDER BY seq, id`)
    .iterate(id, mostValueBytes);
  const messages: ExportedMessage[] = [];
  for (const row of rows) {
    const data = dataOf(row, budget);
    const message = data === undefined ? undefined : messageOfRow(String(row.type), data);
    if (message !== undefined) messages.push(message);
  }
  return messages;
}

function messagesWithParts(database: DatabaseSync, id: string, budget: Budget): ExportedMessage[] {
  const parts = partsByMessage(database, id, budget);
  const rows = database
    .prepare(`SELECT id, ${bounded} FROM message WHERE session_id = ?1 ORDER BY time_created, id`)
    .iterate(id, mostValueBytes);
  const messages: ExportedMessage[] = [];
  for (const row of rows) {
    const data = dataOf(row, budget);
    if (data === undefined) continue;
    messages.push({ info: { ...data, id: row.id, sessionID: id }, parts: parts.get(String(row.id)) ?? [] });
  }
  return messages;
}

/** A value that is too large is left out before it is loaded. */
const bounded = 'CASE WHEN octet_length(data) <= ?2 THEN data END AS data';

interface Budget {
  left: number;
}

function partsByMessage(database: DatabaseSync, id: string, budget: Budget): Map<string, JsonObject[]> {
  const rows = database
    .prepare(`SELECT id, message_id, ${bounded} FROM part WHERE session_id = ?1 ORDER BY id`)
    .iterate(id, mostValueBytes);
  const byMessage = new Map<string, JsonObject[]>();
  for (const row of rows) {
    const data = dataOf(row, budget);
    if (data === undefined) continue;
    const message = String(row.message_id);
    const part = { ...data, id: row.id, messageID: message, sessionID: id };
    const known = byMessage.get(message);
    if (known === undefined) byMessage.set(message, [part]);
    else known.push(part);
  }
  return byMessage;
}

function dataOf({ data }: Row, budget: Budget): JsonObject | undefined {
  if (typeof data !== 'string') return undefined;
  budget.left -= data.length;
  if (budget.left < 0)
    throw new UnusableTranscriptError(`an OpenCode session of more than ${mostSessionBytes / mebibyte} MiB`);
  return asObject(parseJson(data)?.value);
}
