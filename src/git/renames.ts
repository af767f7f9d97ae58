/**
 * Tells renamed from deleted where a copy has no old contents: in the few commits that took away what memory names, the
 * contents are brought and compared. Of all else the answer rests on names and ids alone.
 */
import type { Deletion } from '../core/dream/repository.ts';
import { withFinalName } from './facts.ts';
import { bringChanges, renamesIn, type FetchMissing } from './missing.ts';
import type { GitSite } from './run.ts';

/** A file is renamed a few times in its life; more rounds than this mean that something is wrong. */
const mostRounds = 8;
/** Memory names dozens of paths that are gone, not thousands. */
const mostCommits = 300;

export interface RenameQuestion {
  /** The paths at the commit. */
  readonly live: ReadonlySet<string>;
  /** Paths as memory writes them: whole, or the end of one, of files and of folders. */
  readonly named: readonly string[];
  readonly fetchMissing: FetchMissing;
}

/**
 * @param deleted by path, as names and ids tell it (facts.ts).
 * @returns the same with the renames of changed files, as far as they concern what is named; `complete` when nothing of
 * that stayed open.
 */
export async function completeRenames(
  site: GitSite,
  deleted: ReadonlyMap<string, Deletion>,
  { live, named, fetchMissing }: RenameQuestion,
): Promise<{ readonly deleted: ReadonlyMap<string, Deletion>; readonly complete: boolean }> {
  const all = new Map(deleted);
  const open = new Set(concerned(all.keys(), goneNames(named, live)));
  const seen = new Set<string>();
  for (let round = 0; round < mostRounds; round += 1) {
    follow(open, all, live);
    const taken = [...open].flatMap((path) => commitThatTook(all.get(path)) ?? []);
    const next = [...new Set(taken)].filter((commit) => !seen.has(commit));
    if (next.length === 0) return { deleted: withFinalNames(all, live), complete: true };
    if (seen.size + next.length > mostCommits) break;
    for (const commit of next) seen.add(commit);
    const brought = await bringChanges(site, next, fetchMissing);
    // Of a commit that changed too much to be compared, nothing is claimed.
    for (const path of open) if (isUnknown(commitThatTook(all.get(path)), next, brought)) all.delete(path);
    for (const { commit, from, to } of await renamesIn(site, [...brought])) {
      const known = all.get(from);
      if (known?.commit === commit) all.set(from, { ...known, renamedTo: to });
    }
  }
  return { deleted: withFinalNames(all, live), complete: false };
}

/** Where something went to may be gone in its turn. A set grows while it is walked. */
function follow(open: Set<string>, all: ReadonlyMap<string, Deletion>, live: ReadonlySet<string>): void {
  for (const path of open) {
    const to = all.get(path)?.renamedTo;
    if (to !== undefined && !live.has(to)) open.add(to);
  }
}

/** Undefined when it is known what became of the path. */
function commitThatTook(deletion: Deletion | undefined): string | undefined {
  return deletion?.renamedTo === undefined ? deletion?.commit : undefined;
}

function isUnknown(
  commit: string | undefined,
  asked: readonly string[],
  brought: ReadonlySet<string>,
): boolean {
  return commit !== undefined && asked.includes(commit) && !brought.has(commit);
}

function withFinalNames(all: ReadonlyMap<string, Deletion>, live: ReadonlySet<string>) {
  return new Map([...all].map(([path, deletion]) => [path, withFinalName(deletion, all, live)]));
}

/** Named paths of which nothing that lives is the whole, the end, or a folder. */
function goneNames(named: readonly string[], live: ReadonlySet<string>): readonly string[] {
  const names = new Set(named.map(plainName).filter((name) => name !== ''));
  const byFirst = new Map<string, string[]>();
  for (const name of names) {
    const [first = ''] = name.split('/');
    byFirst.set(first, [...(byFirst.get(first) ?? []), name]);
  }
  for (const path of live) {
    for (const segment of new Set(path.split('/')))
      for (const name of byFirst.get(segment) ?? []) if (holds(path, name)) names.delete(name);
  }
  return [...names];
}

function concerned(paths: Iterable<string>, names: readonly string[]): string[] {
  return [...paths].filter((path) => names.some((name) => holds(path, name)));
}

/** Whether the name is the path, its end, or a folder that it is in. */
function holds(path: string, name: string): boolean {
  return `/${path}/`.includes(`/${name}/`);
}

/** Without what leads out of or into a folder: `../src/a.ts`, `./src/`, `/src`. */
function plainName(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');
}
