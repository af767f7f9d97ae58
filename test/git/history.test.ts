import { describe, expect, it } from 'vitest';
import { findText, readCommit } from '../../src/git/history.ts';
import { blameLine } from '../../src/git/line.ts';
import { openRepository } from '../../src/git/repository.ts';
import { scratchRepository } from '../support/repository.ts';

const message =
  'Learn: use pnpm\n\nBody: not a trailer\n\nDreamkeeper-Dream: 2026-03-01-abc\nDreamkeeper-Proposal: 2';

async function history() {
  const scratch = scratchRepository();
  const first = scratch.commit('Write by hand', { 'a "b".md': 'one\ntwo\n' }, '2026-01-01T00:00:00+02:00');
  const second = scratch.commit(message, { 'a "b".md': 'one\nuse pnpm\n' });
  const { site } = await openRepository(scratch.dir, scratch.env);
  return { scratch, site, first, second };
}

describe('blameLine', () => {
  it('names the commit that last wrote a line, and its message', async () => {
    const { site, first, second } = await history();
    expect(await blameLine(site, 'a "b".md', 1)).toEqual({
      file: 'a "b".md',
      line: 1,
      text: 'one',
      commit: first,
      author: 'Ada',
      at: '2025-12-31T22:00:00.000Z',
      message: 'Write by hand',
    });
    expect(await blameLine(site, 'a "b".md', 2)).toMatchObject({ commit: second, message, text: 'use pnpm' });
    expect(await blameLine(site, 'a "b".md', 2, first)).toMatchObject({ commit: first, text: 'two' });
  });

  it('knows a line that is not committed yet', async () => {
    const { scratch, site } = await history();
    scratch.write('a "b".md', 'one\nmine\n');
    expect(await blameLine(site, 'a "b".md', 2)).toEqual({ file: 'a "b".md', line: 2, text: 'mine' });
  });

  it.each([
    ['none.md', 1],
    ['a "b".md', 99],
    ['a "b".md', 0],
    ['../a', 1],
    ['--help', 1],
    ['', 1],
  ])('has no answer for %s:%i', async (file, line) => {
    expect(await blameLine((await history()).site, file, line)).toBeUndefined();
  });
});

describe('readCommit', () => {
  it('reads message and trailers', async () => {
    const { site, second } = await history();
    expect(await readCommit(site, second)).toMatchObject({
      commit: second,
      message,
      trailers: [
        { key: 'Dreamkeeper-Dream', value: '2026-03-01-abc' },
        { key: 'Dreamkeeper-Proposal', value: '2' },
      ],
    });
    expect(await readCommit(site, 'f'.repeat(40))).toBeUndefined();
  });
});

describe('findText', () => {
  it('finds the commits that added and removed a text, newest first', async () => {
    const { site, first, second } = await history();
    const found = await findText(site, 'two', { from: 'HEAD', paths: ['a "b".md'] });
    expect(found.map(({ commit }) => commit)).toEqual([second, first]);
    expect(await findText(site, 'two', { from: 'HEAD', paths: ['other.md'] })).toEqual([]);
    expect(await findText(site, '-never written', { from: 'HEAD' })).toEqual([]);
  });
});
