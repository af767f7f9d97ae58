/** Paths as the repository names them, from paths as an agent's machine names them. */

/**
 * Cuts the session's working folder off a path. A path outside it that is absolute keeps its last three parts, which
 * is what memory could name it by.
 */
export function repositoryPath(cwd: string | undefined, path: string): string {
  const plain = path.replaceAll('\\', '/').replace(/^file:\/\//, '');
  const root = cwd?.replaceAll('\\', '/').replace(/\/+$/, '');
  if (root !== undefined && root !== '' && plain.startsWith(`${root}/`)) return plain.slice(root.length + 1);
  if (plain === root) return '.';
  if (/^(?:\/|~\/|[A-Za-z]:\/)/.test(plain)) return plain.split('/').filter(Boolean).slice(-3).join('/');
  return plain.replace(/^(?:\.\/)+/, '');
}
