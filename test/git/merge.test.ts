import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeBranch } from '../../src/git/merge.ts';
import { openRepository } from '../../src/git/repository.ts';
import { scratchRepository } from '../support/repository.ts';
import type { Scratch } from '../support/repository.ts';

const memory = 'one\n\ntwo\n\nthree\n\nfour\n\nfive\n';

/** A repository with a dream that changes the first line of `m.md`. */
async function dreamt(): Promise<Scratch & { readonly head: string }> {
  const scratch = scratchRepository();
  const base = scratch.commit('base', { 'm.md': memory, 'other.md': 'other\n' });
  const repository = await openRepository(scratch.dir, scratch.env);
  const files = new Map([['m.md', memory.replace('one', 'ONE')]]);
  const [head = ''] = await repository.writeBranch({
    branch: 'dream/1',
    base,
    commits: [{ message: 'Change one', files }],
    at: '2026-03-02T00:00:00Z',
  });
  return { ...scratch, head };
}

async function merge(scratch: Scratch, head: string): Promise<string> {
  const repository = await openRepository(scratch.dir, scratch.env);
  return mergeBranch(repository, {
    branch: 'dream/1',
    head,
    onto: 'main',
    message: 'Merge dream 1',
    at: '2026-03-03T00:00:00Z',
  });
}

const read = (scratch: Scratch, path: string): string => readFileSync(join(scratch.dir, path), 'utf8');

describe('mergeBranch', () => {
  it('makes a merge commit of the user’s and brings the working tree along', async () => {
    const scratch = await dreamt();
    const commit = await merge(scratch, scratch.head);
    expect(scratch.git('log', '-1', '--format=%H %an %at %s %P')).toBe(
      `${commit} Ada 1772496000 Merge dream 1 ${scratch.git('rev-parse', 'main^1')} ${scratch.head}`,
    );
    expect(read(scratch, 'm.md')).toContain('ONE');
    expect(scratch.git('status', '--porcelain')).toBe('');
    expect(await merge(scratch, scratch.head)).toBe(commit);
  });

  it('keeps changes that are not committed, staged ones too, when they are in other files', async () => {
    const scratch = await dreamt();
    scratch.write('staged.md', 'staged');
    scratch.git('add', 'staged.md');
    scratch.write('other.md', 'edited\n');
    scratch.write('untracked.md', 'untracked');
    await merge(scratch, scratch.head);
    expect(scratch.git('status', '--porcelain')).toBe(' M other.md\nA  staged.md\n?? untracked.md');
    expect(read(scratch, 'm.md')).toContain('ONE');
  });

  it('refuses when a changed file is in the way, and loses nothing', async () => {
    const scratch = await dreamt();
    scratch.write('m.md', 'my own words\n');
    const before = scratch.git('rev-parse', 'main');
    await expect(merge(scratch, scratch.head)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('m.md') as string,
    });
    expect(read(scratch, 'm.md')).toBe('my own words\n');
    expect(scratch.git('rev-parse', 'main')).toBe(before);
  });

  it('merges with what was committed since', async () => {
    const scratch = await dreamt();
    scratch.commit('more', { 'm.md': memory.replace('five', 'FIVE') });
    await merge(scratch, scratch.head);
    expect(read(scratch, 'm.md')).toBe(memory.replace('one', 'ONE').replace('five', 'FIVE'));
  });

  it('names the files that both sides changed', async () => {
    const scratch = await dreamt();
    const before = scratch.commit('clash', { 'm.md': memory.replace('one', 'uno') });
    await expect(merge(scratch, scratch.head)).rejects.toMatchObject({
      code: 'conflict',
      message: 'both sides changed m.md',
    });
    expect(scratch.git('rev-parse', 'main')).toBe(before);
    expect(scratch.git('status', '--porcelain')).toBe('');
  });

  it('moves a branch that nobody has checked out, in a bare repository too', async () => {
    const scratch = await dreamt();
    scratch.git('clone', '-q', '--bare', '.', '../bare');
    const bare = scratch.at(join(scratch.dir, '../bare'));
    const commit = await merge(bare, scratch.head);
    expect(bare.git('rev-parse', 'main')).toBe(commit);
    scratch.git('checkout', '-q', '-b', 'elsewhere');
    await merge(scratch, scratch.head);
    expect(read(scratch, 'm.md')).toBe(memory);
    expect(scratch.git('show', 'main:m.md')).toContain('ONE');
  });

  it('brings along the linked worktree that has the branch', async () => {
    const scratch = await dreamt();
    scratch.git('checkout', '-q', '--detach');
    scratch.git('worktree', 'add', '-q', '../linked', 'main');
    await merge(scratch, scratch.head);
    const linked = scratch.at(join(scratch.dir, '../linked'));
    expect(read(linked, 'm.md')).toContain('ONE');
    expect(linked.git('status', '--porcelain')).toBe('');
    expect(scratch.git('status', '--porcelain')).toBe('');
  });

  it('refuses a branch that somebody has moved', async () => {
    const scratch = await dreamt();
    await expect(merge(scratch, 'f'.repeat(40))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('says who must be named when git does not know the user', async () => {
    const scratch = await dreamt();
    writeFileSync(join(scratch.env.HOME ?? '', '.gitconfig'), '[user]\n\tuseConfigOnly = true\n');
    await expect(merge(scratch, scratch.head)).rejects.toMatchObject({
      remedy: expect.stringContaining('user.email') as string,
    });
  });

  it('signs when the user signs, and says so when there is no key', async () => {
    const scratch = await dreamt();
    scratch.git('config', 'commit.gpgsign', 'true');
    scratch.git('config', 'gpg.program', '/no/such/program');
    await expect(merge(scratch, scratch.head)).rejects.toMatchObject({
      remedy: expect.stringContaining('gpgSign') as string,
    });
    expect(existsSync(join(scratch.dir, '.git/MERGE_HEAD'))).toBe(false);
  });

  it('refuses in the middle of another merge', async () => {
    const scratch = await dreamt();
    scratch.git('checkout', '-q', '-b', 'side');
    scratch.commit('side', { 'm.md': 'side\n' });
    scratch.git('checkout', '-q', 'main');
    scratch.commit('clash', { 'other.md': 'clash\n' });
    scratch.git('merge', '-q', '--no-commit', 'side');
    await expect(merge(scratch, scratch.head)).rejects.toMatchObject({ code: 'conflict' });
  });
});
