/** Opens the pull request of a dream, once: an answer that was lost is looked for, and the number goes to the ledger. */
import type { Journal } from '../../core/dream/journal.ts';
import { DreamkeeperError } from '../../core/error.ts';
import { asking, statusOf } from '../failure.ts';
import { at, once, type PullRequestParts } from './parts.ts';
import { findPull, pullOf, type Pull } from './pull.ts';

export interface PullText {
  readonly title: string;
  readonly body: string;
}

/** @throws {DreamkeeperError} when somebody else has one open from our branch, or GitHub refuses. */
export async function openPull(
  parts: PullRequestParts,
  journal: Journal & { readonly branch: string },
  text: PullText,
): Promise<Pull> {
  const { octokit } = parts.hosted;
  const opened = await asking('opening the pull request', async () => {
    const asked = { ...at(parts), ...once, head: journal.branch, base: baseOf(parts, journal), ...text };
    try {
      return pullOf((await octokit.rest.pulls.create(asked)).data);
    } catch (error) {
      if (statusOf(error) !== 422) throw error;
      return { refused: error };
    }
  });
  if (!('refused' in opened)) return opened;
  const found = await findPull(parts, { branch: journal.branch });
  if (found?.open === true) return found;
  throw new DreamkeeperError(
    'repository',
    `GitHub refused a pull request of ${journal.branch}: ${messageOf(opened.refused)}`,
    {
      remedy: 'Close the pull request that somebody else opened from this branch, if there is one.',
      // A branch that was pushed this moment may not be known everywhere yet.
      retryable: true,
      cause: opened.refused,
    },
  );
}

/** The branch that the dream started from, while it is there. */
function baseOf({ copy, hosted }: PullRequestParts, { onto }: Journal): string {
  return onto !== undefined && copy.remoteRefs().has(`refs/heads/${onto}`) ? onto : hosted.defaultBranch;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'no reason was given';
}

/** The number is written into the journal as the ledger has it by now. */
export async function noteNumber(
  { ledger }: PullRequestParts,
  { id }: Pick<Journal, 'id'>,
  number: number,
): Promise<void> {
  await ledger.write(`Note the pull request of dream ${id}`, async (view) => {
    const journal = (await view.journals()).find((each) => each.id === id);
    if (journal === undefined || journal.pullRequest === number) return undefined;
    return { journals: [{ ...journal, pullRequest: number }] };
  });
}
