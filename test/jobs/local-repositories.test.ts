import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../support/repository.ts';
import { servedFolder } from '../support/served.ts';

const never = new AbortController().signal;

async function namesOf(names: AsyncIterable<{ id: string }>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { id } of names) found.push(id);
  return found;
}

describe('the repositories of a folder', () => {
  it('are those directly in it, bare ones too', async () => {
    const { folder, source, add, git } = servedFolder(scratchFolder());
    add('shop');
    add('.hidden');
    git('shop', 'clone', '-q', '--bare', '.', '../bare.git');
    mkdirSync(join(folder, 'no-repository'));
    writeFileSync(join(folder, 'a-file'), '');
    expect(await namesOf(source.list())).toEqual(['bare.git', 'shop']);
  });

  it.each(['', '.', '..', '../shop', 'shop/..', '/etc', '.inbox', '#sweep', 'gone'])(
    'do not include %j',
    async (id) => {
      const { source, add } = servedFolder(scratchFolder());
      add('shop');
      expect(await source.open(id, never)).toBeUndefined();
    },
  );

  it('answer git no more once the job is stopped', async () => {
    const { source, add } = servedFolder(scratchFolder());
    add('shop');
    const stop = new AbortController();
    const place = await source.open('shop', stop.signal);
    expect(await place?.repository.resolve('HEAD')).toMatch(/^[0-9a-f]{40}$/);
    stop.abort(new Error('stopped'));
    await expect(place?.repository.resolve('HEAD')).rejects.toThrow('stopped');
    await expect(place?.ledger.write('x', () => Promise.resolve({ decisions: [] }))).rejects.toThrow(
      'stopped',
    );
  });
});

describe('an inbox', () => {
  it('has what was dropped and left alone since', async () => {
    const { folder, source, add, drop } = servedFolder(scratchFolder());
    add('shop');
    add('other');
    drop('shop', 'session.jsonl', '{}');
    drop('shop', 'folder/part.jsonl', '{}');
    writeFileSync(join(folder, '.inbox/shop/still-copying.jsonl'), '{');
    writeFileSync(join(folder, '.inbox/shop/.on-its-way'), '{');
    const inbox = (await source.open('shop', never))?.inbox;
    // The folder around it was made just now.
    expect((await inbox?.waiting())?.map((path) => path.slice(folder.length))).toEqual([
      '/.inbox/shop/session.jsonl',
    ]);
    expect(await namesOf(source.withDropped?.(never) ?? source.list())).toEqual(['shop']);
    expect(await (await source.open('other', never))?.inbox?.waiting()).toEqual([]);
  });

  it('lays aside what is refused, with the reason beside it', async () => {
    const { folder, source, add, drop } = servedFolder(scratchFolder());
    add('shop');
    drop('shop', 'letter.txt', 'Dear all');
    const inbox = (await source.open('shop', never))?.inbox;
    await inbox?.refuse(join(folder, '.inbox/shop/letter.txt'), 'it is a letter');
    expect(await inbox?.waiting()).toEqual([]);
    const refused = join(folder, '.inbox/shop/.refused');
    expect(readdirSync(refused).sort()).toEqual(['letter.txt', 'letter.txt.reason.txt']);
    expect(readFileSync(join(refused, 'letter.txt.reason.txt'), 'utf8')).toBe('it is a letter\n');
  });

  it('removes a link, not what it leads to', async () => {
    const { folder, source, add, drop } = servedFolder(scratchFolder());
    add('shop');
    drop('shop', 'x', '');
    symlinkSync(join(folder, 'shop'), join(folder, '.inbox/shop/link'));
    const inbox = (await source.open('shop', never))?.inbox;
    await inbox?.remove(join(folder, '.inbox/shop/link'));
    expect(existsSync(join(folder, 'shop/CLAUDE.md'))).toBe(true);
  });
});
