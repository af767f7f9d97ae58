/** Finds commits on the default branch that take merged proposals back, and records that nobody wants those. */
import { standing } from '../core/dream/decisions.ts';
import { rejectionsOf, revertedIn, standingReverts, type RevertInput } from '../core/dream/reverts.ts';
import { findReverts, readCommit } from '../git/history.ts';
import type { HostedPlace } from './repositories.ts';

const day = 24 * 3_600_000;
/** Who takes something back does it while it is new. */
const mostDays = 90;
const mostReverts = 200;

/**
 * One log of what came after the merges; nothing is written when nothing is new.
 * @param now ISO 8601 in UTC.
 * @returns how many proposals were found to be taken back.
 */
export async function recordReverts(
  place: Pick<HostedPlace, 'repository' | 'ledger' | 'hosted'>,
  now: string,
): Promise<number> {
  const { repository, ledger, hosted } = place;
  const view = await ledger.read();
  const [journals, decisions] = [await view.journals(), standing(await view.decisions())];
  const since = new Date(Date.parse(now) - mostDays * day).toISOString();
  const recent = decisions.filter((decision) => decision.type !== 'merged' || decision.at > since);
  const reverts = await revertsAfter(
    repository,
    recent.flatMap((decision) => (decision.type === 'merged' ? [decision.commit] : [])),
  );
  if (reverts.length === 0) return 0;
  const messages = await messagesNamed(repository, reverts);
  const found = rejectionsOf({
    ...{ journals, decisions: recent, reverts, now, repository: hosted.fullName },
    messageOf: (commit) => messages.get(commit),
  });
  if (found.length > 0)
    await ledger.write('Record what was taken back', () => Promise.resolve({ decisions: found }));
  return found.length;
}

/** A merge that history does not hold any more is left out: nobody could take it back. */
async function revertsAfter(
  repository: HostedPlace['repository'],
  merges: readonly string[],
): Promise<RevertInput['reverts']> {
  const to = await repository.resolve('HEAD');
  if (to === undefined) return [];
  const held: string[] = [];
  for (const commit of merges) if (await repository.isAncestor(commit, to)) held.push(commit);
  if (held.length === 0) return [];
  const after = await oldestOf(repository, held);
  return standingReverts(await findReverts(repository.site, { after, to, most: mostReverts }));
}

/** Of commits in one history, the one that none of the others comes before. */
async function oldestOf(
  repository: Pick<HostedPlace['repository'], 'isAncestor'>,
  commits: readonly string[],
): Promise<readonly string[]> {
  const [first, ...rest] = new Set(commits);
  if (first === undefined) return [];
  let oldest = first;
  for (const commit of rest) if (await repository.isAncestor(commit, oldest)) oldest = commit;
  return [oldest];
}

async function messagesNamed(
  { site }: HostedPlace['repository'],
  reverts: RevertInput['reverts'],
): Promise<ReadonlyMap<string, string>> {
  const messages = new Map<string, string>();
  for (const id of new Set(reverts.flatMap(({ message }) => revertedIn(message).commits))) {
    const commit = await readCommit(site, id);
    if (commit !== undefined) messages.set(id, commit.message);
  }
  return messages;
}
