/** Which files are memory. */
import picomatch from 'picomatch/posix.js';

const never = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/i;

/**
 * @param patterns globs relative to the repository; a pattern that starts with `!` takes away
 * @returns a test for `/`-separated paths. Dotfiles match like others; nothing in `.git` or `node_modules` does.
 */
export function memoryMatcher(patterns: readonly string[]): (path: string) => boolean {
  const included = patterns.filter((pattern) => !pattern.startsWith('!'));
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const options = { dot: true, nonegate: true };
  const matches = picomatch(included, options);
  const leavesOut = excluded.length === 0 ? () => false : picomatch(excluded, options);
  return (path) => !never.test(path) && matches(path) && !leavesOut(path);
}
