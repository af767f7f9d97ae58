/** Takes a history that no ref names any more out of a repository, as far as that is safe. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenedSite } from './open.ts';
import { gitText, runGit } from './run.ts';

export interface Remains {
  /** Other refs from which commits of the old history can be reached. */
  readonly refs: readonly string[];
  /** Objects of it that lie in pack files, where only `git gc` can take them out. */
  readonly packed: number;
}

/**
 * Empties the reflog of a ref, and deletes the loose objects that its old history had and that no ref, reflog, index
 * or worktree needs any more. Packs are the user's to rewrite: what is in them
 * is counted.
 * @param tip where the ref was before it was rewritten.
 */
export async function discardHistory(site: OpenedSite, ref: string, tip: string): Promise<Remains> {
  await runGit(site, ['reflog', 'expire', '--expire=now', '--expire-unreachable=now', ref], {
    accept: [0, 1, 255],
  });
  const refs = await refsHolding(site, tip);
  const old = await objectsOf(site, tip);
  const needed = await neededObjects(site);
  const unneeded = needed === undefined ? [] : [...old].filter((id) => !needed.has(id));
  for (const id of unneeded)
    await rm(join(site.commonDir, 'objects', id.slice(0, 2), id.slice(2)), { force: true });
  await releasePacks(site);
  for (const kept of await objectsOf(site, ref)) old.delete(kept);
  return { refs: refs.filter((name) => name !== ref), packed: await countPresent(site, [...old]) };
}

/** Every object of a history. Without `--not`, which leaves out less than it seems to when histories are unrelated. */
async function objectsOf(site: OpenedSite, revision: string): Promise<Set<string>> {
  const listed = await gitText(site, ['rev-list', '--objects', '--no-object-names', revision, '--']);
  return new Set(listed.split('\n').filter((id) => id !== ''));
}

/**
 * What `git prune` would keep. It is not asked itself, because it runs `gc.recentObjectsHook` of the repository's config.
 * @returns undefined when git cannot tell, as in a damaged repository.
 */
async function neededObjects(site: OpenedSite): Promise<ReadonlySet<string> | undefined> {
  const everything = ['--all', '--reflog', '--indexed-objects'];
  const { stdout, exitCode } = await runGit(
    site,
    ['rev-list', '--objects', '--no-object-names', ...everything],
    { accept: [0, 128] },
  );
  return exitCode === 0 ? new Set(Buffer.from(stdout).toString('latin1').split('\n')) : undefined;
}

async function refsHolding(site: OpenedSite, tip: string): Promise<readonly string[]> {
  const roots = await gitText(site, ['rev-list', '--max-parents=0', tip, '--']);
  const found = await Promise.all(
    roots
      .split('\n')
      .map((root) => gitText(site, ['for-each-ref', `--contains=${root}`, '--format=%(refname)'])),
  );
  return [...new Set(found.flatMap((names) => names.split('\n')))].filter((name) => name !== '').sort();
}

async function countPresent(site: OpenedSite, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const answers = await gitText(site, ['cat-file', '--batch-check'], {
    input: ids.map((id) => `${id}\n`).join(''),
  });
  return answers.split('\n').filter((answer) => !answer.endsWith(' missing')).length;
}

/** fast-import holds a pack by a `.keep` file while it runs; one that was killed leaves it, and `gc` would keep it forever. */
async function releasePacks(site: OpenedSite): Promise<void> {
  const folder = join(site.commonDir, 'objects', 'pack');
  const hourAgo = Date.now() - 3_600_000;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    if (!name.endsWith('.keep') || (await readFile(path, 'utf8')).trim() !== 'fast-import') continue;
    if ((await stat(path)).mtimeMs < hourAgo) await rm(path, { force: true });
  }
}
