import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Source } from '../../src/core/sessions/format.ts';
import { sourceIn } from './source.ts';

const folder = resolve(import.meta.dirname, '../core/sessions/fixtures');

/** A transcript of the project's own, by its path below `test/core/sessions/fixtures`, with what lies in its format's folder. */
export function fixture(path: string): Source {
  const format = path.split('/')[0] ?? '';
  const files = readdirSync(join(folder, format), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  return sourceIn(
    Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')])),
    path,
  );
}
