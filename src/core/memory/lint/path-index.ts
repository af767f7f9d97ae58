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
  const all = new Set<string>();
  for (const path of paths) {
    for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) {
      const part = path.slice(0, at);
      // Whoever added this folder added those above it.
      if (all.has(part)) break;
      all.add(part);
    }
  }
  const byName = new Map<string, string[]>();
  for (const path of all) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [path]);
    else same.push(path);
  }
  const index: PathIndex = {
    has: (path) => path === '' || all.has(path),
    endingIn: (path) => {
      const candidates = byName.get(path.slice(path.lastIndexOf('/') + 1)) ?? [];
      return candidates.filter((each) => each === path || each.endsWith(`/${path}`));
    },
  };
  indexes.set(paths, index);
  return index;
}
