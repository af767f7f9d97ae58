/** Asks GitHub to merge a pull request at one commit, and hears what comes of it. Rules of the repository are GitHub's to mind. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { asking, statusOf, waitOf } from '../failure.ts';
import { at, type PullRequestParts } from '../pull-request/parts.ts';
import type { OpenPull } from './look.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export type Asked =
  | { readonly outcome: 'merged' }
  /** It is in the merge queue, and merged when its checks passed there. */
  | { readonly outcome: 'queued' }
  /** GitHub has not got round to it. */
  | { readonly outcome: 'pending' }
  /** In GitHub's words: foreign. */
  | { readonly outcome: 'refused'; readonly reason: string };

export interface MergeRequest {
  readonly pull: OpenPull;
  /** The commit that was checked. */
  readonly head: string;
  /** Those that the repository allows, best first. */
  readonly methods: readonly MergeMethod[];
  readonly signal?: AbortSignal;
}

type Parts = Pick<PullRequestParts, 'hosted'>;

/** @throws {DreamkeeperError | RetryLaterError} when GitHub cannot be asked. */
export async function requestMerge(parts: Parts, request: MergeRequest): Promise<Asked> {
  let last: Asked = { outcome: 'refused', reason: 'the repository allows no method of merging' };
  for (const method of request.methods) {
    last = await asking('merging the pull request', async () => {
      const later = await mergeLater(parts, request, method);
      return later === 'unknown' ? mergeNow(parts, request, method) : later;
    });
    // Rules of a branch may forbid what the settings of the repository allow.
    if (last.outcome !== 'refused' || !/(?:merges|commits) are not allowed/i.test(last.reason)) return last;
  }
  return last;
}

const answerSchema = z.object({
  status: z.enum(['pending', 'merged', 'enqueued', 'failed']),
  details: z.object({
    message: z.string(),
    uuid: z.string().optional(),
    expected_head_sha: z.string().optional(),
  }),
});
type Answer = z.infer<typeof answerSchema>;

/** @returns `unknown` on an Enterprise Server that merges at once only. */
async function mergeLater(
  parts: Parts,
  request: MergeRequest,
  method: MergeMethod,
): Promise<Asked | 'unknown'> {
  const { pull, head } = request;
  const path = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge-async';
  const ask = { ...at(parts), pull_number: pull.number, sha: head, merge_method: method };
  try {
    const { data } = await parts.hosted.octokit.request(path, ask);
    return await heard(parts, request, answerSchema.parse(data));
  } catch (error) {
    if (statusOf(error) === 404) return 'unknown';
    const answer = answerSchema.safeParse(bodyOf(error)).data;
    // Asked before: by us, with an answer that was lost, or by somebody else.
    if (statusOf(error) === 409 && answer?.details.expected_head_sha === head)
      return heard(parts, request, answer);
    return refusedBy(error, answer?.details.message);
  }
}

/** Merges mostly take a moment: asked after a quarter of a second, then less and less often, for a minute in all. */
const pauses = [250, 500, 1_000, ...Array<number>(20).fill(3_000)];

async function heard(parts: Parts, { pull, signal }: MergeRequest, first: Answer): Promise<Asked> {
  const { uuid } = first.details;
  const path = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/merge-async/{uuid}';
  let answer = first;
  for (const pause of pauses) {
    if (answer.status !== 'pending' || uuid === undefined) break;
    await sleep(pause, undefined, signal === undefined ? {} : { signal });
    const asked = { ...at(parts), pull_number: pull.number, uuid };
    const { data } = (await parts.hosted.octokit.request(path, asked)) as { readonly data: unknown };
    answer = answerSchema.parse(data);
  }
  switch (answer.status) {
    case 'merged':
      return { outcome: 'merged' };
    case 'enqueued':
      return { outcome: 'queued' };
    case 'pending':
      return { outcome: 'pending' };
    case 'failed':
      return { outcome: 'refused', reason: answer.details.message };
  }
}

async function mergeNow(parts: Parts, request: MergeRequest, method: MergeMethod): Promise<Asked> {
  const { pull, head } = request;
  try {
    const ask = { ...at(parts), pull_number: pull.number, sha: head, merge_method: method };
    await parts.hosted.octokit.rest.pulls.merge(ask);
    return { outcome: 'merged' };
  } catch (error) {
    const refused = refusedBy(error);
    return /merge queue/i.test(refused.reason) ? enqueue(parts, request) : refused;
  }
}

const enqueueMutation = `mutation ($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head }) { mergeQueueEntry { id } }
}`;

/** Never auto-merge: that would go on with commits that come later. */
async function enqueue({ hosted }: Parts, { pull, head }: MergeRequest): Promise<Asked> {
  try {
    await hosted.octokit.graphql(enqueueMutation, { id: pull.nodeId, head });
    return { outcome: 'queued' };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'GraphqlResponseError') throw error;
    return { outcome: 'refused', reason: error.message };
  }
}

/** What GitHub says no to; what it does not answer, or asks to wait for, is thrown. */
function refusedBy(error: unknown, words?: string): Extract<Asked, { outcome: 'refused' }> {
  const refusals = [400, 403, 405, 409, 422];
  if (!(error instanceof Error) || !refusals.includes(statusOf(error) ?? 0) || waitOf(error) !== undefined)
    throw error;
  return { outcome: 'refused', reason: words ?? error.message.replace(/ - https?:\S+$/, '') };
}

function bodyOf(error: unknown): unknown {
  const response: unknown = error instanceof Error && 'response' in error ? error.response : undefined;
  return typeof response === 'object' && response !== null && 'data' in response ? response.data : undefined;
}
