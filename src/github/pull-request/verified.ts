/**
 * Commits that GitHub signs (`commits: verified`): the same changes, written through its API one by one on a temporary
 * branch, so that the pull request never stands without its commits. The ledger knows them before the dream's branch
 * moves there; a temporary branch that it does not know is half made, and thrown away.
 */
import type { Journal } from '../../core/dream/journal.ts';
import { DreamkeeperError } from '../../core/error.ts';
import { commitMessage } from '../../core/review/commit-message.ts';
import { gitText } from '../../git/run.ts';
import type { OpenReview } from '../../render-again.ts';
import { asking } from '../failure.ts';
import { once, type PullRequestParts } from './parts.ts';

type Rendered = OpenReview['journal'];

export const temporaryPrefix = 'dream/tmp-';

const temporaryRef = ({ id }: Pick<Journal, 'id'>): string => `refs/heads/${temporaryPrefix}${id}`;

/** The ledger has its commits already, and they are on GitHub: only the dream's branch has still to move there. */
export function isWritten({ copy }: PullRequestParts, journal: Rendered): boolean {
  return copy.remoteRefs().get(temporaryRef(journal)) === journal.head;
}

/**
 * @param journal whose commits are here, in the branch of the dream.
 * @returns it with GitHub's commits in their place, as the ledger has it then.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub refuses one: then nothing has changed.
 */
export async function writeVerified(parts: PullRequestParts, journal: Rendered): Promise<Rendered> {
  const { copy, ledger, repository, publication } = parts;
  await removeTemporary(parts, journal);
  await publication.mayPush();
  const ref = temporaryRef(journal);
  if ((await copy.push({ ref, to: journal.base, expected: undefined })) === 'rejected') throw inTheWay(ref);
  const range = ['rev-list', '--reverse', journal.head, `^${journal.base}`, '--'];
  const local = (await gitText(repository.site, range)).split('\n').filter((line) => line !== '');
  const written = new Map<string, string>();
  let parent = journal.base;
  for (const commit of local) {
    parent = await writeCommit(parts, journal, commit, parent);
    written.set(commit, parent);
  }
  await copy.refresh(ref);
  const proposals = journal.proposals.map((proposal) => {
    const commit = proposal.commit === undefined ? undefined : written.get(proposal.commit);
    return commit === undefined ? proposal : { ...proposal, commit };
  });
  const verified = { ...journal, proposals, head: parent };
  await ledger.write(`Note the commits of dream ${journal.id}`, () =>
    Promise.resolve({ journals: [verified] }),
  );
  return verified;
}

/** Nobody needs it once the dream's branch is there. */
export async function removeTemporary(
  { copy }: PullRequestParts,
  journal: Pick<Journal, 'id'>,
): Promise<void> {
  const ref = temporaryRef(journal);
  const there = copy.remoteRefs().get(ref);
  if (there !== undefined && (await copy.push({ ref, to: undefined, expected: there })) === 'rejected')
    throw inTheWay(ref);
}

function inTheWay(ref: string): DreamkeeperError {
  return new DreamkeeperError('conflict', `somebody else moves ${ref}`, {
    remedy: 'It is ours, and is only there while commits are written: leave it alone.',
    retryable: true,
  });
}

const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

interface Answer {
  readonly createCommitOnBranch: { readonly commit: { readonly oid: string } | null } | null;
}

function writeCommit(
  parts: PullRequestParts,
  journal: Rendered,
  commit: string,
  parent: string,
): Promise<string> {
  const branch = temporaryRef(journal).slice('refs/heads/'.length);
  return writeSigned(parts, { branch, parent, commit, message: messageOf(journal, commit) });
}

/**
 * Writes a commit that is here once more on GitHub, signed, at the end of a branch that is there.
 * @param commit.parent where the branch is.
 * @returns its id there.
 * @throws {DreamkeeperError | RetryLaterError} when the branch has moved, or GitHub refuses it.
 */
export async function writeSigned(
  { hosted, repository }: Pick<PullRequestParts, 'hosted' | 'repository'>,
  commit: {
    readonly branch: string;
    readonly parent: string;
    readonly commit: string;
    readonly message: { readonly headline: string; readonly body: string };
  },
): Promise<string> {
  const input = {
    branch: { repositoryNameWithOwner: hosted.fullName, branchName: commit.branch },
    expectedHeadOid: commit.parent,
    message: commit.message,
    fileChanges: await changesOf(repository, commit.commit),
  };
  const answer = await asking('writing a signed commit', async () => {
    try {
      return await hosted.octokit.graphql<Answer>(mutation, { input, ...once });
    } catch (error) {
      throw refusedByGraphql(error) ?? error;
    }
  });
  const oid = answer.createCommitOnBranch?.commit?.oid;
  if (oid !== undefined) return oid;
  throw new DreamkeeperError('repository', 'GitHub did not name the commit that it wrote', {
    retryable: true,
  });
}

/** What GraphQL refuses comes with a good status. */
function refusedByGraphql(error: unknown): DreamkeeperError | undefined {
  if (!(error instanceof Error) || error.name !== 'GraphqlResponseError') return undefined;
  const moved = error.message.includes('Expected branch to point to');
  return new DreamkeeperError('repository', `writing a signed commit: ${error.message.slice(0, 300)}`, {
    remedy: 'Look at the rules of the repository, or leave "commits: verified" out of the config.',
    retryable: moved,
    cause: error,
  });
}

function messageOf({ id, proposals }: Rendered, commit: string): { headline: string; body: string } {
  const proposal = proposals.find((each) => each.commit === commit);
  if (proposal === undefined)
    throw new DreamkeeperError(
      'ledger',
      `dream ${id} does not know commit ${commit.slice(0, 10)} of its branch`,
    );
  const [headline = '', ...body] = commitMessage(id, proposal).split('\n');
  return { headline, body: body.join('\n').trim() };
}

/** Whole new contents, as the API wants them. */
async function changesOf(repository: PullRequestParts['repository'], commit: string) {
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--name-status', `${commit}^`, commit];
  const fields = (await gitText(repository.site, args)).split('\0');
  const additions: { path: string; contents: string }[] = [];
  const deletions: { path: string }[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [status = '', path = ''] = fields.slice(at, at + 2);
    const text = status === 'D' ? undefined : await repository.readFile(commit, path);
    if (text === undefined) deletions.push({ path });
    else additions.push({ path, contents: Buffer.from(text, 'utf8').toString('base64') });
  }
  return { additions, deletions };
}
