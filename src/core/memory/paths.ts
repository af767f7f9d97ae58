/** Paths inside a repository: `/`-separated, relative to its root, the root being ''. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** A path that is written in a file of `folder`, from the root. Undefined when it leads out of the repository. */
export function resolved(folder: string, path: string): string | undefined {
  const parts = path.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Names that Windows keeps for devices, with any extension: a repository that has one cannot be checked out there. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Whether a path can name a file of the repository, written as Git writes it: no way out, nothing hidden in it. */
export function isCleanPath(path: string): boolean {
  const parts = path.split('/');
  if (
    parts.some(
      (part) => part === '' || part === '.' || part === '..' || /^\.git$/i.test(part) || device.test(part),
    )
  )
    return false;
  return path.length <= 1_024 && !/[\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^-/u.test(path);
}
