import { expect, it } from 'vitest';
import { changesOf, findReverts, lastChanged } from '../../src/git/history.ts';
import { conflicts } from '../../src/git/mergeable.ts';
import { openRepository } from '../../src/git/repository.ts';
import { scratchRepository } from '../support/repository.ts';

/** Two branches of one commit: what each makes of the same file. */
async function branches(ours: string, theirs: string) {
  const scratch = scratchRepository();
  const base = scratch.commit('Begin', { 'a.md': 'one\n\n\n\ntwo\n' });
  const a = scratch.commit('Ours', { 'a.md': ours });
  scratch.git('checkout', '-q', '-b', 'other', base);
  const b = scratch.commit('Theirs', { 'a.md': theirs });
  const { site } = await openRepository(scratch.dir, scratch.env);
  return { site, a, b };
}

it('tells whether a person would have to merge two branches', async () => {
  const apart = await branches('ONE\n\n\n\ntwo\n', 'one\n\n\n\nTWO\n');
  expect(await conflicts(apart.site, apart.a, apart.b)).toBe(false);
  const same = await branches('ONE\n\n\n\ntwo\n', 'uno\n\n\n\ntwo\n');
  expect(await conflicts(same.site, same.a, same.b)).toBe(true);
  await expect(conflicts(same.site, same.a, 'f'.repeat(40))).rejects.toMatchObject({ code: 'repository' });
});

it('finds the commits that take others back, after some and newest first', async () => {
  const scratch = scratchRepository();
  scratch.commit('Begin', { 'a.md': 'one\n' });
  const first = scratch.commit('Two', { 'a.md': 'two\n' });
  scratch.git('revert', '--no-edit', 'HEAD');
  const reverted = scratch.git('rev-parse', 'HEAD');
  const named = scratch.commit('Undo\n\nReverts acme/shop#12', { 'b.md': 'b\n' });
  const to = scratch.commit('Say that it reverts acme/shop#12, in passing', { 'b.md': 'c\n' });
  const { site } = await openRepository(scratch.dir, scratch.env);
  const found = await findReverts(site, { after: [first], to, most: 10 });
  expect(found.map(({ commit }) => commit)).toEqual([named, reverted]);
  expect(await findReverts(site, { after: [reverted], to, most: 10 })).toHaveLength(1);
});

it('knows which commits changed a file, and when it was last changed where it arrived', async () => {
  const scratch = scratchRepository();
  const begin = scratch.commit('Begin', { 'a [1].md': 'one\n', 'b.md': 'b\n' }, '2026-01-01T00:00:00Z');
  scratch.git('checkout', '-q', '-b', 'topic');
  scratch.commit('On a branch', { 'a [1].md': 'two\n' }, '2026-01-02T00:00:00Z');
  scratch.git('checkout', '-q', 'main');
  const other = scratch.commit('Another', { 'b.md': 'c\n' }, '2026-01-03T00:00:00Z');
  scratch.git('merge', '-q', '--no-ff', '-m', 'Merge', 'topic');
  const merge = scratch.git('rev-parse', 'HEAD');
  const { site } = await openRepository(scratch.dir, scratch.env);
  expect(await changesOf(site, 'a [1].md', { after: begin, to: merge, most: 10 })).toEqual([merge]);
  expect(await changesOf(site, 'b.md', { after: begin, to: merge, most: 10 })).toEqual([other]);
  expect(await lastChanged(site, other, 'a [1].md')).toBe('2026-01-01T00:00:00.000Z');
  const merged = Number(scratch.git('log', '-1', '--format=%ct')) * 1_000;
  expect(await lastChanged(site, merge, 'a [1].md')).toBe(new Date(merged).toISOString());
  expect(await lastChanged(site, merge, 'none.md')).toBeUndefined();
});
