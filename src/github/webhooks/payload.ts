/**
 * What we read of webhooks, and nothing besides. Probot has verified that GitHub sent them; versions of Enterprise Server
 * differ in the rest, and what people wrote in them is only measured and compared here.
 */
import { z } from 'zod';
import type { JobPayload } from '../../jobs/job.ts';

export interface AskedJob {
  readonly payload: JobPayload;
  /** ISO 8601. */
  readonly startAfter?: string;
}

const number = z.number().int().positive();
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const sender = z.object({ login: z.string().min(1).max(100), type: z.string().max(50) });
const installation = z.object({ id: number });
const text = z.string().nullish();

/** What all webhooks of a repository have. */
export const aboutRepository = z.object({ repository: z.object({ id: number }), installation, sender });

export const aboutInstallation = z.object({
  installation,
  repositories: z.array(z.object({ id: number })).optional(),
  repositories_added: z.array(z.object({ id: number })).optional(),
  repositories_removed: z.array(z.object({ id: number })).optional(),
});

export const pushSchema = aboutRepository.extend({
  ref: z.string(),
  after: sha,
  created: z.boolean(),
  deleted: z.boolean(),
  repository: z.object({ id: number, default_branch: z.string() }),
});

export const deleteSchema = aboutRepository.extend({ ref: z.string(), ref_type: z.string() });

export const pullRequestSchema = aboutRepository.extend({
  action: z.string(),
  number,
  pull_request: z.object({
    body: text,
    merged: z.boolean().optional(),
    // A fork that was deleted leaves no repository behind.
    head: z.object({ ref: z.string(), repo: z.object({ id: number }).nullish() }),
  }),
  changes: z.object({ body: z.object({ from: text }).optional() }).optional(),
});

export const reviewSchema = aboutRepository.extend({
  pull_request: z.object({ number, head: z.object({ ref: z.string() }) }),
  review: z.object({ body: text }).optional(),
  comment: z.object({ body: text }).optional(),
});

export const commentSchema = aboutRepository.extend({
  issue: z.object({
    number,
    user: z.object({ login: z.string(), type: z.string() }).nullish(),
    pull_request: z.unknown().optional(),
  }),
  comment: z.object({ body: text }),
});

export const buttonSchema = aboutRepository.extend({
  requested_action: z.object({ identifier: z.string().max(100) }),
  check_run: z.object({
    head_sha: sha,
    pull_requests: z.array(z.object({ number })).optional(),
  }),
});

export const workflowSchema = aboutRepository.extend({
  repository: z.object({ id: number, default_branch: z.string() }),
  workflow_run: z.object({
    id: number,
    event: z.string(),
    head_branch: text,
    head_repository: z.object({ id: number }).nullish(),
  }),
});

/** Beside the payload. */
export interface Received {
  /** `X-GitHub-Delivery`: the same when it is sent again. */
  readonly delivery: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether an account is the App's own; false as long as nobody knows. */
  readonly isOurs: (login: string) => boolean;
}

/** @returns undefined for a payload that is none of what we know. */
export type JobsOf = (payload: unknown, received: Received) => readonly AskedJob[] | undefined;

/** Jobs of payloads that have the shape. */
export function of<Shape extends z.ZodType>(
  shape: Shape,
  jobsOf: (payload: z.infer<Shape>, received: Received) => readonly JobPayload[],
): JobsOf {
  return (payload, received) => {
    const parsed = shape.safeParse(payload);
    return parsed.success ? jobsOf(parsed.data, received).map((job) => ({ payload: job })) : undefined;
  };
}

type About = Pick<z.infer<typeof aboutRepository>, 'repository' | 'installation'>;

/** What all jobs of a webhook have: the ids as the queue has them. */
export function aboutOf({ repository, installation: { id } }: About, { delivery }: Received) {
  return { repository: String(repository.id), installation: String(id), delivery };
}

export const isBot = ({ sender: { type } }: { readonly sender: { readonly type: string } }): boolean =>
  type === 'Bot';
