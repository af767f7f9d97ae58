/** What happens to pull requests: to those of dreams, and to all others where people teach each other. */
import type { z } from 'zod';
import type { JobPayload, Told } from '../../jobs/job.ts';
import { parseReview, type Box } from '../../core/review/parse.ts';
import { dreamRefs } from '../remote-refs.ts';
import {
  aboutOf,
  aboutRepository,
  buttonSchema,
  isBot,
  of,
  pullRequestSchema,
  type Received,
} from './payload.ts';

type PullRequest = z.infer<typeof pullRequestSchema>;

/** A new head needs a check, where the check was made required for all. */
const newHead = new Set(['opened', 'reopened', 'synchronize']);
const aboutDreams = new Set(['closed', 'reopened', 'edited', 'synchronize', 'ready_for_review']);

/** Whether a branch name is one of a dream. Everything else is known only to who looks. */
export const isDream = (branch: string): boolean => `refs/heads/${branch}`.startsWith(dreamRefs);

export const pullRequestChanged = of(pullRequestSchema, (payload, received) => [
  ...reviewOf(payload, received),
  ...commentsOf(payload, received),
]);

function reviewOf(payload: PullRequest, received: Received): readonly JobPayload[] {
  const { action, number, pull_request: pull, repository, sender } = payload;
  const review = { kind: 'review', ...aboutOf(payload, received), number } as const;
  if (!isDream(pull.head.ref) || pull.head.repo?.id !== repository.id)
    return newHead.has(action) ? [review] : [];
  if (!aboutDreams.has(action)) return [];
  // Who merges or closes counts, ourselves as well; the rest of what we do we know.
  if (action !== 'closed' && received.isOurs(sender.login)) return [];
  const told = toldOf(payload);
  return [{ ...review, ...(told === undefined ? {} : { told }) }];
}

/** What GitHub will not tell when it is asked. */
function toldOf(payload: PullRequest): Told | undefined {
  const { action, sender } = payload;
  if (action === 'closed' || action === 'reopened')
    return { what: action, by: sender.login, bot: isBot(payload) };
  if (action !== 'edited') return undefined;
  const boxes = ticked(payload.changes?.body?.from ?? '', payload.pull_request.body ?? '');
  return boxes.length === 0 ? undefined : { what: 'ticks', by: sender.login, boxes };
}

/** Boxes that are there before and after, and changed. */
function ticked(before: string, after: string): Box[] {
  const was = new Map(parseReview(before)?.boxes.map(({ number, checked }) => [number, checked]));
  const boxes = parseReview(after)?.boxes ?? [];
  return boxes.filter(({ number, checked }) => was.get(number) === !checked);
}

/** What reviewers said is settled when it is merged. */
function commentsOf(payload: PullRequest, received: Received): readonly JobPayload[] {
  const { action, number, pull_request: pull } = payload;
  if (action !== 'closed' || pull.merged !== true) return [];
  return [{ kind: 'ingest', ...aboutOf(payload, received), source: 'comments', at: String(number) }];
}

/** A button under a check of ours. */
export const buttonPressed = of(buttonSchema, (payload, received) => {
  const { check_run: run, requested_action: asked, sender } = payload;
  const number = run.pull_requests?.[0]?.number;
  const told: Told = { what: 'button', by: sender.login, action: asked.identifier, head: run.head_sha };
  return [
    { kind: 'review', ...aboutOf(payload, received), ...(number === undefined ? {} : { number }), told },
  ];
});

/** A check is wanted anew, or for commits that a merge queue made. */
export const checkWanted = of(aboutRepository, (payload, received) => [
  { kind: 'review', ...aboutOf(payload, received) },
]);
