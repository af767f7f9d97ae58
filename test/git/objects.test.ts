import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createObjectReader } from '../../src/git/objects.ts';
import { openSite } from '../../src/git/open.ts';
import { scratchRepository } from '../support/repository.ts';

async function aReader() {
  const scratch = scratchRepository();
  const commit = scratch.commit('one', { 'a.md': 'a', 'b.md': 'b' });
  return { scratch, commit, reader: createObjectReader(await openSite(scratch.dir, scratch.env)) };
}

describe('an object reader', () => {
  it('answers many questions in their order', async () => {
    const { scratch, reader } = await aReader();
    const ids = ['a.md', 'b.md', 'a.md'].map((path) => scratch.git('rev-parse', `HEAD:${path}`));
    const answers = await Promise.all([...ids, '0'.repeat(40)].map((id) => reader.read(id)));
    expect(answers.map((answer) => answer?.toString('utf8'))).toEqual(['a', 'b', 'a', undefined]);
  });

  it.each(['HEAD', 'main', 'refs/heads/main', 'v1', 'main^{tree}~0', 'HEAD@{0}'])(
    'knows the commit that %s names, where git does',
    async (revision) => {
      const { scratch, commit, reader } = await aReader();
      scratch.git('tag', '-a', 'v1', '-m', 'annotated');
      expect(await reader.commit(revision)).toBe(revision.includes('{tree}') ? undefined : commit);
    },
  );

  it.each(['', '--help', 'no such', 'HEAD:a.md', 'HEAD\nHEAD', 'HEAD\0', '0'.repeat(40), 'missing 12'])(
    'finds no commit behind %j',
    async (revision) => {
      const { commit, reader } = await aReader();
      expect(await reader.commit(revision)).toBeUndefined();
      expect(await reader.commit('HEAD')).toBe(commit);
    },
  );

  it('sees a branch where it is now', async () => {
    const { scratch, commit, reader } = await aReader();
    expect(await reader.commit('main')).toBe(commit);
    const next = scratch.commit('two');
    scratch.git('pack-refs', '--all');
    expect(await reader.commit('main')).toBe(next);
    scratch.git('update-ref', 'refs/heads/main', commit);
    expect(await reader.commit('main')).toBe(commit);
  });

  it('lets a process end that has its answer', { retry: 3 }, async () => {
    const { scratch } = await aReader();
    const from = (path: string): string => JSON.stringify(join(import.meta.dirname, '../../src/git', path));
    const script = `
      const { createObjectReader } = await import(${from('objects.ts')});
      const { openSite } = await import(${from('open.ts')});
      const site = await openSite(${JSON.stringify(scratch.dir)}, ${JSON.stringify(scratch.env)});
      console.log(await createObjectReader(site).commit('HEAD'));
      const answered = performance.now();
      process.on('exit', () => console.log(performance.now() - answered));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(Number(output.split('\n')[1])).toBeLessThan(80);
  });
});
