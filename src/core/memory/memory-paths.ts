/** Which files are memory. */
import picomatch from 'picomatch/posix.js';

/** Whatever a config says: Git's own files, what machines install, and what runs in CI. */
const never = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)|(?:^|\/)\.github\/(?:workflows|actions)\//i;
/** A dream writes prose, never code: a pattern like `**` names all files, and means the ones that hold notes. */
const prose = /\.(?:md|mdc|markdown)$|(?:^|\/)\.(?:cursor|windsurf|cline)rules$/i;

/**
 * @param patterns globs relative to the repository; a pattern that starts with `!` takes away
 * @returns a test for `/`-separated paths. Dotfiles match like others; only files of prose do, and nothing in `.git`,
 * `node_modules` or where workflows are kept
 */
export function memoryMatcher(patterns: readonly string[]): (path: string) => boolean {
  const included = patterns.filter((pattern) => !pattern.startsWith('!'));
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const options = { dot: true, nonegate: true };
  const matches = picomatch(included, options);
  const leavesOut = excluded.length === 0 ? () => false : picomatch(excluded, options);
  return (path) => !never.test(path) && prose.test(path) && matches(path) && !leavesOut(path);
}
