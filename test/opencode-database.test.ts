import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { parseSource } from '../src/core/sessions/parse.ts';
import { isSource, openSources } from '../src/files.ts';

const folders: string[] = [];
afterEach(() => {
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true }));
});

const tables = `
  CREATE TABLE session (id text PRIMARY KEY, project_id text, parent_id text, slug text, directory text NOT NULL,
    title text NOT NULL, version text, time_created integer, time_updated integer);
  CREATE TABLE message (id text PRIMARY KEY, session_id text, time_created integer, time_updated integer, data text);
  CREATE TABLE part (id text PRIMARY KEY, message_id text, session_id text, time_created integer,
    time_updated integer, data text);`;
const at = Date.UTC(2026, 1, 2);

/** A folder with the file `opencode.db`, as its path. */
function aDatabase(fill: (database: DatabaseSync) => void, schema = tables): string {
  const folder = mkdtempSync(join(tmpdir(), 'opencode-'));
  folders.push(folder);
  const database = new DatabaseSync(join(folder, 'opencode.db'));
  database.exec(`PRAGMA synchronous = OFF; ${schema}`);
  fill(database);
  database.close();
  return join(folder, 'opencode.db');
}

function say(database: DatabaseSync, session: string, role: 'user' | 'assistant', ...parts: unknown[]): void {
  const count = Number(database.prepare('SELECT count(*) AS n FROM message').get()?.n);
  const message = `msg_${session}_${count}`;
  database
    .prepare('INSERT INTO message VALUES (?, ?, ?, ?, ?)')
    .run(message, session, at + count, at + count, JSON.stringify({ role, time: { created: at + count } }));
  parts.forEach((part, index) => {
    const data = typeof part === 'string' ? part : JSON.stringify(part);
    database
      .prepare('INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)')
      .run(`prt_${count}_${index}`, message, session, at, at, data);
  });
}

function begin(database: DatabaseSync, id: string, parent: string | null = null): void {
  database
    .prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(id, 'p1', parent, 'slug', '/home/ada/shop', `About ${id}`, '1.2.0', at, at + 1_000);
}

/** Per thing handed in: the texts of its events by kind, or why it was refused. */
async function taken(path: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const source of openSources([path])) {
    if (!isSource(source)) {
      found.push(source.reason);
      continue;
    }
    const texts: string[] = [];
    try {
      for await (const item of parseSource(source))
        if (item.type === 'event')
          texts.push(`${item.event.kind}: ${item.event.spans.map(({ text }) => text).join('')}`);
      found.push({ path: source.path, texts });
    } catch (error) {
      found.push(error instanceof Error ? error.message : error);
    }
  }
  return found;
}

describe("OpenCode's database", () => {
  test('gives each session in the order in which they began, with what was said in order', async () => {
    const path = aDatabase((database) => {
      begin(database, 'ses_1');
      begin(database, 'ses_2', 'ses_1');
      say(database, 'ses_1', 'user', { type: 'text', text: 'Use pnpm here.' });
      say(database, 'ses_1', 'assistant', { type: 'reasoning', text: 'hm' }, { type: 'text', text: 'Done.' });
      say(database, 'ses_2', 'user', { type: 'text', text: 'Look at the lock file.' });
    });
    expect(await taken(path)).toEqual([
      {
        path: 'opencode.db#ses_1',
        texts: ['person: Use pnpm here.', 'thinking: hm', 'agent: Done.'],
      },
      // A session with a parent is a sub-agent's: its prompt is no person's.
      { path: 'opencode.db#ses_2', texts: ['agent: Look at the lock file.'] },
    ]);
  });

  test('is not changed by reading, and nothing is left beside it', async () => {
    const path = aDatabase((database) => {
      database.exec('PRAGMA journal_mode = WAL');
      begin(database, 'ses_1');
      say(database, 'ses_1', 'user', { type: 'text', text: 'Use pnpm here.' });
    });
    const before = readFileSync(path);
    const found = await taken(join(path, '..'));
    expect(found).toHaveLength(1);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('is recognised where a session is longer than the head of a file', async () => {
    const path = aDatabase((database) => {
      begin(database, 'ses_1');
      for (let turn = 0; turn < 50; turn += 1)
        say(database, 'ses_1', 'user', { type: 'text', text: `${turn} ${'word '.repeat(1_000)}` });
    });
    expect(await taken(path)).toMatchObject([{ texts: { length: 50 } }]);
  });

  test('is passed by where a part is no JSON, and the rest is read', async () => {
    const path = aDatabase((database) => {
      begin(database, 'ses_1');
      say(database, 'ses_1', 'user', '{"type":"text",', { type: 'text', text: 'Use pnpm here.' });
    });
    expect(await taken(path)).toMatchObject([{ texts: ['person: Use pnpm here.'] }]);
  });
});

describe('the tables of OpenCode 2', () => {
  const newer = `${tables}
    CREATE TABLE session_v2 (id text PRIMARY KEY, project_id text, parent_id text, slug text, directory text NOT NULL,
      title text, version text, time_created integer, time_updated integer);
    CREATE TABLE session_message (id text PRIMARY KEY, session_id text, type text, seq integer, data text);`;
  const rows = [
    ['user', { text: 'Use pnpm here.', time: { created: at } }],
    ['model-switched', { model: { id: 'some-model' } }],
    [
      'assistant',
      {
        model: { id: 'some-model', providerID: 'p' },
        time: { created: at },
        content: [
          { type: 'text', id: 't1', text: 'I run it.' },
          {
            type: 'tool',
            id: 'c1',
            name: 'bash',
            time: { created: at, completed: at + 5 },
            state: {
              status: 'completed',
              input: { command: 'pnpm test' },
              content: [{ type: 'text', text: '3 passed' }],
              structured: { exit: 0 },
            },
          },
        ],
      },
    ],
    ['shell', { command: 'git status', output: 'clean', callID: 'c2', time: { created: at } }],
    ['synthetic', { text: 'Continue.', time: { created: at } }],
  ] as const;

  test('are read before those that it left behind', async () => {
    const path = aDatabase((database) => {
      begin(database, 'ses_1');
      say(database, 'ses_1', 'user', { type: 'text', text: 'an old copy' });
      database.exec('INSERT INTO session_v2 SELECT * FROM session');
      begin(database, 'ses_0');
      say(database, 'ses_0', 'user', { type: 'text', text: 'never moved' });
      rows.forEach(([type, data], seq) => {
        database
          .prepare('INSERT INTO session_message VALUES (?, ?, ?, ?, ?)')
          .run(`row_${rows.length - seq}`, 'ses_1', type, seq, JSON.stringify(data));
      });
    }, newer);
    expect(await taken(path)).toEqual([
      {
        path: 'opencode.db#ses_1',
        texts: [
          'person: Use pnpm here.',
          'agent: I run it.',
          'tool_call: pnpm test',
          'tool_result: 3 passed',
          'tool_call: git status',
          'tool_result: clean',
          'system: Continue.',
        ],
      },
      { path: 'opencode.db#ses_0', texts: ['person: never moved'] },
    ]);
  });
});

describe('a database that cannot be read is refused with what to do', () => {
  const filled = (database: DatabaseSync): void => {
    begin(database, 'ses_1');
    say(database, 'ses_1', 'user', { type: 'text', text: 'Use pnpm here.' });
  };

  test.each(['-wal', '-journal'])('when %s beside it is not empty', async (suffix) => {
    const path = aDatabase(filled);
    writeFileSync(path + suffix, 'frames');
    expect(await taken(path)).toEqual([expect.stringMatching(/in use, or not closed.*opencode export/)]);
  });

  test('when it is cut off', async () => {
    const path = aDatabase((database) => {
      filled(database);
      for (let turn = 0; turn < 200; turn += 1)
        say(database, 'ses_1', 'user', { type: 'text', text: 'word '.repeat(300) });
    });
    truncateSync(path, 20_000);
    expect(await taken(path)).toEqual([expect.stringMatching(/SQLite database that cannot be read/)]);
  });

  test('when it only begins like one', async () => {
    const path = aDatabase(() => undefined);
    writeFileSync(path, 'SQLite format 3\0');
    appendFileSync(path, 'x'.repeat(5_000));
    expect(await taken(path)).toEqual([expect.stringMatching(/SQLite database that cannot be read/)]);
  });

  test('when it is another program’s', async () => {
    const path = aDatabase(() => undefined, 'CREATE TABLE notes (id text)');
    expect(await taken(path)).toEqual([expect.stringMatching(/must export them first/)]);
  });

  test.each([
    [
      'views',
      tables.replace('CREATE TABLE part', 'CREATE TABLE other') + 'CREATE VIEW part AS SELECT * FROM other;',
    ],
    [
      'computed columns',
      tables.replace(
        'time_updated integer, data text);\n  CREATE TABLE part',
        'time_updated integer, data text AS (hex(zeroblob(500000000))));\n  CREATE TABLE part',
      ),
    ],
  ])('when it holds %s where tables are', async (_what, schema) => {
    const path = aDatabase(() => undefined, schema);
    expect(await taken(path)).toEqual([expect.stringMatching(/must export them first/)]);
  });

  test('when it holds no session', async () => {
    const path = aDatabase(() => undefined);
    expect(await taken(path)).toEqual(['an OpenCode database without sessions']);
  });

  test('and a value too large for memory is left out', async () => {
    const path = aDatabase((database) => {
      filled(database);
      say(database, 'ses_1', 'assistant', { type: 'text', text: 'x'.repeat(33 * 2 ** 20) });
    });
    expect(await taken(path)).toMatchObject([{ texts: ['person: Use pnpm here.'] }]);
  });
});
