/** CODEOWNERS: whose approval the files of a pull request need. */
import picomatch from 'picomatch';
import { changedFiles, entryAt, readBlob } from '../git/commit.ts';
import { mergeBase } from '../git/repository.ts';
import type { PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';

const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** @returns for each changed file that is somebody's, the logins of its owners; the file on the base branch decides */
export async function ownersOf(repository: Repository, { pull }: PullIssue): Promise<readonly string[][]> {
  const rules = await readRules(repository, pull.baseSha);
  if (rules.length === 0) return [];
  const base = (await mergeBase(repository.dir, pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const files = await changedFiles(repository.dir, base, pull.headSha);
  return files
    .map(({ path }) => rules.findLast(({ matches }) => matches(path))?.owners ?? [])
    .filter((owners) => owners.length > 0);
}

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly owners: string[];
}

async function readRules({ dir }: Repository, commit: string): Promise<readonly Rule[]> {
  for (const place of places) {
    const entry = await entryAt(dir, commit, place);
    if (entry === undefined) continue;
    const text = Buffer.from(await readBlob(dir, entry.sha)).toString();
    return text.split('\n').flatMap((line) => {
      const [pattern = '', ...owners] = line.replace(/#.*/, '').trim().split(/\s+/);
      if (pattern === '') return [];
      return [{ matches: matcherOf(pattern), owners: owners.map((owner) => owner.replace(/^@/, '')) }];
    });
  }
  return [];
}

/** As in .gitignore: with a slash inside it is meant from the root on, and a folder means all in it. */
function matcherOf(pattern: string): (path: string) => boolean {
  const plain = pattern.replace(/^\//, '').replace(/\/$/, '');
  const anchored = pattern.startsWith('/') || plain.includes('/');
  const glob = anchored ? plain : `**/${plain}`;
  return picomatch([glob, `${glob}/**`], { dot: true });
}
