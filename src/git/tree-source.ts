/** A file of a commit as a transcript to parse, and what lies beside it there. Nothing is checked out. */
import { posix } from 'node:path';
import type { Source } from '../core/sessions/format.ts';
import { UnusableTranscriptError } from '../core/sessions/format.ts';
import { readLines } from '../lines.ts';

const mebibyte = 2 ** 20;
const headBytes = 64 * 1_024;
const mostLineBytes = 32 * mebibyte;
const mostFileBytes = 64 * mebibyte;

export interface TreeFiles {
  /** All files that may be read. */
  readonly paths: ReadonlySet<string>;
  /** @param path one of them. @returns undefined when it cannot be had. */
  readonly read: (path: string) => Promise<Buffer | undefined>;
}

/** @param path one of the files. */
export function treeSource(files: TreeFiles, path: string): Source {
  const folder = posix.dirname(path);
  const data = async (): Promise<Buffer> => {
    const found = await files.read(path);
    if (found === undefined) throw new UnusableTranscriptError('the file cannot be read from the repository');
    if (found.length > mostFileBytes)
      throw new UnusableTranscriptError(`the file is larger than ${mostFileBytes / mebibyte} MiB`);
    return found;
  };
  return {
    path,
    async head() {
      const bytes = await data();
      // `stream` leaves out a character that the cut goes through.
      return new TextDecoder().decode(bytes.subarray(0, headBytes), { stream: bytes.length > headBytes });
    },
    async *lines() {
      yield* readLines(once(await data()), mostLineBytes);
    },
    text: async () => new TextDecoder().decode(await data()),
    sibling(relative) {
      const target = posix.normalize(posix.join(folder, relative));
      return Promise.resolve(files.paths.has(target) ? treeSource(files, target) : undefined);
    },
    siblings: (relative) => Promise.resolve(filesBeside(files, folder, relative)),
    folders: (relative) => Promise.resolve(foldersBeside(files, folder, relative)),
  };
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

function filesBeside({ paths }: TreeFiles, folder: string, relative: string): readonly string[] {
  const parent = posix.normalize(posix.join(folder, relative));
  const inside = [...paths].filter((path) => posix.dirname(path) === parent);
  return inside.map((path) => posix.relative(folder, path)).sort();
}

function foldersBeside({ paths }: TreeFiles, folder: string, relative: string): readonly string[] {
  const parent = posix.normalize(posix.join(folder, relative));
  const prefix = parent === '.' ? '' : `${parent}/`;
  const names = new Set<string>();
  for (const path of paths) {
    const [name, ...below] = path.startsWith(prefix) ? path.slice(prefix.length).split('/') : [];
    if (name !== undefined && below.length > 0) names.add(name);
  }
  return [...names].map((name) => posix.relative(folder, posix.join(parent, name))).sort();
}
