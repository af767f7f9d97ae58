/** Sources for parsers made of text, without a disk. */
import { posix } from 'node:path';
import type { Line, Source } from '../../src/core/sessions/format.ts';

const headBytes = 64 * 1024;

/** One file with nothing beside it. */
export function sourceOf(text: string, path = 'session.jsonl'): Source {
  return sourceIn({ [path]: text }, path);
}

/** One file of a tree: `files` maps `/`-separated paths to their text. */
export function sourceIn(
  files: Readonly<Record<string, string>>,
  path: string,
  options: { readonly modifiedAt?: string } = {},
): Source {
  const text = files[path];
  if (text === undefined) throw new Error(`no file ${path} among ${Object.keys(files).join(', ')}`);
  const folder = posix.dirname(path);
  return {
    path,
    ...(options.modifiedAt === undefined ? {} : { modifiedAt: options.modifiedAt }),
    head: () => Promise.resolve(Buffer.from(text).subarray(0, headBytes).toString('utf8')),
    lines: () => linesOf(text),
    text: () => Promise.resolve(text),
    sibling(relative) {
      const target = posix.normalize(posix.join(folder, relative));
      return Promise.resolve(files[target] === undefined ? undefined : sourceIn(files, target, options));
    },
    siblings(relative) {
      const parent = posix.normalize(posix.join(folder, relative));
      const inside = Object.keys(files).filter((file) => posix.dirname(file) === parent);
      return Promise.resolve(inside.map((file) => posix.relative(folder, file)).toSorted(byCodeUnit));
    },
    folders(relative) {
      const parent = posix.normalize(posix.join(folder, relative));
      const below = Object.keys(files).filter((file) => posix.dirname(file).startsWith(`${parent}/`));
      const names = new Set(below.map((file) => file.slice(parent.length + 1).split('/')[0] ?? ''));
      const paths = Array.from(names, (name) => posix.relative(folder, posix.join(parent, name)));
      return Promise.resolve(paths.toSorted(byCodeUnit));
    },
  };
}

async function* linesOf(text: string): AsyncGenerator<Line> {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  for (const [index, line] of lines.entries()) yield await Promise.resolve({ number: index + 1, text: line });
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** JSON Lines from values. */
export function jsonl(...rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
