import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blameLine } from '../../src/git/line.ts';
import { openRepository } from '../../src/git/repository.ts';
import { scratchFolder, scratchRepository } from '../support/repository.ts';
import type { Scratch } from '../support/repository.ts';

const open = (scratch: Scratch) => openRepository(scratch.dir, scratch.env);
const noFile = () => false;

/** Of a repository with a note in two versions, and a file that was renamed and changed; its origin is gone. */
function partialClone(...options: string[]): Scratch {
  const origin = scratchRepository();
  origin.git('config', 'uploadpack.allowFilter', 'true');
  origin.commit('one', { 'notes.md': 'one\n', 'old.ts': 'a\nb\nc\nd\n' });
  origin.git('mv', 'old.ts', 'new.ts');
  origin.commit('two', { 'notes.md': 'two\n', 'new.ts': 'a\nb\nc\nd\ne\n' });
  const clone = origin.at(join(origin.dir, '../partial'));
  origin.git('clone', '-q', ...options, `file://${origin.dir}`, clone.dir);
  clone.git('remote', 'set-url', 'origin', 'file:///nowhere');
  return clone;
}

describe('openRepository', () => {
  it('finds the repository around a folder inside it', async () => {
    const scratch = scratchRepository();
    scratch.write('deep/er/file.md', 'x');
    const repository = await open(scratch.at(join(scratch.dir, 'deep/er')));
    expect(repository.site.workTree).toBe(scratch.dir);
    expect(await repository.currentBranch()).toBe('main');
    expect(await repository.resolve('HEAD')).toBeUndefined();
  });

  it('opens the inner of two repositories', async () => {
    const outer = scratchRepository();
    outer.commit('outer', { 'a.md': 'outer' });
    const inner = outer.at(join(outer.dir, 'inner'));
    mkdirSync(inner.dir);
    inner.git('init', '-q', '-b', 'other');
    const commit = inner.commit('inner', { 'a.md': 'inner' });
    const repository = await open(inner);
    expect(await repository.currentBranch()).toBe('other');
    expect(await repository.readFile(commit, 'a.md')).toBe('inner');
  });

  it.each([
    ['a bare repository', (s: Scratch) => ['clone', '-q', '--bare', s.dir, '../other']],
    ['a shallow clone', (s: Scratch) => ['clone', '-q', '--depth=1', `file://${s.dir}`, '../other']],
    ['a linked worktree', () => ['worktree', 'add', '-q', '-b', 'linked', '../other']],
  ])('reads %s', async (_name, args) => {
    const scratch = scratchRepository();
    scratch.commit('one', { 'a.md': 'one' });
    scratch.commit('two', { 'a.md': 'two' });
    scratch.git(...args(scratch));
    const other = scratch.at(join(scratch.dir, '../other'));
    const repository = await open(other);
    const head = (await repository.resolve('HEAD')) ?? '';
    expect(await repository.readFile(head, 'a.md')).toBe('two');
    const facts = await repository.facts(head, { ignored: ['x'], origins: ['a.md'] });
    expect(facts.shallow).toBe(existsSync(join(other.dir, '.git/shallow')));
    expect(facts.origins.get('a.md')).toMatchObject([
      { author: 'Ada', ...(facts.shallow && { boundary: true }) },
    ]);
  });

  it('has no branch on a detached HEAD', async () => {
    const scratch = scratchRepository();
    scratch.git('checkout', '-q', scratch.commit('one'));
    expect(await (await open(scratch)).currentBranch()).toBeUndefined();
  });

  it('reads a repository that names its objects by SHA-256', async () => {
    const scratch = scratchRepository('--object-format=sha256');
    const base = scratch.commit('one', { 'a.md': 'one' });
    const repository = await open(scratch);
    const [commit = ''] = await repository.writeBranch({
      branch: 'dream/1',
      base,
      commits: [{ message: 'm', files: new Map([['a.md', 'two']]) }],
      at: '2026-03-02T00:00:00Z',
    });
    expect(commit).toHaveLength(64);
    expect(await repository.readFile(commit, 'a.md')).toBe('two');
  });

  it('says what to do where there is no repository', async () => {
    const folder = scratchFolder();
    const opened = openRepository(folder, scratchRepository().env);
    await expect(opened).rejects.toMatchObject({
      code: 'repository',
      remedy: expect.stringContaining('git init') as string,
    });
  });

  it('says so when there is no such folder', async () => {
    await expect(openRepository('/no/such/folder', {})).rejects.toMatchObject({ code: 'repository' });
  });

  it('says so when there is no git', async () => {
    const opened = openRepository(scratchFolder(), { PATH: scratchFolder() });
    await expect(opened).rejects.toMatchObject({ code: 'repository', message: 'git was not found' });
  });

  it('names the setting when the repository belongs to somebody else', async () => {
    const scratch = scratchRepository();
    const opened = openRepository(scratch.dir, { ...scratch.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' });
    await expect(opened).rejects.toMatchObject({
      code: 'repository',
      remedy: `If you trust it: git config --global --add safe.directory '${scratch.dir}'`,
    });
  });

  it('is not led elsewhere by what the environment says of another repository', async () => {
    const scratch = scratchRepository();
    scratch.commit('one');
    const { readSettings } = await import('../../src/settings.ts');
    const env = readSettings({ ...scratch.env, GIT_DIR: '/elsewhere', ANTHROPIC_API_KEY: 'key' }).git;
    expect(Object.keys(env).sort()).toEqual(['GIT_CONFIG_NOSYSTEM', 'HOME', 'PATH']);
  });

  it('knows the user as git does', async () => {
    const scratch = scratchRepository();
    expect(await (await open(scratch)).user()).toEqual({ name: 'Ada', email: 'ada@example.com' });
    scratch.git('config', 'user.email', 'ada@work.example');
    expect(await (await open(scratch)).user()).toMatchObject({ email: 'ada@work.example' });
  });
});

describe('readFiles', () => {
  it('yields what matches, sorted, as its exact bytes', async () => {
    const scratch = scratchRepository();
    scratch.git('config', 'core.autocrlf', 'true');
    scratch.git('config', 'core.safecrlf', 'false');
    const files = { 'b.md': '\ufeffone\n', 'a b/"ö\n.md': 'x\n', '-n.md': '' };
    const commit = scratch.commit('files', files);
    const read = await (await open(scratch)).readFiles(commit, (path) => path.endsWith('.md'));
    expect(read).toEqual([
      { path: '-n.md', text: '' },
      { path: 'a b/"ö\n.md', text: 'x\n' },
      { path: 'b.md', text: '\ufeffone\n' },
    ]);
  });

  it('leaves out symlinks, submodules, pointers of Git LFS and what is not UTF-8', async () => {
    const scratch = scratchRepository();
    scratch.write('latin.md', Uint8Array.of(0x66, 0xfc, 0x72));
    scratch.write(
      'big.md',
      `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 9\n`,
    );
    symlinkSync('/etc/passwd', join(scratch.dir, 'link.md'));
    const inner = scratch.at(join(scratch.dir, 'sub.md'));
    mkdirSync(inner.dir);
    inner.git('init', '-q');
    inner.commit('inner');
    const commit = scratch.commit('odd', { 'good.md': 'good' });
    const read = await (await open(scratch)).readFiles(commit, () => true);
    expect(read.map((file) => file.path)).toEqual(['good.md']);
  });

  it('reads nothing when nothing matches', async () => {
    const scratch = scratchRepository();
    expect(await (await open(scratch)).readFiles(scratch.commit('x', { a: 'b' }), noFile)).toEqual([]);
  });
});

describe('facts', () => {
  it('tells what was deleted, and what a renamed file is called now', async () => {
    const scratch = scratchRepository();
    const body = 'many words that make this file recognisable\nand a second line\n';
    scratch.commit('one', { 'old.ts': body, 'gone.ts': 'gone', 'back.ts': 'back' });
    scratch.git('mv', 'old.ts', 'middle.ts');
    scratch.commit('rename');
    scratch.git('rm', '-q', 'gone.ts', 'back.ts');
    const removal = scratch.commit('remove', {}, '2026-03-05T08:00:00+02:00');
    scratch.git('mv', 'middle.ts', 'new.ts');
    const head = scratch.commit('rename again', { 'back.ts': 'back again' });
    const { deleted, paths, shallow } = await (await open(scratch)).facts(head);
    expect([...paths].sort()).toEqual(['back.ts', 'new.ts']);
    expect(deleted.get('old.ts')).toMatchObject({ renamedTo: 'new.ts' });
    expect(deleted.get('gone.ts')).toEqual({ commit: removal, at: '2026-03-05T06:00:00.000Z' });
    expect(deleted.has('back.ts')).toBe(false);
    expect(shallow).toBe(false);
  });

  it('asks the ignore files of the repository, whatever is asked', async () => {
    const scratch = scratchRepository();
    const head = scratch.commit('one', { '.gitignore': 'dist/\n*.log\n' });
    symlinkSync('/tmp', join(scratch.dir, 'link'));
    const asked = [
      'dist/a.js',
      'x.log',
      'src/a.ts',
      '../outside',
      '/absolute',
      '',
      'a\0b',
      'link/below',
      '-n',
      ':(top)x',
    ];
    const { ignored } = await (await open(scratch)).facts(head, { ignored: asked });
    expect([...ignored].sort()).toEqual(['dist/a.js', 'x.log']);
  });

  it('says who wrote each line, where history begins, and leaves out files that are not there', async () => {
    const scratch = scratchRepository();
    const first = scratch.commit('one', { 'a.md': 'one\ntwo\nthree\n' }, '2026-01-01T00:00:00Z');
    scratch.git('config', 'user.name', 'Grace');
    const second = scratch.commit('two', { 'a.md': 'one\n2\nthree\n', 'e.md': '' }, '2026-02-01T00:00:00Z');
    const { origins } = await (await open(scratch)).facts(second, { origins: ['a.md', 'none.md', 'e.md'] });
    const ada = { commit: first, at: '2026-01-01T00:00:00.000Z', author: 'Ada', boundary: true };
    const grace = { commit: second, at: '2026-02-01T00:00:00.000Z', author: 'Grace' };
    expect([...origins]).toEqual([
      ['a.md', [ada, grace, ada]],
      ['e.md', []],
    ]);
  });

  it('does without what a partial clone lacks, and fetches nothing', async () => {
    const clone = partialClone('--filter=blob:none');
    const repository = await open(clone);
    const head = (await repository.resolve('HEAD')) ?? '';
    const facts = await repository.facts(head, { origins: ['notes.md'] });
    expect([...facts.deleted.keys()]).toEqual(['old.ts']);
    expect(facts.shallow).toBe(true);
    expect(facts.origins.has('notes.md')).toBe(false);
    expect(await repository.readFile(head, 'notes.md')).toBe('two\n');
  });

  it.each(['--filter=blob:none', '--filter=tree:0'])(
    'says what to do when memory itself is not in the clone (%s)',
    async (filter) => {
      const repository = await open(partialClone(filter, '--no-checkout'));
      const head = (await repository.resolve('HEAD')) ?? '';
      const told = { code: 'repository', remedy: expect.stringContaining('partial clone') as string };
      await expect(repository.readFiles(head, () => true)).rejects.toMatchObject(told);
      await expect(blameLine(repository.site, 'notes.md', 1, head)).rejects.toMatchObject(told);
    },
  );

  it('is not disturbed by settings that change what git prints', async () => {
    const scratch = scratchRepository();
    scratch.commit('one', { 'a.md': 'a', 'b.md': 'b' });
    scratch.git('rm', '-q', 'b.md');
    const head = scratch.commit('two');
    for (const [key, value] of [
      ['color.ui', 'always'],
      ['log.showSignature', 'true'],
      ['core.quotePath', 'true'],
      ['diff.noprefix', 'true'],
      ['diff.external', 'false'],
      ['core.pager', 'false'],
      ['log.date', 'relative'],
    ] as const)
      scratch.git('config', key, value);
    const facts = await (await open(scratch)).facts(head, { origins: ['a.md'] });
    expect([...facts.deleted.keys()]).toEqual(['b.md']);
    expect(facts.origins.get('a.md')).toHaveLength(1);
  });
});
