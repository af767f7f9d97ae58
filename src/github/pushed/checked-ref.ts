/** Up to where the ledger was checked: known to one copy of the repository, and found again by checking anew. */
import { readRef } from '../../git/ref.ts';
import { runGit, type GitSite } from '../../git/run.ts';

const checkedRef = 'refs/dreamkeeper/checked-ledger';

/** @returns undefined when nothing was checked here yet. */
export async function checkedUpTo(site: GitSite): Promise<string | undefined> {
  return (await readRef(site, checkedRef)).commit;
}

export async function markChecked(site: GitSite, commit: string | undefined): Promise<void> {
  await runGit(site, ['update-ref', ...(commit === undefined ? ['-d', checkedRef] : [checkedRef, commit])]);
}

/**
 * What the App writes itself needs no check, when it stands on what was checked.
 * @param expected what it was written on.
 */
export async function followOwnPush(site: GitSite, to: string, expected: string | undefined): Promise<void> {
  if ((await checkedUpTo(site)) === expected) await markChecked(site, to);
}
