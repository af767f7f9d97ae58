/** Brings what a copy without contents lacks, in as few requests as can be: what is about to be read, all at once. */
import { runGit, splitNul, type GitSite } from './run.ts';

/** Has objects sent; whoever made the copy knows from where (src/github). Ids come from git. */
export type FetchMissing = (ids: readonly string[]) => Promise<void>;

/** File names are compared as they are. */
const literal = { GIT_LITERAL_PATHSPECS: '1' };

/** Contents of files at a commit. */
export async function bringFiles(
  site: GitSite,
  commit: string,
  paths: readonly string[],
  fetch: FetchMissing,
): Promise<void> {
  await bring(site, [`${commit}^{tree}`], paths, fetch);
}

/**
 * All contents that blame reads of files: every version of them, under the names they had before too. A file that was
 * renamed and changed at once is found as git finds it, in the commit that made its new name.
 */
export async function bringHistory(
  site: GitSite,
  commit: string,
  paths: readonly string[],
  fetch: FetchMissing,
): Promise<void> {
  const known = new Set(paths);
  const seen = new Set<string>();
  for (let names = [...paths]; names.length > 0;) {
    await bring(site, [commit], names, fetch);
    const commits = (await commitsAdding(site, commit, names)).filter((id) => !seen.has(id));
    for (const id of commits) seen.add(id);
    const brought = await bringChanges(site, commits, fetch);
    const renames = await renamesIn(site, [...brought]);
    names = renames.filter(({ to, from }) => known.has(to) && !known.has(from)).map(({ from }) => from);
    for (const name of names) known.add(name);
  }
}

/** Beyond this git compares nothing (`-l400`, facts.ts), and so much is not fetched. */
const mostPairs = 400 * 400;
const mostChanges = 1_000;

/**
 * What finding the renames of commits reads: the contents that each took away and added.
 * @returns the commits of which it is all there; of those that changed too much nothing is brought.
 */
export async function bringChanges(
  site: GitSite,
  commits: readonly string[],
  fetch: FetchMissing,
): Promise<ReadonlySet<string>> {
  const found = new Map(commits.map((commit) => [commit, { added: 0, deleted: 0, paths: [] as string[] }]));
  for (const { commit, status, path } of await changesOf(site, commits)) {
    const change = found.get(commit);
    if (change === undefined) continue;
    if (status === 'A') change.added += 1;
    else change.deleted += 1;
    change.paths.push(path);
  }
  const able = [...found].filter(
    ([, { added, deleted, paths }]) => added * deleted <= mostPairs && paths.length <= mostChanges,
  );
  // Where nothing was added, or nothing taken away, nothing was renamed.
  const comparing = able.filter(([, { added, deleted }]) => added > 0 && deleted > 0);
  const trees = comparing.flatMap(([commit]) => [`${commit}^{tree}`, `${commit}^1^{tree}`]);
  const paths = comparing.flatMap(([, change]) => change.paths);
  if (trees.length > 0) await bring(site, trees, [...new Set(paths)], fetch);
  return new Set(able.map(([commit]) => commit));
}

export interface Rename {
  readonly commit: string;
  readonly from: string;
  readonly to: string;
}

/** @param commits whose changes are all here (bringChanges). */
export async function renamesIn(site: GitSite, commits: readonly string[]): Promise<readonly Rename[]> {
  const flags = ['--diff-filter=R', '--find-renames', '-l400', '--name-status'];
  const fields = await diffTree(site, commits, flags);
  const renames: Rename[] = [];
  let commit = '';
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? '';
    if (isCommit(field)) commit = field;
    else renames.push({ commit, from: fields[++at] ?? '', to: fields[++at] ?? '' });
  }
  return renames;
}

/** What each commit took away or added, exact renames left out: those are plain without contents. */
async function changesOf(site: GitSite, commits: readonly string[]) {
  const flags = ['--diff-filter=AD', '--find-renames=100%', '-l400', '--name-status'];
  const fields = await diffTree(site, commits, flags);
  const changes: { readonly commit: string; readonly status: string; readonly path: string }[] = [];
  let commit = '';
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? '';
    if (isCommit(field)) commit = field;
    else changes.push({ commit, status: field, path: fields[++at] ?? '' });
  }
  return changes;
}

/** No status is as long as an id. */
const isCommit = (field: string): boolean => /^[0-9a-f]{40,64}$/.test(field);

async function diffTree(
  site: GitSite,
  commits: readonly string[],
  flags: readonly string[],
): Promise<readonly string[]> {
  if (commits.length === 0) return [];
  const plain = ['-r', '-z', '--root', '--no-ext-diff', '--no-textconv'];
  const { stdout } = await runGit(site, ['diff-tree', '--stdin', ...plain, ...flags], {
    input: commits.map((commit) => `${commit}\n`).join(''),
  });
  return splitNul(stdout);
}

async function commitsAdding(
  site: GitSite,
  commit: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const { stdout } = await runGit(
    site,
    ['log', '-z', '--format=%H', '--diff-filter=A', '--no-renames', '--full-history', '--stdin'],
    { input: walk([commit], paths), env: literal },
  );
  return [...new Set(splitNul(stdout))];
}

async function bring(
  site: GitSite,
  revisions: readonly string[],
  paths: readonly string[],
  fetch: FetchMissing,
): Promise<void> {
  if (paths.length === 0) return;
  const { stdout } = await runGit(
    site,
    ['rev-list', '--objects', '--full-history', '--missing=print', '--stdin'],
    {
      input: walk(revisions, paths),
      env: literal,
    },
  );
  const ids = Buffer.from(stdout)
    .toString('utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : []));
  if (ids.length > 0) await fetch(ids);
}

/** Names with line breaks cannot be asked for; no memory file has one that counts. */
function walk(revisions: readonly string[], paths: readonly string[]): string {
  const lines = [...revisions, '--', ...paths.filter((path) => !path.includes('\n'))];
  return `${lines.join('\n')}\n`;
}
