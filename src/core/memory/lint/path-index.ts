/** Files and folders of a repository, found by how their paths end. */

export interface PathIndex {
  /** Whether this is a file or a folder, from the root. */
  readonly has: (path: string) => boolean;
  /** Files and folders that are this path or end in it: `common.go` finds `cmd/common.go`. */
  readonly endingIn: (path: string) => readonly string[];
}

const indexes = new WeakMap<ReadonlySet<string>, PathIndex>();

/** Built once for a set of paths, in time linear in their lengths. */
export function pathIndex(paths: ReadonlySet<string>): PathIndex {
  const known = indexes.get(paths);
  if (known !== undefined) return known;
  const folders = foldersOf(paths);
  let byName: ReadonlyMap<string, readonly string[]> | undefined;
  const index: PathIndex = {
    has: (path) => path === '' || paths.has(path) || folders.has(path),
    endingIn: (path) => {
      byName ??= namesOf([...paths, ...folders]);
      const candidates = byName.get(nameOf(path)) ?? [];
      return candidates.filter((each) => each === path || each.endsWith(`/${path}`));
    },
  };
  indexes.set(paths, index);
  return index;
}

function foldersOf(paths: ReadonlySet<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      // Whoever added this folder added those above it.
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

function namesOf(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const name = nameOf(path);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [path]);
    else same.push(path);
  }
  return byName;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
