import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/core/dream/journal.ts';
import type { Extract } from '../../src/core/dream/ledger.ts';
import { whole } from '../../src/core/sessions/session.ts';
import type { Session } from '../../src/core/sessions/session.ts';
import { openRepository } from '../../src/git/repository.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { failingHooks } from '../support/hooks.ts';
import { scratchRepository } from '../support/repository.ts';
import type { Scratch } from '../support/repository.ts';
import { redacted, storedSession } from '../support/stored-session.ts';

const openIn = async (scratch: Scratch) => openLedger(await openRepository(scratch.dir, scratch.env));
type Opened = Awaited<ReturnType<typeof openIn>>;

const add = (ledger: Opened, ...sessions: readonly Session[]) =>
  ledger.write('Take in sessions', () => Promise.resolve({ sessions }));

const decision = (at: string): Decision => ({ type: 'resumed', at });

function extractOf(session: Session, object: string, extractor = 'v1'): Extract {
  const { events, ...header } = session;
  return { extractor, object, session: { ...header, eventCount: events.length }, signals: [] };
}

function stateOf(scratch: Scratch): unknown {
  return [
    scratch.git('status', '--porcelain=v2', '--branch'),
    scratch.git('ls-files', '--stage'),
    readFileSync(join(scratch.dir, '.git/HEAD'), 'utf8'),
  ];
}

describe('what is written', () => {
  it('is read back as it was', async () => {
    const scratch = scratchRepository();
    const ledger = await openIn(scratch);
    const session: Session = {
      ...storedSession('one', ['Straße\u2028\n"quoted"\u0000', 'ok']),
      usage: { inputTokens: 1, outputTokens: 2 },
      title: redacted('A title'),
    };
    const view = await add(ledger, session, storedSession('two'));
    expect(await view.session('one')).toEqual(session);
    expect(await view.session('three')).toBeUndefined();
    expect(await view.streamed('three')).toBeUndefined();
    const streamed = await view.streamed('one');
    expect(streamed && whole(streamed)).toEqual(session);
    expect([...(streamed?.events ?? [])]).toEqual(session.events);
    const summaries = (await view.sessions()).map(({ summary }) => [summary.id, summary.eventCount]);
    expect(summaries.sort()).toEqual([
      ['one', 2],
      ['two', 2],
    ]);
    expect(await view.problems()).toEqual([]);
  });

  it('survives ids that are no file names', async () => {
    const ids = ['../../etc', 'a\nb', '"', '-n', '.git', 'x'.repeat(5_000), '\u0000', 'ä', 'a/b', ' '];
    const scratch = scratchRepository();
    const view = await add(await openIn(scratch), ...ids.map((id) => storedSession(id)));
    for (const id of ids) expect((await view.session(id))?.id).toBe(id);
    expect(scratch.git('ls-tree', '-r', '--name-only', 'dreamkeeper').split('\n')).toHaveLength(
      ids.length + 1,
    );
  });

  it('splits a long session over files and reads it as one', async () => {
    const ledger = await openIn(scratchRepository());
    const line = 'x'.repeat(30_000);
    const long = storedSession(
      'long',
      Array.from({ length: 1_500 }, () => line),
    );
    const view = await add(ledger, long);
    const path = view.pathOf('long');
    expect([...view.contents.tree.keys()].filter((name) => name.startsWith('sessions/'))).toEqual([
      path.replace('.jsonl', '.2.jsonl'),
      path.replace('.jsonl', '.3.jsonl'),
      path,
    ]);
    expect([...view.objects.keys()]).toEqual([path]);
    expect((await view.session('long'))?.events).toHaveLength(1_500);
    const shorter = await add(ledger, storedSession('long', ['short']));
    expect(shorter.contents.tree.size).toBe(2);
    expect(shorter.objects.get(path)).not.toBe(view.objects.get(path));
  });

  it('writes no commit when nothing would change', async () => {
    const ledger = await openIn(scratchRepository());
    const before = await add(ledger, storedSession('one'));
    expect((await add(ledger, storedSession('one'))).commit).toBe(before.commit);
    expect((await ledger.write('nothing', () => Promise.resolve(undefined))).commit).toBe(before.commit);
  });

  it('appends decisions', async () => {
    const ledger = await openIn(scratchRepository());
    for (const at of ['1', '2', '3'])
      await ledger.write('x', () => Promise.resolve({ decisions: [decision(at)] }));
    expect(await (await ledger.read()).decisions()).toEqual(['1', '2', '3'].map(decision));
  });

  it('keeps entries and removes what it is told to', async () => {
    const ledger = await openIn(scratchRepository());
    const record = { support: 1, applied: 0, violated: 2, contradicted: 0 };
    const entries = new Map([['0123456789', record]]);
    const view = await ledger.write('x', () =>
      Promise.resolve({ entries, sessions: [storedSession('one')] }),
    );
    expect(await view.entries()).toEqual(entries);
    const after = await ledger.write('x', (seen) => Promise.resolve({ remove: [seen.pathOf('one')] }));
    expect(after.objects.size).toBe(0);
    await expect(ledger.write('x', () => Promise.resolve({ remove: ['../x'] }))).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('refuses a dream whose id is a path', async () => {
    const ledger = await openIn(scratchRepository());
    const journal = { id: '../x' } as never;
    await expect(ledger.write('x', () => Promise.resolve({ journals: [journal] }))).rejects.toThrow();
  });
});

describe('extracts', () => {
  it('count for the extractor and the object they were made of', async () => {
    const ledger = await openIn(scratchRepository());
    const [one, two] = [storedSession('one'), storedSession('two')];
    const before = await add(ledger, one, two);
    const objectOf = (id: string): string => before.objects.get(before.pathOf(id)) ?? '';
    const view = await ledger.write('x', () =>
      Promise.resolve({ extracts: [extractOf(one, objectOf('one')), extractOf(two, 'another')] }),
    );
    expect([...(await view.extracts('v1')).keys()]).toEqual(['one']);
    expect([...(await view.extracts('v2')).keys()]).toEqual([]);
    expect(await view.sessions()).toHaveLength(2);
  });

  it('stand alone where the session itself is not kept', async () => {
    const ledger = await openIn(scratchRepository());
    const view = await ledger.write('x', () =>
      Promise.resolve({ extracts: [extractOf(storedSession('one'), 'x')] }),
    );
    const object = view.objects.get(view.pathOf('one'));
    expect(await view.sessions()).toMatchObject([{ summary: { id: 'one', eventCount: 2 }, object }]);
    expect((await view.extracts('any')).get('one')?.object).toBe(object);
    expect(await view.session('one')).toBeUndefined();
  });
});

describe('the user’s repository', () => {
  it('is left alone: working tree, index, branch, hooks, signing', async () => {
    const scratch = scratchRepository();
    scratch.commit('base', { 'a.md': 'a\n', 'b.md': 'b\n' });
    scratch.write('a.md', 'changed');
    scratch.write('new.md', 'new');
    scratch.git('rm', '-q', '--cached', 'b.md');
    scratch.git('config', 'commit.gpgsign', 'true');
    scratch.git('config', 'gpg.program', '/no/such/program');
    scratch.git('config', 'core.autocrlf', 'true');
    const ran = failingHooks(scratch);
    const before = stateOf(scratch);
    const view = await add(await openIn(scratch), storedSession('one', ['a\r\nb\n']));
    expect(stateOf(scratch)).toEqual(before);
    expect(ran()).toBe(false);
    expect((await view.session('one'))?.events[0]?.spans[0]?.text).toBe('a\r\nb\n');
    expect(scratch.git('rev-list', '--count', 'dreamkeeper', '^main')).toBe('1');
  });

  it.each([
    ['empty', (s: Scratch) => s],
    [
      'bare',
      (s: Scratch) => (s.git('clone', '-q', '--bare', '.', '../other'), s.at(join(s.dir, '../other'))),
    ],
    ['on a detached HEAD', (s: Scratch) => (s.git('checkout', '-q', s.commit('x')), s)],
    [
      'a linked worktree',
      (s: Scratch) => (
        s.commit('x'),
        s.git('worktree', 'add', '-q', '../other'),
        s.at(join(s.dir, '../other'))
      ),
    ],
    [
      'a shallow clone',
      (s: Scratch) => {
        s.commit('1');
        s.commit('2');
        s.git('clone', '-q', '--depth=1', `file://${s.dir}`, '../other');
        return s.at(join(s.dir, '../other'));
      },
    ],
  ])('may be %s', async (_name, prepare) => {
    const scratch = prepare(scratchRepository());
    const ledger = await openIn(scratch);
    await add(ledger, storedSession('one'));
    await add(ledger, storedSession('two'));
    expect((await ledger.read()).objects.size).toBe(2);
    expect(scratch.git('rev-list', '--count', 'dreamkeeper')).toBe('2');
  });

  it('may name objects by SHA-256', async () => {
    const ledger = await openIn(scratchRepository('--object-format=sha256'));
    const first = await add(ledger, storedSession('one'));
    expect((await add(ledger, storedSession('one'))).commit).toBe(first.commit);
    expect(await first.session('one')).toEqual(storedSession('one'));
  });

  it('keeps a branch of its own that has the name', async () => {
    const scratch = scratchRepository();
    scratch.commit('x', { 'my.txt': 'mine' });
    scratch.git('branch', 'dreamkeeper');
    const before = scratch.git('rev-parse', 'dreamkeeper');
    await expect(add(await openIn(scratch), storedSession('one'))).rejects.toMatchObject({ code: 'ledger' });
    expect(scratch.git('rev-parse', 'dreamkeeper')).toBe(before);
  });

  it('is not pulled from under somebody who has the ledger checked out', async () => {
    const scratch = scratchRepository();
    const ledger = await openIn(scratch);
    await add(ledger, storedSession('one'));
    scratch.git('worktree', 'add', '-q', '../linked', 'dreamkeeper');
    await expect(add(ledger, storedSession('two'))).rejects.toMatchObject({
      code: 'repository',
      message: expect.stringContaining('linked') as string,
    });
    expect((await ledger.read()).objects.size).toBe(1);
    const unborn = scratchRepository();
    unborn.git('checkout', '-q', '--orphan', 'dreamkeeper');
    await expect(add(await openIn(unborn), storedSession('one'))).rejects.toMatchObject({
      code: 'repository',
    });
  });
});

describe('a damaged or foreign ledger', () => {
  /** Commits files to the ledger branch as somebody. */
  function tamper(
    scratch: Scratch,
    files: Readonly<Record<string, string>>,
    email = 'eve@example.com',
  ): void {
    scratch.git('worktree', 'add', '-q', '../tamper', 'dreamkeeper');
    const tree = scratch.at(join(scratch.dir, '../tamper'));
    for (const [path, content] of Object.entries(files)) tree.write(path, content);
    tree.git('add', '-A');
    tree.git('-c', `user.email=${email}`, 'commit', '-q', '-m', 'tamper');
    scratch.git('worktree', 'remove', '--force', '../tamper');
  }
  const ours = 'dreamkeeper@dreamkeeper.invalid';

  it('loses no more than the damaged files', async () => {
    const scratch = scratchRepository();
    const view = await add(
      await openIn(scratch),
      storedSession('one'),
      storedSession('two'),
      storedSession('three'),
    );
    const text = (await view.text(view.pathOf('two'))) ?? '';
    tamper(
      scratch,
      {
        [view.pathOf('one')]: '{ this is not JSON',
        [view.pathOf('two')]: text.split('\n').slice(0, 2).join('\n'),
        'dreams/2026-01-01-a.json': '[]',
        'decisions.jsonl': 'nonsense\n{"type":"resumed","at":"1"}\n{"type":"unknown"}\n',
        'entries.json': '{"version":1}',
        [`extracts/${'0'.repeat(64)}.json`]: '{}',
        'notes.txt': 'x',
      },
      ours,
    );
    const damaged = await (await openIn(scratch)).read();
    expect(await damaged.session('one')).toBeUndefined();
    expect(await damaged.session('two')).toBeUndefined();
    expect(await damaged.streamed('two')).toBeUndefined();
    expect(await damaged.session('three')).toBeDefined();
    expect(await damaged.journals()).toEqual([]);
    expect(await damaged.decisions()).toEqual([decision('1')]);
    expect(await damaged.entries()).toEqual(new Map());
    const problems = (await damaged.problems()).map((problem) => problem.split(' ')[0]);
    expect(problems.sort()).toEqual(
      [
        'decisions.jsonl,',
        'decisions.jsonl,',
        'dreams/2026-01-01-a.json',
        'entries.json',
        `extracts/${'0'.repeat(64)}.json`,
        'notes.txt',
        view.pathOf('one'),
        view.pathOf('two'),
      ].sort(),
    );
  });

  it('takes a session under a name that is not its own for damaged', async () => {
    const scratch = scratchRepository();
    const view = await add(await openIn(scratch), storedSession('one'));
    const two = view.pathOf('two');
    tamper(scratch, { [two]: (await view.text(view.pathOf('one'))) ?? '' });
    const read = await (await openIn(scratch)).read();
    expect((await read.sessions()).map(({ summary }) => summary.id)).toEqual(['one']);
    expect(await read.session('two')).toBeUndefined();
  });

  it('passes over what others changed outside the sessions, and keeps doing so', async () => {
    const scratch = scratchRepository();
    const ledger = await openIn(scratch);
    await ledger.write('x', () => Promise.resolve({ decisions: [decision('1')] }));
    const other = scratchRepository();
    const theirs = await add(await openIn(other), storedSession('theirs'));
    tamper(scratch, {
      'decisions.jsonl': '{"type":"paused","at":"9"}\n',
      'dreams/2026-01-01-a.json': '{}',
      [theirs.pathOf('theirs')]: (await theirs.text(theirs.pathOf('theirs'))) ?? '',
    });
    const view = await ledger.write('x', () => Promise.resolve({ decisions: [decision('2')] }));
    expect(await view.decisions()).toEqual([decision('1'), decision('2')]);
    expect(await view.session('theirs')).toBeDefined();
    expect((await view.problems()).join('\n')).toMatch(
      /eve@example\.com changed decisions\.jsonl: the change is ignored/,
    );
    expect(await view.journals()).toEqual([]);
  });

  it('of a newer version is not touched', async () => {
    const scratch = scratchRepository();
    const ledger = await openIn(scratch);
    const view = await add(ledger, storedSession('one'));
    const text = (await view.text(view.pathOf('one'))) ?? '';
    tamper(scratch, { [view.pathOf('one')]: text.replace('"version":1', '"version":2') });
    await expect((await (await openIn(scratch)).read()).session('one')).rejects.toMatchObject({
      code: 'ledger',
    });
    tamper(scratch, { 'README.md': '<!-- dreamkeeper-ledger-version: 2 -->' });
    await expect((await openIn(scratch)).read()).rejects.toMatchObject({
      code: 'ledger',
      remedy: expect.stringContaining('Update') as string,
    });
  });
});

describe('another writer', () => {
  it('who is faster makes the change be asked for again', async () => {
    const scratch = scratchRepository();
    const [one, two] = [await openIn(scratch), await openIn(scratch)];
    const seen: number[] = [];
    const view = await one.write('x', async (before) => {
      seen.push(before.objects.size);
      if (seen.length === 1) await add(two, storedSession('theirs'));
      return { sessions: [storedSession('ours')] };
    });
    expect(seen).toEqual([0, 1]);
    expect(view.objects.size).toBe(2);
    expect(scratch.git('rev-list', '--count', 'dreamkeeper')).toBe('2');
  });

  it('who was killed leaves a lock that is cleared when it is old', async () => {
    const scratch = scratchRepository();
    const ledger = await openIn(scratch);
    await add(ledger, storedSession('one'));
    const lock = '.git/refs/heads/dreamkeeper.lock';
    scratch.write(lock, '');
    const hourAgo = Date.now() / 1_000 - 3_600;
    utimesSync(join(scratch.dir, lock), hourAgo, hourAgo);
    expect((await add(ledger, storedSession('two'))).objects.size).toBe(2);
  });
});
