/**
 * The check `dreamkeeper` on pull requests that are none of ours: where a team made it required, nothing else could be
 * merged. Only where the config asks for it (`check.everywhere`).
 */
import { checkName } from '../core/review/check-run.ts';
import { asking, statusOf } from './failure.ts';
import { at, once, type PullRequestParts } from './pull-request/parts.ts';
import { dreamRefs } from './remote-refs.ts';

type Parts = Pick<PullRequestParts, 'hosted' | 'config' | 'bot'>;

/** Branches on which merge queues build what they check. */
const queueRefs = 'heads/gh-readonly-queue/';
/** A look at all of a repository stops here; heads that move are told one by one. */
const mostHeads = 30;

/**
 * Concludes the check as success on heads that have none.
 * @param number of a pull request; without it, on all that are open and on what the merge queue built.
 * @returns how many checks were posted.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub refuses or cannot be asked.
 */
export async function checkEverywhere(parts: Parts, number?: number): Promise<number> {
  if (!parts.config.check.everywhere) return 0;
  const heads = number === undefined ? await allHeads(parts) : await headOf(parts, number);
  let posted = 0;
  for (const head of [...new Set(heads)].slice(0, mostHeads)) {
    if (await hasCheck(parts, head)) continue;
    await conclude(parts, head);
    posted += 1;
  }
  return posted;
}

async function allHeads(parts: Parts): Promise<readonly string[]> {
  const { octokit } = parts.hosted;
  return asking('looking for pull requests without a check', async () => {
    const refs = await octokit.rest.git.listMatchingRefs({ ...at(parts), ref: queueRefs });
    const open = await octokit.rest.pulls.list({ ...at(parts), state: 'open', per_page: mostHeads });
    return [
      ...refs.data.map(({ object }) => object.sha),
      ...open.data.flatMap((pull) => headsOf(parts, pull)),
    ];
  });
}

/** None where it is an issue. */
async function headOf(parts: Parts, number: number): Promise<readonly string[]> {
  return asking('reading a pull request', async () => {
    try {
      const { data } = await parts.hosted.octokit.rest.pulls.get({ ...at(parts), pull_number: number });
      return data.state === 'open' ? headsOf(parts, data) : [];
    } catch (error) {
      if (statusOf(error) === 404) return [];
      throw error;
    }
  });
}

interface Pull {
  /** A fork may be gone. */
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    readonly repo: { readonly id: number } | null;
  };
}

/** Dreams are checked for themselves; a fork's branch of such a name is no dream. */
function headsOf({ hosted }: Parts, { head }: Pull): readonly string[] {
  const isDream = head.repo?.id === hosted.id && `refs/heads/${head.ref}`.startsWith(dreamRefs);
  return isDream ? [] : [head.sha];
}

async function hasCheck(parts: Parts, head: string): Promise<boolean> {
  const { data } = await asking('looking for the check', () =>
    parts.hosted.octokit.rest.checks.listForRef({
      ...at(parts),
      ref: head,
      check_name: checkName,
      per_page: 100,
    }),
  );
  const bot = await parts.bot();
  return data.check_runs.some(
    ({ app, conclusion }) => `${app?.slug ?? ''}[bot]` === bot && conclusion !== null,
  );
}

async function conclude(parts: Parts, head: string): Promise<void> {
  await asking('posting the check', () =>
    parts.hosted.octokit.rest.checks.create({
      ...at(parts),
      ...once,
      name: checkName,
      head_sha: head,
      status: 'completed',
      conclusion: 'success',
      output: {
        title: 'Not a dream',
        summary: 'This check is about dreams; here it only lets others be merged.',
      },
    }),
  );
}
