/** What the ignore files of a bare repository cover: they are laid out where git can look at them, and nothing else is. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readIgnored } from './facts.ts';
import type { OpenedSite } from './open.ts';
import { requireSafePath } from './path.ts';

/** @param ignoreFiles every `.gitignore` of the commit. */
export async function readIgnoredOf(
  site: OpenedSite,
  paths: readonly string[],
  ignoreFiles: readonly { readonly path: string; readonly text: string }[],
): Promise<ReadonlySet<string>> {
  if (paths.length === 0 || ignoreFiles.length === 0) return new Set();
  const workTree = await mkdtemp(join(tmpdir(), 'dreamkeeper-ignored-'));
  try {
    for (const { path, text } of ignoreFiles) {
      requireSafePath(path);
      await mkdir(dirname(join(workTree, path)), { recursive: true });
      await writeFile(join(workTree, path), text);
    }
    return await readIgnored({ ...site, workTree }, paths);
  } finally {
    await rm(workTree, { recursive: true, force: true });
  }
}
