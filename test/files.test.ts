import { execFileSync } from 'node:child_process';
import { chmodSync, createWriteStream, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Line, Source } from '../src/core/sessions/format.ts';
import { isSource, openSources } from '../src/files.ts';
import type { Unreadable } from '../src/files.ts';
import { scratchFolder } from './support/repository.ts';

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = scratchFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const found = (...given: readonly string[]) => collect(openSources(given));

const paths = (all: readonly (Source | Unreadable)[]) => all.filter(isSource).map(({ path }) => path);
const refused = (all: readonly (Source | Unreadable)[]) => all.filter((item) => !isSource(item));

async function only(...given: readonly string[]): Promise<Source> {
  const first = (await found(...given)).find(isSource);
  if (first === undefined) throw new Error('no source');
  return first;
}

const linesOf = (source: Source): Promise<Line[]> => collect(source.lines());

describe('openSources', () => {
  it('finds all files, sorted by code unit, without what git and npm keep', async () => {
    const folder = folderOf({
      'b.jsonl': '',
      'B.jsonl': '',
      'a/z.jsonl': '',
      'a/.hidden': '',
      'a b/"\n.jsonl': '',
      '-n': '',
      ä: '',
      '.git/config': '',
      'x/node_modules/y.jsonl': '',
    });
    expect(paths(await found(folder))).toEqual([
      '-n',
      'B.jsonl',
      'a/.hidden',
      'a/z.jsonl',
      'a b/"\n.jsonl',
      'b.jsonl',
      'ä',
    ]);
  });

  it('takes files and folders, relative to where the person is', async () => {
    const folder = folderOf({ 'in/a.jsonl': '1', 'b.jsonl': '2' });
    expect(paths(await collect(openSources(['b.jsonl', './in'], folder)))).toEqual(['b.jsonl', 'a.jsonl']);
  });

  it('follows no symlink out of what was handed in', async () => {
    const outside = folderOf({ 'secret.txt': 'secret' });
    const folder = folderOf({ 'inside.jsonl': 'x' });
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'a'));
    symlinkSync(outside, join(folder, 'b'));
    symlinkSync('nowhere', join(folder, 'c'));
    symlinkSync('inside.jsonl', join(folder, 'd'));
    symlinkSync('.', join(folder, 'loop'));
    const all = await found(folder);
    expect(paths(all)).toEqual(['inside.jsonl']);
    expect(refused(all).map(({ path }) => path)).toEqual(['a', 'b', 'c']);
    const source = await only(folder);
    for (const path of ['a', 'b/secret.txt', '../x', '/etc/passwd', 'no', '', '.', 'x\0y'])
      expect(await source.sibling(path), path).toBeUndefined();
    expect(await source.siblings('b')).toEqual([]);
    expect(await source.siblings('..')).toEqual([]);
  });

  it('takes what was handed in itself, also through a symlink', async () => {
    const folder = folderOf({ 'a.jsonl': 'x' });
    symlinkSync(folder, `${folder}-link`);
    expect(paths(await found(`${folder}-link`))).toEqual(['a.jsonl']);
    execFileSync('rm', [`${folder}-link`]);
  });

  it('waits for no pipe and names what cannot be read', async () => {
    const folder = folderOf({ 'locked/a.jsonl': 'x' });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    chmodSync(join(folder, 'locked'), 0);
    const all = await found(folder, '/no/such/path', 'a\0b', '/dev/null');
    const reasons = refused(all).map((item) => ('reason' in item ? `${item.path}: ${item.reason}` : ''));
    expect(reasons).toContain('pipe: it is no regular file');
    expect(reasons).toContain('/no/such/path: there is no such file or folder');
    expect(reasons).toContain('/dev/null: it is neither a file nor a folder');
    expect(reasons).toHaveLength(process.getuid?.() === 0 ? 4 : 5);
    chmodSync(join(folder, 'locked'), 0o755);
  });

  it('knows what lies beside a file', async () => {
    const folder = folderOf({ 's/a.json': '1', 's/b.json': '2', 'm/c.json': '3', 's/deep/d.json': '4' });
    const [first] = (await found(folder)).filter(isSource).filter(({ path }) => path === 's/a.json');
    expect(await first?.siblings('.')).toEqual(['a.json', 'b.json']);
    expect(await first?.siblings('../m')).toEqual(['../m/c.json']);
    expect(await (await first?.sibling('../m/c.json'))?.text()).toBe('3');
  });
});

describe('reading', () => {
  it('gives lines without their ends, whatever the ends', async () => {
    const folder = folderOf({ a: '\ufeffone\r\ntwo\n\nfour' });
    const texts = (await linesOf(await only(folder))).map(({ number, text }) => `${number} ${text}`);
    expect(texts).toEqual(['1 one', '2 two', '3 ', '4 four']);
  });

  it('reads UTF-16 that says so', async () => {
    const text = '{"a":"Größe 漢字 😀"}\nzwei\n';
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      const source = await only(folderOf({ a: bytes }));
      expect(await source.text()).toBe(text);
      expect((await linesOf(source)).map((line) => line.text)).toEqual(['{"a":"Größe 漢字 😀"}', 'zwei']);
      expect(await source.head()).toBe(text);
    }
  });

  it('cuts the head at a whole character', async () => {
    const source = await only(folderOf({ a: `x${'ä'.repeat(40_000)}` }));
    expect(await source.head()).toBe(`x${'ä'.repeat(32_767)}`);
  });

  it('reads gzip, and stops at what is none', async () => {
    const folder = folderOf({
      'a.gz': gzipSync('one\ntwo\n'),
      'b.gz': 'no gzip',
      'c.gz': gzipSync('x'.repeat(9_999)).subarray(0, 30),
    });
    const [good, bad, cut] = (await found(folder)).filter(isSource);
    expect(await good?.text()).toBe('one\ntwo\n');
    await expect(bad?.head()).rejects.toThrow(/gzip/);
    await expect(cut?.text()).rejects.toThrow(/gzip/);
  });

  it('does not grow with a file, nor with a line of it', { timeout: 60_000 }, async () => {
    const folder = scratchFolder();
    const out = createWriteStream(join(folder, 'long.jsonl'));
    const block = 'x'.repeat(1 << 20);
    for (let i = 0; i < 200; i += 1) if (!out.write(block)) await once(out, 'drain');
    out.end('\n{"last":1}\n');
    await once(out, 'close');
    const source = await only(folder);
    const before = process.memoryUsage().rss;
    const lines = await linesOf(source);
    expect(lines).toEqual([
      { number: 1, text: '', oversize: 200 << 20 },
      { number: 2, text: '{"last":1}' },
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20);
    await expect(source.text()).rejects.toThrow(/64 MiB/);
  });
});
