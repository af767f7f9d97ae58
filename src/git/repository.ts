/** The repository as the pipelines see it, read and written through git plumbing. */
import type { Repository, RepositoryFacts } from '../core/dream/repository.ts';
import { readOrigins } from './blame.ts';
import { deleteBranch, writeBranch } from './branch.ts';
import { readDeletions, readIgnored, readShallow } from './facts.ts';
import { createObjectReader, readObjects, type ObjectReader } from './objects.ts';
import { readIgnoredOf } from './ignored.ts';
import { bringFiles, bringHistory, type FetchMissing } from './missing.ts';
import { isPartialClone, missingObject } from './partial.ts';
import { completeRenames } from './renames.ts';
import { openSite } from './open.ts';
import type { OpenedSite } from './open.ts';
import { gitAnswer, runGit } from './run.ts';
import { isRegularFile, listTree } from './tree.ts';
import type { TreeEntry } from './tree.ts';

export interface OpenedRepository extends Repository {
  readonly site: OpenedSite;
  /** Its one process answers all who read single objects of this repository. */
  readonly reader: ObjectReader;
  /** The user's name and e-mail as git knows them; undefined when git was not told. */
  user(): Promise<{ readonly name?: string; readonly email?: string }>;
  /** A file's text at a commit; undefined when it is not there, no regular file, or not UTF-8. */
  readFile(commit: string, path: string): Promise<string | undefined>;
}

/**
 * Opens the repository around a folder.
 * @param env the variables git may see (settings.ts).
 * @param signal ends all git that is started here when it is aborted.
 * @throws {DreamkeeperError} `repository`, with what to do (open.ts).
 */
export async function openRepository(
  folder: string,
  env: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<OpenedRepository> {
  return repositoryOf(await openSite(folder, env, signal));
}

/**
 * A repository that is known to be there.
 * @param fetchMissing brings what a partial clone lacks; without it, nothing is fetched behind a person's back.
 */
export function repositoryOf(site: OpenedSite, fetchMissing?: FetchMissing): OpenedRepository {
  const reader = createObjectReader(site);
  const tree = remember((commit) => listTree(site, commit));
  const isBelow = remember(async (range) => {
    const args = ['merge-base', '--is-ancestor', ...range.split(' ')];
    return (await runGit(site, args, { accept: [0, 1] })).exitCode === 0;
  });
  const live = remember(async (commit) => new Set((await tree(commit)).keys()));
  let askedPartial: Promise<boolean> | undefined;
  const isPartial = (): Promise<boolean> => (askedPartial ??= isPartialClone(site));
  const deletions = remember(async (commit) =>
    readDeletions(site, commit, { live: await live(commit), exactRenames: await isPartial() }),
  );
  const readFiles: Repository['readFiles'] = async (commit, matches) => {
    const files = textFiles(await tree(commit), matches);
    const paths = files.map(([path]) => path);
    if (fetchMissing !== undefined) await bringFiles(site, commit, paths, fetchMissing);
    return readTexts(site, files, reader);
  };
  const ignoredAt = async (commit: string, paths: readonly string[]): Promise<ReadonlySet<string>> =>
    site.workTree === undefined && fetchMissing !== undefined
      ? readIgnoredOf(site, paths, await readFiles(commit, isIgnoreFile))
      : readIgnored(site, paths);
  return {
    ...{ site, reader },
    readFiles,
    resolve: (revision) => reader.commit(revision),
    async currentBranch() {
      const ref = await gitAnswer(site, ['symbolic-ref', '--quiet', 'HEAD']);
      return ref?.startsWith('refs/heads/') === true ? ref.slice('refs/heads/'.length) : undefined;
    },
    async facts(commit, ask = {}): Promise<RepositoryFacts> {
      const [paths, shallow, partial] = await Promise.all([live(commit), readShallow(site), isPartial()]);
      const files = (ask.origins ?? []).filter((path) => paths.has(path));
      if (fetchMissing !== undefined) await bringHistory(site, commit, files, fetchMissing);
      // Both walk history, and take about as long.
      const [found, ignored, origins] = await Promise.all([
        deletions(commit),
        ignoredAt(commit, ask.ignored ?? []),
        readOrigins(site, commit, files, { shallow, partial }),
      ]);
      const all =
        fetchMissing === undefined
          ? { deleted: found, complete: !partial }
          : await completeRenames(site, found, { live: paths, named: ask.ignored ?? [], fetchMissing });
      const { deleted, complete } = all;
      return { head: commit, paths, deleted, shallow: !complete || shallow.size > 0, ignored, origins };
    },
    writeBranch: async (write) => writeBranch(site, write, await tree(write.base)),
    deleteBranch: (branch, expected) => deleteBranch(site, branch, expected),
    async isAncestor(commit, descendant) {
      const ids = await Promise.all([reader.commit(commit), reader.commit(descendant)]);
      const known = ids.filter((id) => id !== undefined);
      return known.length === 2 && isBelow(known.join(' '));
    },
    async readFile(commit, path) {
      const [file] = await readFiles(commit, (candidate) => candidate === path);
      return file?.text;
    },
    async user() {
      const asked = ['config', '-z', '--get-regexp', '^user\\.(name|email)$'];
      const answer = (await gitAnswer(site, asked, { as: 'user' })) ?? '';
      // Of several, the last one counts.
      const settings = new Map(answer.split('\0').map(keyAndValue));
      const name = site.env.GIT_AUTHOR_NAME ?? settings.get('user.name');
      const email = site.env.GIT_AUTHOR_EMAIL ?? settings.get('user.email');
      return { ...(name ? { name } : {}), ...(email ? { email } : {}) };
    },
  };
}

/** A setting as `git config -z` prints it; one without a value is its name alone. */
function keyAndValue(field: string): readonly [string, string] {
  const [key = '', ...value] = field.split('\n');
  return [key, value.join('\n')];
}

/** How the file begins that Git LFS keeps in a file's place. */
const lfsPointer = 'version https://git-lfs.github.com/spec/';

const isIgnoreFile = (path: string): boolean => path === '.gitignore' || path.endsWith('/.gitignore');

function textFiles(
  tree: ReadonlyMap<string, TreeEntry>,
  matches: (path: string) => boolean,
): [string, TreeEntry][] {
  const wanted = [...tree].filter(([path, entry]) => isRegularFile(entry) && matches(path));
  return wanted.sort(([a], [b]) => (a < b ? -1 : 1));
}

async function readTexts(
  site: OpenedSite,
  wanted: readonly (readonly [string, TreeEntry])[],
  reader: ObjectReader,
): Promise<readonly { path: string; text: string }[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const files: { path: string; text: string }[] = [];
  let next = 0;
  for await (const object of readObjects(
    site,
    wanted.map(([, entry]) => entry.id),
    reader,
  )) {
    const path = wanted[next++]?.[0];
    if (path === undefined) continue;
    // Taken for absent, it would be written over.
    if (object.data === undefined) throw await missingObject(site, path);
    try {
      const text = decoder.decode(object.data);
      // The text is elsewhere: an edit of the pointer would lose it.
      if (!text.startsWith(lfsPointer)) files.push({ path, text });
    } catch {
      // Not UTF-8: no text that an edit could address.
    }
  }
  return files;
}

/** Commits never change, so what was read of them is kept; failures are not. */
function remember<T>(read: (commit: string) => Promise<T>): (commit: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (commit) => {
    const found = known.get(commit) ?? read(commit);
    known.set(commit, found);
    found.catch(() => known.delete(commit));
    return found;
  };
}
