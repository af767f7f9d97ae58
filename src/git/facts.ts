/** What the repository says about paths: what is there, what was deleted and when, what is ignored. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deletion } from '../core/dream/repository.ts';
import type { OpenedSite } from './open.ts';
import { gitText, runGit, splitNul } from './run.ts';

/** How far back deletions are looked for: enough for years of most repositories, and a bound on the largest. */
const mostCommits = 20_000;

/**
 * @param live the paths at the commit; what is live now is not deleted.
 * @param exactRenames follow renames of unchanged files only, which takes no content: a partial clone has none.
 * @returns by path, the newest deletion or rename; for a rename, the name it has now where the chain leads to one.
 */
export async function readDeletions(
  site: OpenedSite,
  commit: string,
  { live, exactRenames }: { readonly live: ReadonlySet<string>; readonly exactRenames: boolean },
): Promise<ReadonlyMap<string, Deletion>> {
  const cut = await gitText(site, ['rev-list', `--skip=${mostCommits}`, '--max-count=1', commit]);
  const { stdout } = await runGit(site, [
    'log',
    '-z',
    '--format=%x01%H %ct',
    '--diff-filter=DR',
    '--name-status',
    exactRenames ? '--find-renames=100%' : '--find-renames',
    '-l400',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    commit,
    ...(cut === '' ? [] : [`^${cut}`]),
    '--',
  ]);
  const all = parseLog(splitNul(stdout));
  return new Map(
    [...all]
      .filter(([path]) => !live.has(path))
      .map(([path, deletion]) => [path, withFinalName(deletion, all, live)]),
  );
}

/** Fields: `\x01<commit> <seconds>`, then `D`, path or `R<n>`, old, new; the first status follows a line break. */
function parseLog(fields: readonly string[]): Map<string, Deletion> {
  const deletions = new Map<string, Deletion>();
  let commit = '';
  let at = '';
  for (let i = 0; i < fields.length; i += 1) {
    const field = (fields[i] ?? '').replace(/^\n/, '');
    if (field.startsWith('\x01')) {
      const [id = '', seconds = '0'] = field.slice(1).split(' ');
      commit = id;
      at = new Date(Number(seconds) * 1_000).toISOString();
    } else if (field === 'D' || field.startsWith('R')) {
      const path = fields[++i] ?? '';
      const renamedTo = field === 'D' ? undefined : fields[++i];
      // Newest first: what was deleted again later is already there.
      if (!deletions.has(path))
        deletions.set(path, { commit, at, ...(renamedTo === undefined ? {} : { renamedTo }) });
    }
  }
  return deletions;
}

/** @returns the deletion with the name that the file has now, where the chain of renames leads to one. */
export function withFinalName(
  deletion: Deletion,
  all: ReadonlyMap<string, Deletion>,
  live: ReadonlySet<string>,
): Deletion {
  let name = deletion.renamedTo;
  for (let step = 0; name !== undefined && !live.has(name) && step < 20; step += 1) {
    name = all.get(name)?.renamedTo;
  }
  return name === undefined ? deletion : { ...deletion, renamedTo: name };
}

/**
 * Of the paths given, those that the repository's own ignore files cover (not those of the user's machine).
 * Nothing is ignored in a bare repository, whose ignore files lie in no working tree.
 */
export async function readIgnored(site: OpenedSite, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const askable = paths.filter((path) => path !== '' && !path.includes('\0') && !path.startsWith('/'));
  if (site.workTree === undefined || askable.length === 0) return new Set();
  return new Set(await checkIgnore(site, askable));
}

/**
 * git refuses the whole list for one path that leaves the tree or lies behind a symlink: halves find it. The index is
 * left out: git would go through all of it for each path.
 */
async function checkIgnore(site: OpenedSite, paths: readonly string[]): Promise<readonly string[]> {
  const { stdout, exitCode } = await runGit(
    site,
    ['-c', 'core.excludesFile=', 'check-ignore', '--no-index', '--stdin', '-z'],
    { input: paths.map((path) => `${path}\0`).join(''), accept: [0, 1, 128] },
  );
  if (exitCode !== 128) return splitNul(stdout);
  if (paths.length === 1) return [];
  const half = Math.ceil(paths.length / 2);
  return [
    ...(await checkIgnore(site, paths.slice(0, half))),
    ...(await checkIgnore(site, paths.slice(half))),
  ];
}

/** The commits at which a shallow clone was cut off; empty when all of history is here. */
export async function readShallow(site: OpenedSite): Promise<ReadonlySet<string>> {
  const text = await readFile(join(site.commonDir, 'shallow'), 'utf8').catch(() => '');
  return new Set(text.split('\n').filter((line) => line !== ''));
}
