import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RenderedCommit } from '../../src/core/dream/repository.ts';
import { openRepository } from '../../src/git/repository.ts';
import { failingHooks } from '../support/hooks.ts';
import { scratchRepository } from '../support/repository.ts';
import type { Scratch } from '../support/repository.ts';

const at = '2026-11-20T18:00:00.000Z';

const change = (message: string, files: Readonly<Record<string, string | null>>): RenderedCommit => ({
  message,
  files: new Map(Object.entries(files)),
});

async function writing(scratch: Scratch) {
  const repository = await openRepository(scratch.dir, scratch.env);
  return (base: string, commits: readonly RenderedCommit[], expected?: string) =>
    repository.writeBranch({
      branch: 'dream/1',
      base,
      commits,
      at,
      ...(expected === undefined ? {} : { expected }),
    });
}

/** What the user sees: files, index, HEAD. */
function stateOf(scratch: Scratch): unknown {
  return [
    scratch.git('status', '--porcelain=v2', '--branch'),
    scratch.git('ls-files', '--stage'),
    readFileSync(join(scratch.dir, '.git/HEAD'), 'utf8'),
  ];
}

describe('writeBranch', () => {
  it('writes one commit on another, bytes exact, and touches nothing of the user’s', async () => {
    const scratch = scratchRepository();
    scratch.git('config', 'core.autocrlf', 'true');
    scratch.write('.gitattributes', '* text eol=crlf\n');
    const base = scratch.commit('base', { 'memory/a.md': 'a\n', 'keep.md': 'keep' });
    scratch.write('keep.md', 'changed and not committed');
    scratch.git('rm', '-q', '--cached', 'memory/a.md');
    const before = stateOf(scratch);
    const heads = await (
      await writing(scratch)
    )(base, [
      change('First', { 'memory/a.md': 'a\r\nb\n', 'new/"ü\n.md': '\ufeffx' }),
      change('Second\n\nBody', { 'keep.md': null }),
    ]);
    expect(stateOf(scratch)).toEqual(before);
    const repository = await openRepository(scratch.dir, scratch.env);
    expect(await repository.readFiles(heads[1] ?? '', (path) => path.endsWith('.md'))).toEqual([
      { path: 'memory/a.md', text: 'a\r\nb\n' },
      { path: 'new/"ü\n.md', text: '\ufeffx' },
    ]);
    expect(scratch.git('rev-parse', 'dream/1', 'dream/1^', 'dream/1~2')).toBe(
      [heads[1], heads[0], base].join('\n'),
    );
    expect(scratch.git('log', '-1', '--format=%an %cn %at %ct|%B', 'dream/1')).toBe(
      'Dreamkeeper Dreamkeeper 1795197600 1795197600|Second\n\nBody\n',
    );
  });

  it('gives the same commits the same ids, and writing them again does nothing', async () => {
    const [one, two] = [scratchRepository(), scratchRepository()];
    const bases = [one.commit('base', { a: 'a' }), two.commit('base', { a: 'a' })] as const;
    const commits = [change('x', { b: 'b' }), change('y', { b: 'c' })];
    two.git('config', 'user.name', 'Somebody else');
    const first = await (await writing(one))(bases[0], commits);
    expect(await (await writing(two))(bases[1], commits)).toEqual(first);
    expect(await (await writing(one))(bases[0], commits)).toEqual(first);
  });

  it('keeps the modes of files', async () => {
    const scratch = scratchRepository();
    scratch.write('run.sh', '#!/bin/sh\n');
    chmodSync(join(scratch.dir, 'run.sh'), 0o755);
    const base = scratch.commit('base');
    await (
      await writing(scratch)
    )(base, [change('x', { 'run.sh': '#!/bin/bash\n', 'new.md': 'n' })]);
    expect(scratch.git('ls-tree', '--format=%(objectmode) %(path)', 'dream/1')).toBe(
      '100644 new.md\n100755 run.sh',
    );
  });

  it('runs no hooks and needs no signing key', async () => {
    const scratch = scratchRepository();
    const base = scratch.commit('base');
    const ran = failingHooks(scratch);
    scratch.git('config', 'commit.gpgsign', 'true');
    scratch.git('config', 'gpg.program', '/no/such/program');
    await (
      await writing(scratch)
    )(base, [change('x', { a: 'a' })]);
    expect(ran()).toBe(false);
  });

  it('moves a branch only from where it is expected', async () => {
    const scratch = scratchRepository();
    const base = scratch.commit('base');
    const write = await writing(scratch);
    const [first] = await write(base, [change('x', { a: '1' })]);
    await expect(write(base, [change('x', { a: '2' })])).rejects.toMatchObject({ code: 'conflict' });
    await expect(write(base, [change('x', { a: '2' })], base)).rejects.toMatchObject({ code: 'conflict' });
    const [second] = await write(base, [change('x', { a: '2' })], first);
    expect(scratch.git('rev-parse', 'dream/1')).toBe(second);
  });

  it('does not move a branch that is checked out', async () => {
    const scratch = scratchRepository();
    const base = scratch.commit('base');
    const write = await writing(scratch);
    const [first] = await write(base, [change('x', { a: '1' })]);
    scratch.git('worktree', 'add', '-q', '../linked', 'dream/1');
    const moved = write(base, [change('x', { a: '2' })], first);
    await expect(moved).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('linked') as string,
    });
  });

  it.each([
    '../out.md',
    '/etc/passwd',
    'a/../../b',
    '.git/config',
    'x/.GIT/hooks/y',
    'git~1/config',
    '.git./x',
    '.g\u200cit/x',
    'a//b',
    '',
    '.',
    'C:/x',
    'a\0b',
    'a\\..\\..\\b',
    '.git::$INDEX_ALLOCATION/config',
    '\ud800.md',
  ])('refuses the path %j', async (path) => {
    const scratch = scratchRepository();
    const base = scratch.commit('base');
    await expect((await writing(scratch))(base, [change('x', { [path]: 'x' })])).rejects.toMatchObject({
      code: 'usage',
    });
    expect(scratch.git('for-each-ref', 'refs/heads/dream')).toBe('');
  });

  it('refuses to write through a symlink, into a submodule, or in the place of a folder', async () => {
    const scratch = scratchRepository();
    symlinkSync('/etc', join(scratch.dir, 'link'));
    const inner = scratch.at(join(scratch.dir, 'sub'));
    mkdirSync(inner.dir);
    inner.git('init', '-q');
    inner.commit('inner');
    const base = scratch.commit('base', { 'folder/a.md': 'a', 'file.md': 'f' });
    const write = await writing(scratch);
    for (const path of ['link', 'link/passwd', 'sub', 'sub/x.md', 'folder', 'file.md/below'])
      await expect(write(base, [change('x', { [path]: 'x' })]), path).rejects.toMatchObject({
        code: 'repository',
      });
  });

  it('leaves no report of a crash behind when git refuses', async () => {
    const scratch = scratchRepository();
    await expect((await writing(scratch))('0'.repeat(40), [change('x', { a: 'a' })])).rejects.toThrow();
    expect(readdirSync(join(scratch.dir, '.git')).filter((name) => name.includes('crash'))).toEqual([]);
  });

  it('writes in a bare repository and on a detached HEAD', async () => {
    const scratch = scratchRepository();
    const base = scratch.commit('base');
    scratch.git('checkout', '-q', '--detach');
    await (
      await writing(scratch)
    )(base, [change('x', { a: 'a' })]);
    scratch.git('clone', '-q', '--bare', '.', '../bare');
    const bare = scratch.at(join(scratch.dir, '../bare'));
    bare.git('branch', '-D', 'dream/1');
    await (
      await writing(bare)
    )(base, [change('x', { a: 'a' })]);
    expect(bare.git('show', 'dream/1:a')).toBe('a');
  });
});

describe('deleteBranch', () => {
  it('removes the branch where it is expected, and does nothing when it is gone', async () => {
    const scratch = scratchRepository();
    const base = scratch.commit('base');
    scratch.git('branch', 'dream/1');
    const repository = await openRepository(scratch.dir, scratch.env);
    await expect(repository.deleteBranch('dream/1', '1'.repeat(40))).rejects.toMatchObject({
      code: 'conflict',
    });
    await repository.deleteBranch('dream/1', base);
    await repository.deleteBranch('dream/1', base);
    expect(scratch.git('branch', '--list', 'dream/*')).toBe('');
  });
});

describe('isAncestor', () => {
  it('answers for known and unknown commits', async () => {
    const scratch = scratchRepository();
    const [first, second] = [scratch.commit('one'), scratch.commit('two')];
    const repository = await openRepository(scratch.dir, scratch.env);
    expect(await repository.isAncestor(first, second)).toBe(true);
    expect(await repository.isAncestor(second, first)).toBe(false);
    expect(await repository.isAncestor('no such', '--help')).toBe(false);
  });
});
