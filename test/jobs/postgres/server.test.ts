/** The embedded server, as its owner sees it. Real processes throughout. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { isAlive } from '../../../src/jobs/postgres/process.ts';
import { startPostgres } from '../../../src/jobs/postgres/server.ts';
import {
  aFolder,
  copyOf,
  isRoot,
  nobody,
  othersCanRunUs,
  query,
  silent,
  start,
  startElsewhere,
  tryFiles,
} from './embedded-server.ts';

const soon = { timeout: 10_000, interval: 20 };

/** A folder with a database of one row, made once; tests work on copies. */
let made = '';
/** Of its table, below `data`. */
let tableFile = '';
const oneRow = "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')";
const readRow = 'SELECT word FROM kept';
const row = [{ word: 'still here' }];

beforeAll(async () => {
  const above = mkdtempSync(join(tmpdir(), 'dk-'));
  chmodSync(above, 0o755);
  made = join(above, 'db');
  const server = await startPostgres({ folder: made, log: silent });
  await query(server.connectionString, oneRow);
  const [answer] = await query(server.connectionString, "SELECT pg_relation_filepath('kept') AS path");
  tableFile = z.object({ path: z.string() }).parse(answer).path;
  await server.stop();
}, 60_000);

afterAll(() => rmSync(join(made, '..'), { recursive: true, force: true }));

/** A terminal signals a process group as a whole. */
function groupOf(pid: number): number {
  return Number(execaSync('ps', ['-o', 'pgid=', '-p', String(pid)]).stdout);
}

describe('an embedded server', () => {
  it('is where it was, with what it had, after a stop and a start', async () => {
    const folder = await copyOf(made);
    const first = await start(folder);
    await first.stop();
    await first.stop();
    await expect(first.query('SELECT 1')).rejects.toThrow();
    const second = await start(folder);
    expect(second.connectionString).toBe(first.connectionString);
    expect(await second.query(readRow)).toEqual(row);
    expect(second.events.map(({ kind }) => kind)).toEqual(['ready']);
  });

  it('is closed to others, and loses nothing that it acknowledged', async () => {
    const folder = await copyOf(made);
    const server = await start(folder);
    const settings = await server.query(
      `SELECT name, setting FROM pg_settings
       WHERE name IN ('listen_addresses', 'fsync', 'synchronous_commit', 'data_checksums') ORDER BY name`,
    );
    expect(settings).toEqual([
      { name: 'data_checksums', setting: 'on' },
      { name: 'fsync', setting: 'on' },
      { name: 'listen_addresses', setting: '' },
      { name: 'synchronous_commit', setting: 'on' },
    ]);
    for (const [name, mode] of [
      ['password', 0o600],
      ['run', 0o700],
      ['data', 0o700],
    ] as const)
      expect(statSync(join(folder, name)).mode & 0o777).toBe(mode);
    const wrong = new URL(server.connectionString);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    expect(groupOf(server.pid())).toBe(server.pid());
  });

  it('listens on loopback where the path is too long for a socket', async () => {
    const server = await start(await copyOf(made, 'long'.repeat(25)));
    expect(new URL(server.connectionString).hostname).toBe('127.0.0.1');
    expect(await server.query('SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await server.query(readRow)).toEqual(row);
  });
});

describe('a server whose process is killed', () => {
  it('is started again, at the same place', async () => {
    const server = await start(await copyOf(made));
    const killed = server.pid();
    process.kill(killed, 'SIGKILL');
    await vi.waitFor(() => expect(server.pid()).not.toBe(killed), soon);
    expect(await server.query(readRow)).toEqual(row);
    expect(server.events).toContainEqual({ kind: 'crashed', code: null, signal: 'SIGKILL' });
  });

  it('stays down once it was stopped', async () => {
    const server = await start(await copyOf(made));
    const killed = server.pid();
    process.kill(killed, 'SIGKILL');
    await server.stop();
    await sleep(300);
    expect(isAlive(server.pid())).toBe(false);
  });
});

describe('a server whose owner is killed', () => {
  it('is found by the next start, and ended before a new one takes its files', async () => {
    const folder = await copyOf(made);
    const owner = await startElsewhere(folder);
    const orphan = Number.parseInt(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10);
    await owner.kill();
    expect(isAlive(orphan)).toBe(true);
    const server = await start(folder);
    expect(isAlive(orphan)).toBe(false);
    expect(server.events).toContainEqual({ kind: 'orphan-stopped', pid: orphan });
    expect(await server.query(readRow)).toEqual(row);
  });

  it('is ended even when it hangs', async () => {
    const folder = await copyOf(made);
    const owner = await startElsewhere(folder);
    const orphan = Number.parseInt(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10);
    await owner.kill();
    process.kill(orphan, 'SIGSTOP');
    const server = await start(folder);
    expect(isAlive(orphan)).toBe(false);
    expect(await server.query(readRow)).toEqual(row);
  });

  it('and whose pid another program has now, does not hurt that program', async () => {
    const folder = await copyOf(made);
    const other = spawn('sleep', ['60']);
    onTestFinished(() => void other.kill('SIGKILL'));
    const data = join(folder, 'data');
    const { uid, gid } = statSync(data);
    const file = join(data, 'postmaster.pid');
    const lines = [other.pid, data, 1_700_000_000, 5432, join(folder, 'run'), '', '12345 0', 'ready'];
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    chownSync(file, uid, gid);
    const server = await start(folder);
    expect(await server.query(readRow)).toEqual(row);
    expect(other.exitCode).toBeNull();
    expect(server.events.map(({ kind }) => kind)).toEqual(['ready']);
  });
});

describe('a second start on the same folder', () => {
  it('says which process has it', async () => {
    const folder = await copyOf(made);
    const owner = await startElsewhere(folder);
    await expect(start(folder)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`process ${owner.pid} already`) as string,
    });
    expect(await owner.stop()).toEqual({ stopped: true });
    await start(folder);
  });
});

describe('files that cannot be used', () => {
  type Damage = readonly [string, (folder: string) => void, RegExp];
  const seen: readonly Damage[] = [
    [
      'of another major version',
      (folder) => writeFileSync(join(folder, 'data', 'PG_VERSION'), '15\n'),
      /of PostgreSQL 15, and this is 18/,
    ],
    [
      'without their write-ahead log',
      (folder) => {
        const log = join(folder, 'data', 'pg_wal');
        for (const name of readdirSync(log)) rmSync(join(log, name), { recursive: true });
      },
      /damaged/,
    ],
  ];
  const tried: readonly Damage[] = [
    [
      'without the file of a table, which PostgreSQL would start with',
      (folder) => rmSync(join(folder, 'data', tableFile)),
      /damaged: it lacks the files of kept$/,
    ],
    ['whose password is lost', (folder) => rmSync(join(folder, 'password')), /let us in/],
  ];

  it.each(tried)('%s are found out by trying', async (_, damage, reason) => {
    const folder = await copyOf(made);
    damage(folder);
    expect(await tryFiles(folder)).toMatch(reason);
  });

  it.each(seen)('%s are set aside for an empty database', async (_, damage, reason) => {
    const folder = await copyOf(made);
    damage(folder);
    const server = await start(folder);
    const aside = server.events.find((event) => event.kind === 'set-aside');
    expect(aside?.reason).toMatch(reason);
    expect(aside?.keptAt).toMatch(/data-set-aside-\d{8}T\d{6}Z$/);
    expect(existsSync(aside?.keptAt ?? '')).toBe(true);
    expect(server.events.map(({ kind }) => kind)).toEqual(['set-aside', 'created', 'ready']);
    await expect(server.query(readRow)).rejects.toThrow(/does not exist/);
  });
});

describe.runIf(isRoot)('started by root', () => {
  it('runs as somebody else, and leaves the folder to root', async () => {
    const folder = await copyOf(made);
    const server = await start(folder);
    expect(statSync(`/proc/${server.pid()}`).uid).toBe(nobody);
    expect(statSync(folder).uid).toBe(0);
    expect(statSync(join(folder, 'password')).uid).toBe(0);
  });

  it('needs a user that is there, and is not root', async () => {
    const folder = aFolder();
    await expect(start(folder, { user: 'no-such-user' })).rejects.toMatchObject({ code: 'config' });
    await expect(start(folder, { user: 'root' })).rejects.toMatchObject({ code: 'config' });
  });

  it('says which folder is closed to the other user', async () => {
    const closed = aFolder();
    chmodSync(closed, 0o700);
    await expect(start(join(closed, 'db'))).rejects.toMatchObject({
      code: 'database',
      remedy: expect.stringContaining(`${closed} is closed to it: set DREAMKEEPER_DATA`) as string,
    });
  });
});

describe.runIf(othersCanRunUs)('started by an ordinary user', () => {
  const uid = isRoot ? nobody : undefined;

  it('runs as that user', async () => {
    const folder = aFolder();
    if (uid !== undefined) chmodSync(folder, 0o777);
    const owner = await startElsewhere(join(folder, 'db'), uid);
    expect(owner.answer.connectionString).toMatch(/^postgresql:/);
    expect(statSync(join(folder, 'db', 'data')).uid).toBe(uid ?? process.getuid?.());
    expect(await owner.stop()).toEqual({ stopped: true });
  });

  it('says so when the folder cannot be written', async () => {
    const folder = aFolder();
    chmodSync(folder, 0o555);
    const { answer } = await startElsewhere(folder, uid);
    expect(answer.message).toContain(folder);
    expect(answer.remedy).toMatch(/read and write.*DATABASE_URL/);
  });
});
