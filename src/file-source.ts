/** One file on disk as a transcript to parse: read in streams, and never outside the folder that was handed in. */
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Source } from './core/sessions/format.ts';
import { UnusableTranscriptError } from './core/sessions/format.ts';
import { readLines } from './lines.ts';

const mebibyte = 2 ** 20;
const headBytes = 64 * 1_024;
const mostLineBytes = 32 * mebibyte;
const mostDocumentBytes = 64 * mebibyte;
/** What a compressed file may unfold to; text of agents shrinks by less than 20, a bomb by 1,000. */
const mostUnfoldedBytes = 2_048 * mebibyte;

/**
 * @param root the folder that was handed in, absolute and real; nothing outside it is read.
 * @param file absolute, inside the root.
 */
export async function fileSource(root: string, file: string): Promise<Source> {
  const { mtime } = await lstat(file);
  const folder = dirname(file);
  let head: Promise<string> | undefined;
  return {
    path: relative(root, file).split(sep).join('/'),
    modifiedAt: mtime.toISOString(),
    head: () => (head ??= readHead(file)),
    lines: () => readLines(chunksOf(file), mostLineBytes),
    text: () => readDocument(file),
    async sibling(path) {
      const target = resolve(folder, path);
      return (await isInside(root, target, 'file')) ? fileSource(root, target) : undefined;
    },
    async siblings(path) {
      const target = resolve(folder, path);
      if (!(await isInside(root, target, 'folder'))) return [];
      const entries = await readdir(target, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(target, entry.name)).split(sep).join('/'))
        .sort();
    },
    async folders(path) {
      const target = resolve(folder, path);
      if (!(await isInside(root, target, 'folder'))) return [];
      const entries = await readdir(target, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory())
        .map((entry) => relative(folder, join(target, entry.name)).split(sep).join('/'))
        .sort();
    },
  };
}

async function isInside(root: string, target: string, kind: 'file' | 'folder'): Promise<boolean> {
  if (target.includes('\0')) return false;
  try {
    const real = await realpath(target);
    if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) return false;
    const found = await lstat(target);
    return kind === 'file' ? found.isFile() : found.isDirectory();
  } catch {
    return false;
  }
}

async function readHead(file: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(file, headBytes)) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= headBytes) break;
  }
  // `stream` leaves out a character that the cut goes through.
  return new TextDecoder().decode(Buffer.concat(parts).subarray(0, headBytes), { stream: size >= headBytes });
}

async function readDocument(file: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(file)) {
    parts.push(chunk);
    size += chunk.length;
    if (size > mostDocumentBytes)
      throw new UnusableTranscriptError(
        `the file is one document of more than ${mostDocumentBytes / mebibyte} MiB`,
      );
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

/** The file as UTF-8, unfolded and recoded where it must be. */
async function* chunksOf(file: string, chunkBytes = 256 * 1_024): AsyncGenerator<Uint8Array> {
  let recode: ((chunk: Uint8Array) => Uint8Array) | undefined;
  let first = true;
  for await (const chunk of unfolded(file, chunkBytes)) {
    if (first) recode = recoderFor(chunk);
    first = false;
    yield recode === undefined ? chunk : recode(chunk);
  }
}

/** UTF-16 says so by its byte order mark; PowerShell writes it when output is redirected. */
function recoderFor(start: Uint8Array): ((chunk: Uint8Array) => Uint8Array) | undefined {
  const mark = ((start[0] ?? 0) << 8) | (start[1] ?? 0);
  if (mark !== 0xfffe && mark !== 0xfeff) return undefined;
  const decoder = new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be');
  return (chunk) => Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
}

async function* unfolded(file: string, chunkBytes: number): AsyncGenerator<Uint8Array> {
  // No link is followed and no pipe is waited for, whatever has taken the file's place since it was listed.
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const bytes = handle.createReadStream({ highWaterMark: chunkBytes });
  if (!file.endsWith('.gz')) {
    yield* bytes as AsyncIterable<Uint8Array>;
    return;
  }
  let size = 0;
  try {
    for await (const chunk of pipeline(bytes, createGunzip(), () => undefined) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > mostUnfoldedBytes)
        throw new UnusableTranscriptError(
          `the file unfolds to more than ${mostUnfoldedBytes / mebibyte} MiB`,
        );
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new UnusableTranscriptError(`the file is no gzip file, or a damaged one: ${error.message}`);
    throw error;
  }
}
