/** The folder of a copy: made when there is none, thrown away when it is another's or broken. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { requireGit } from '../git/open.ts';
import { runGit, gitAnswer, type GitSite } from '../git/run.ts';
import type { HostedRepository } from './hosted.ts';
import { remoteName } from './network.ts';

/** Which repository a copy is of. */
const idKey = 'dreamkeeper.repository';
const urlKey = `remote.${remoteName}.url`;

/** @param dataFolder where the server keeps what may be lost. */
export function copyFolder(dataFolder: string, id: number): string {
  return join(dataFolder, 'repositories', `${id}.git`);
}

/** @param id of the repository whose ledger is elsewhere: what it keeps there is shared with no other. */
export function ledgerFolder(dataFolder: string, id: number): string {
  return join(dataFolder, 'ledgers', `${id}.git`);
}

/** The next job makes the copy anew; this one may go on with it. */
export async function markForDiscard(site: GitSite): Promise<void> {
  await runGit(site, ['config', idKey, 'discarded']);
}

/** Each fetch leaves a pack behind, and each of them is looked through for every object. */
const mostPacks = 50;
/** Git's own number. */
const mostLoose = 6_700;

/**
 * Packs anew what lies about in many pieces; where it does not, that is all git finds out. Nothing else may work with the
 * copy meanwhile. What is missing of a copy without contents stays missing. Where git cannot, all stays as it is.
 */
export async function packAnew(site: GitSite, packs = mostPacks): Promise<void> {
  const limits = [`gc.auto=${mostLoose}`, `gc.autoPackLimit=${packs}`, 'gc.autoDetach=false'];
  const args = [...limits.flatMap((limit) => ['-c', limit]), 'gc', '--auto', '--quiet'];
  await runGit(site, args, { accept: [0, 1, 128] });
}

/** Of a repository everything goes: its ledger too, where that is a copy of another. */
export async function removeCopies(dataFolder: string, id: number): Promise<void> {
  await removeCopy(copyFolder(dataFolder, id));
  await removeCopy(ledgerFolder(dataFolder, id));
}

export async function removeCopy(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Makes sure that there is a copy to fetch into. Its config names where it comes from and holds no credential.
 */
export async function prepareFolder(
  hosted: Pick<HostedRepository, 'id' | 'gitUrl'>,
  folder: string,
  about: Pick<GitSite, 'env' | 'signal'>,
): Promise<void> {
  const site: GitSite = { ...about, gitDir: folder };
  const here = await copyAt(site);
  if (here?.id === String(hosted.id)) {
    // It may have been renamed or transferred.
    if (here.url !== hosted.gitUrl) await runGit(site, ['config', urlKey, hosted.gitUrl]);
    return;
  }
  await requireGit(about.env);
  await removeCopy(folder);
  const made = `${folder}.new`;
  await rm(made, { recursive: true, force: true, maxRetries: 3 });
  await mkdir(made, { recursive: true, mode: 0o700 });
  const fresh: GitSite = { ...about, gitDir: made };
  await runGit(fresh, ['init', '--quiet', '--bare', '--template=', made]);
  for (const [key, value] of settingsOf(hosted)) await runGit(fresh, ['config', key, value]);
  await rename(made, folder);
}

function settingsOf({ id, gitUrl }: Pick<HostedRepository, 'id' | 'gitUrl'>): readonly [string, string][] {
  return [
    ['core.repositoryFormatVersion', '1'],
    ['extensions.partialClone', remoteName],
    [urlKey, gitUrl],
    [`remote.${remoteName}.promisor`, 'true'],
    [`remote.${remoteName}.partialCloneFilter`, 'blob:none'],
    [idKey, String(id)],
  ];
}

interface CopyHere {
  readonly id: string | undefined;
  readonly url: string | undefined;
}

/** @returns undefined where there is no copy. */
async function copyAt(site: GitSite): Promise<CopyHere | undefined> {
  const keys = `^(${idKey}|${urlKey})$`.replaceAll('.', String.raw`\.`);
  try {
    const answer = await gitAnswer(site, ['config', '--local', '-z', '--get-regexp', keys]);
    const settings = new Map((answer ?? '').split('\0').map((each) => each.split('\n') as [string, string]));
    return { id: settings.get(idKey), url: settings.get(urlKey) };
  } catch {
    site.signal?.throwIfAborted();
    // No folder, or no repository in it.
    return undefined;
  }
}
