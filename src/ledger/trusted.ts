/**
 * What of the ledger counts. Whoever may push to the branch may hand in sessions; all else is written by Dreamkeeper
 * only, so a change that somebody else committed outside `sessions/` is passed over, as if it had not been made.
 * The committer's address is the mark. It can be forged by those who may push; it is a guard against accidents and
 * merges, while branch protection is the guard against people.
 */
import { dreamkeeper } from '../git/identity.ts';
import { runGit, splitNul } from '../git/run.ts';
import type { GitSite } from '../git/run.ts';

export interface TrustedTree {
  /** By path, the object that counts. */
  readonly objects: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** @param tree by path, the objects at the commit. */
export async function trustedTree(
  site: GitSite,
  commit: string,
  tree: ReadonlyMap<string, string>,
): Promise<TrustedTree> {
  const { stdout } = await runGit(site, ['log', '-z', '--format=%ce', commit, '--']);
  const foreign = splitNul(stdout).some((email) => email !== dreamkeeper.email);
  return foreign ? replay(site, commit) : { objects: tree, problems: [] };
}

/** Goes through history from its beginning and leaves foreign changes out. Only done when there are some. */
async function replay(site: GitSite, commit: string): Promise<TrustedTree> {
  const { stdout } = await runGit(site, [
    '-c',
    'log.showRoot=true',
    'log',
    '-z',
    '--reverse',
    '--first-parent',
    '-m',
    '--raw',
    '--no-renames',
    '--no-abbrev',
    '--format=%x01%h %ce',
    commit,
    '--',
  ]);
  const objects = new Map<string, string>();
  const problems: string[] = [];
  let [short, email]: (string | undefined)[] = [];
  const fields = splitNul(stdout);
  for (let i = 0; i < fields.length; i += 1) {
    const field = (fields[i] ?? '').replace(/^\n/, '');
    if (field.startsWith('\x01')) [short, email] = field.slice(1).split(' ');
    if (!field.startsWith(':')) continue;
    const path = fields[++i] ?? '';
    const [, , , id = '', status] = field.split(' ');
    if (email !== dreamkeeper.email && !path.startsWith('sessions/'))
      problems.push(`commit ${short ?? ''} by ${email ?? ''} changed ${path}: the change is ignored`);
    else if (status === 'D') objects.delete(path);
    else objects.set(path, id);
  }
  return { objects, problems };
}
