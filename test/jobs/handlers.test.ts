/** The jobs of a folder of repositories, from the inbox to the dream’s branch, and a database that is lost in between. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createHandlers } from '../../src/jobs/handlers.ts';
import { ledgersHook } from '../../src/jobs/reconcile.ts';
import { createRepositoryStates } from '../../src/jobs/repository-state.ts';
import { openQueue, type OpenQueue } from '../support/jobs.ts';
import { query } from '../support/postgres.ts';
import { scratchFolder } from '../support/repository.ts';
import { servedFolder, type Served } from '../support/served.ts';
import { transcript } from '../support/transcript.ts';

const soon = { timeout: 20_000, interval: 50 };
const config = { '.github/dreamkeeper.yml': 'dream:\n  sessions: 1\n  apart: 0\n' };
const memory = { 'CLAUDE.md': '# Memory\n\n- Use pnpm, not npm.\n', ...config };

async function serving(): Promise<OpenQueue & Served & { readonly ended: () => readonly string[] }> {
  const served = servedFolder(scratchFolder());
  const open = await openQueue();
  const states = createRepositoryStates(open.database);
  const { source } = served;
  const hooks = [ledgersHook({ source, states, queue: open.queue, staleSeconds: 3_600 })];
  const handlers = createHandlers({ source, states, queue: open.queue, hooks, spread: 1 });
  const worker = open.worker(handlers);
  const ended = () =>
    worker.ended.map(({ claim, end, result }) => `${claim.payload.kind}: ${result?.outcome ?? end}`);
  return { ...open, ...served, ended };
}

const journals = ({ git }: Served, name: string): number =>
  git(name, 'ls-tree', '--name-only', 'dreamkeeper', 'dreams/').split('\n').length;

describe('a folder of repositories', () => {
  it('is dreamed about when something was dropped, and what was taken in is gone from the inbox', async () => {
    const served = await serving();
    const { folder, queue, add, drop, git, ended } = served;
    add('shop', memory);
    drop(
      'shop',
      'one.jsonl',
      transcript('s-1', 'Remember: always run `pnpm lint` before you commit.', 'I will.'),
    );
    drop('shop', 'letter.txt', 'Dear all');
    await queue.send({ kind: 'reconcile', slot: 'start' });
    await vi.waitFor(() => expect(ended().filter((line) => line.startsWith('dream:'))).not.toEqual([]), soon);
    expect(ended()).toContain('ingest: ingested');
    expect(git('shop', 'ls-tree', '-r', '--name-only', 'dreamkeeper')).toMatch(/^sessions\//m);
    expect(readdirSync(join(folder, '.inbox/shop'))).toEqual(['.refused']);
    await queue.send({ kind: 'sweep', slot: 'next' });
    await vi.waitFor(() => expect(git('shop', 'branch', '--list', 'dream/*')).toMatch(/dream\//), soon);
    expect(
      git('shop', 'show', git('shop', 'for-each-ref', '--format=%(refname)', 'refs/heads/dream/')),
    ).toContain('pnpm lint');
    expect(git('shop', 'status', '--porcelain')).toBe('');
  });

  it('is found again by looking when the database is lost', async () => {
    const served = await serving();
    const { url, queue, add, drop, ended } = served;
    for (const name of ['a', 'b', 'c']) {
      add(name, memory);
      drop(
        name,
        'one.jsonl',
        transcript(`s-${name}`, 'Remember: never edit generated files.', 'I will not.'),
      );
    }
    await query(url, 'DROP SCHEMA dreamkeeper CASCADE');
    await queue.send({ kind: 'reconcile', slot: 'rebuilt' });
    await vi.waitFor(
      () => expect(ended().filter((line) => line === 'ingest: ingested')).toHaveLength(3),
      soon,
    );
    await queue.send({ kind: 'sweep', slot: 'next' });
    await vi.waitFor(
      () => ['a', 'b', 'c'].forEach((name) => expect(journals(served, name)).toBeGreaterThan(0)),
      soon,
    );
  });

  it('says what is broken once, does nothing there, and goes on with the others', async () => {
    const { queue, add, ended } = await serving();
    add('broken', { '.github/dreamkeeper.yml': 'dream: nonsense\n' });
    add('whole', memory);
    await queue.send({ kind: 'reconcile', slot: 'start' });
    await vi.waitFor(() => expect(ended()).toContain('sync: problem'), soon);
    await vi.waitFor(() => expect(ended().some((line) => line.startsWith('dream:'))).toBe(true), soon);
    await queue.send({ kind: 'sweep', slot: 'next' });
    await vi.waitFor(() => expect(ended()).toContain('sweep: swept'), soon);
    expect(await queue.list({ states: ['dead'] })).toEqual([]);
  });

  it('keeps sessions no longer than asked', async () => {
    const { folder, queue, add, drop, git, ended } = await serving();
    add('shop', { 'CLAUDE.md': '- one\n', '.github/dreamkeeper.yml': 'ledger:\n  retention: 1\n' });
    drop('shop', 'old.jsonl', transcript('s-old', 'Use tabs.', 'Yes.'));
    await queue.send({ kind: 'ingest', repository: 'shop', source: 'inbox' });
    await vi.waitFor(() => expect(ended()).toContain('ingest: ingested'), soon);
    expect(existsSync(join(folder, '.inbox/shop/old.jsonl'))).toBe(false);
    await queue.send({ kind: 'sweep', slot: 'next' });
    await vi.waitFor(() => expect(ended()).toContain('retention: removed'), soon);
    expect(git('shop', 'ls-tree', '-r', '--name-only', 'dreamkeeper')).not.toMatch(/^sessions\//m);
  });

  it('forgets a repository that is gone', async () => {
    const { queue, database, ended } = await serving();
    const states = createRepositoryStates(database);
    const seen = {
      dream: { after: 1, sessions: 1, apart: 1, zone: 'UTC' },
      waiting: 1,
      paused: false,
      held: false,
    };
    await states.remember({ id: 'gone' }, seen);
    await queue.send({ kind: 'sync', repository: 'gone' });
    await vi.waitFor(() => expect(ended()).toEqual(['sync: gone']), soon);
    expect((await states.all()).states).toEqual([]);
  });
});
