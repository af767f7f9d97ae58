/** What changed between two commits, for a person to read; without colours, which a repository's config could choose. */
import { gitText, type GitSite } from './run.ts';

/** @returns a unified diff with Git's own headers; empty when nothing changed. */
export function readDiff(site: GitSite, from: string, to: string): Promise<string> {
  return gitText(site, ['diff', '--no-ext-diff', '--no-textconv', '--no-color', from, to, '--']);
}
