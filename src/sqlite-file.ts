/** A file of SQLite that somebody else wrote: opened to read and for nothing else, or refused with what to do. */
import { lstat } from 'node:fs/promises';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { UnusableTranscriptError } from './core/sessions/format.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/**
 * What is read is the file alone: what was not carried into it yet would be missing, or half there.
 * @throws {UnusableTranscriptError} when another program has it open, or did not close it.
 */
export async function refuseInUse(file: string): Promise<void> {
  for (const suffix of ['-wal', '-journal']) {
    const size = await lstat(file + suffix).then(
      (found) => found.size,
      () => 0,
    );
    if (size > 0)
      throw new UnusableTranscriptError(
        `an SQLite database in use, or not closed: ${suffix} beside it holds what is not in it yet; close the program that has it, or copy it with sqlite3's .backup, or use opencode export`,
      );
  }
}

/**
 * Read-only and immutable: no lock is taken, nothing is written beside the file.
 * @returns undefined where this Node has no SQLite.
 * @throws {UnusableTranscriptError} when the file is damaged or none of SQLite's.
 */
export function withDatabase<T>(file: string, use: (database: DatabaseSync) => T): T | undefined {
  const sqlite = loadSqlite();
  if (sqlite === undefined) return undefined;
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  let database: DatabaseSync | undefined;
  try {
    database = new sqlite.DatabaseSync(url, { readOnly: true, enableForeignKeyConstraints: false });
    // Nothing that the file brings along is run, and damaged pages are noticed.
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON');
    return use(database);
  } catch (error) {
    if (error instanceof UnusableTranscriptError) throw error;
    const why = error instanceof Error ? error.message : 'unknown error';
    throw new UnusableTranscriptError(`an SQLite database that cannot be read: ${why}`);
  } finally {
    database?.close();
  }
}

/** Node warns that its SQLite may change; what is used of it did not, and the warning is not for whoever ingests. */
function loadSqlite(): ReturnType<typeof process.getBuiltinModule<'node:sqlite'>> | undefined {
  const warning = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    if (warning !== undefined) Object.defineProperty(process, 'emitWarning', warning);
  }
}

/**
 * Whether there is such a table with these columns. Views, virtual tables and computed columns could cost anything to read:
 * only plain ones count.
 */
export function hasPlainTable(database: DatabaseSync, table: string, columns: readonly string[]): boolean {
  const plain = database
    .prepare(
      "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? AND sql NOT LIKE 'create virtual%'",
    )
    .get(table);
  if (plain === undefined) return false;
  // `hidden` is 0 for a column that is stored.
  const found: Row[] = database.prepare('SELECT name, hidden FROM pragma_table_xinfo(?)').all(table);
  return columns.every((name) => found.some((column) => column.name === name && column.hidden === 0));
}
