/** Which files of a repository are memory. */
import picomatch from 'picomatch/posix.js';

/** Never memory, whatever the patterns say. */
const never = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/;

/**
 * A test of repository paths against the glob patterns of the config; dotfiles match like others.
 * Patterns that cannot be compiled match nothing.
 */
export function memoryMatcher(patterns: readonly string[]): (path: string) => boolean {
  const matches = picomatch([...patterns], { dot: true });
  return (path) => !never.test(path) && matches(path);
}
