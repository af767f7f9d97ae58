/**
 * What of the ledger counts. Whoever may push to the branch may hand in sessions; all else is written by Dreamkeeper
 * only, so a change that somebody else committed outside `sessions/` is passed over, as if it had not been made. Nobody
 * authenticated who handed in a session that was committed by hand: what looks typed in it is only claimed to be.
 * The committer's address is the mark. It can be forged by those who may push; it is a guard against accidents and
 * merges, while branch protection is the guard against people.
 */
import { dreamkeeper } from '../git/identity.ts';
import { runGit, splitNul } from '../git/run.ts';
import type { GitSite } from '../git/run.ts';

export interface TrustedTree {
  /** By path, the object that counts. */
  readonly objects: ReadonlyMap<string, string>;
  /** Of these, the session files whose content Dreamkeeper never wrote. */
  readonly foreign: ReadonlySet<string>;
  readonly problems: readonly string[];
}

/** @returns undefined when Dreamkeeper wrote every commit: then all of the tree counts. */
export async function readTrust(site: GitSite, commit: string): Promise<TrustedTree | undefined> {
  const { stdout } = await runGit(site, ['log', '-z', '--format=%ce', commit, '--']);
  const foreign = splitNul(stdout).some((email) => email !== dreamkeeper.email);
  return foreign ? replay(site, commit) : undefined;
}

const rawChanges = ['-z', '--raw', '--no-renames', '--no-abbrev'];

/** Goes through history from its beginning and leaves foreign changes out. Only done when there are some. */
async function replay(site: GitSite, commit: string): Promise<TrustedTree> {
  const { stdout } = await runGit(site, [
    '-c',
    'log.showRoot=true',
    'log',
    ...rawChanges,
    '--reverse',
    '--first-parent',
    '--diff-merges=first-parent',
    '--format=%x01%h %ce',
    commit,
    '--',
  ]);
  const objects = new Map<string, string>();
  const foreign = new Set<string>();
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
    else {
      objects.set(path, id);
      if (email === dreamkeeper.email) foreign.delete(path);
      else foreign.add(path);
    }
  }
  return { objects, foreign: await neverOurs(site, commit, objects, foreign), problems };
}

/** Who merges two ledgers by hand commits what Dreamkeeper wrote on either side. */
async function neverOurs(
  site: GitSite,
  commit: string,
  objects: ReadonlyMap<string, string>,
  suspects: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (suspects.size === 0) return suspects;
  const show = ['-c', 'log.showRoot=true', 'log', ...rawChanges, '--no-merges', '--format=%x01%ce'];
  const { stdout } = await runGit(site, [...show, commit, '--', 'sessions/']);
  const ours = new Set<string>();
  let email: string | undefined;
  const fields = splitNul(stdout);
  for (let i = 0; i < fields.length; i += 1) {
    const field = (fields[i] ?? '').replace(/^\n/, '');
    if (field.startsWith('\x01')) email = field.slice(1);
    if (!field.startsWith(':')) continue;
    const path = fields[++i] ?? '';
    if (email === dreamkeeper.email) ours.add(`${path}\n${field.split(' ')[3] ?? ''}`);
  }
  return new Set([...suspects].filter((path) => !ours.has(`${path}\n${objects.get(path) ?? ''}`)));
}
