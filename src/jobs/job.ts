/** What a job is: its kind, what it is about, how it is told from one that was asked for before. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

export const jobKinds = [
  'onboard',
  'ingest',
  'dream',
  'review',
  'merge',
  'sync',
  'retention',
  'sweep',
  'reconcile',
] as const;
export type JobKind = (typeof jobKinds)[number];

/** An id of a repository, installation or delivery: opaque here, and short enough to be a key. */
const id = z.string().min(1).max(200);
/** Keys that begin with # are the queue's own. */
const repository = id.regex(/^[^#]/, 'no id of a repository');
const about = {
  repository,
  /** Who shares a limit with it; absent where there is only one. */
  installation: id.optional(),
  /** The webhook that asked for it. */
  delivery: id.optional(),
};
/** Which turn of a schedule asked for it: the same turn asks once, however many processes take it. */
const slot = z.string().min(1).max(100);

/** The login of an account. */
const login = z.string().min(1).max(100);

/** What GitHub tells once, and cannot be asked for later. */
const told = z.discriminatedUnion('what', [
  /** Somebody ticked or un-ticked boxes in the text of a pull request. */
  z.strictObject({
    what: z.literal('ticks'),
    by: login,
    boxes: z.array(z.strictObject({ number: z.number().int().positive(), checked: z.boolean() })).max(1_000),
  }),
  /** A button of a check run, by its identifier. */
  z.strictObject({ what: z.literal('button'), by: login, action: z.string().max(100), head: id }),
  z.strictObject({ what: z.enum(['closed', 'reopened']), by: login, bot: z.boolean() }),
]);
export type Told = z.infer<typeof told>;

export const payloadSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('onboard'), ...about }),
  /** `source` says where the transcripts wait, `at` which of them: a commit, a run, an upload. */
  z.strictObject({
    kind: z.literal('ingest'),
    ...about,
    source: z.enum(['inbox', 'push', 'artifact', 'paths', 'comments', 'agents']),
    at: id.optional(),
    slot: slot.optional(),
  }),
  /** `asked`: a person wants it now, whatever the triggers say. */
  z.strictObject({
    kind: z.literal('dream'),
    ...about,
    asked: z.literal(true).optional(),
    slot: slot.optional(),
  }),
  /** Without `number`, all that waits in the repository is looked at. */
  z.strictObject({
    kind: z.literal('review'),
    ...about,
    /** The issue or pull request where something happened. */
    number: z.number().int().positive().optional(),
    told: told.optional(),
    slot: slot.optional(),
  }),
  /** `head` is the commit that was checked: another one is another merge. `slot` tells one try from the next. */
  z.strictObject({ kind: z.literal('merge'), ...about, dream: id, head: id, slot: slot.optional() }),
  z.strictObject({ kind: z.literal('sync'), ...about, slot: slot.optional() }),
  z.strictObject({ kind: z.literal('retention'), ...about, slot: slot.optional() }),
  z.strictObject({ kind: z.literal('sweep'), slot }),
  z.strictObject({ kind: z.literal('reconcile'), slot }),
]);
export type JobPayload = z.infer<typeof payloadSchema>;
export type JobOf<Kind extends JobKind> = Extract<JobPayload, { kind: Kind }>;

/** What runs one after the other: the jobs of one repository; the queue's own jobs each by their kind. */
export function orderKey(payload: JobPayload): string {
  return 'repository' in payload ? payload.repository : `#${payload.kind}`;
}

/** Undefined: every such request is meant, however often it is made. */
export function idempotencyKey(payload: JobPayload): string | undefined {
  const { kind } = payload;
  if (!('repository' in payload)) return [kind, payload.slot].join('\0');
  const { repository, delivery } = payload;
  if (delivery !== undefined) return [kind, repository, 'delivery', delivery].join('\0');
  if (kind === 'merge') {
    const { dream, head, slot: turn } = payload;
    return [kind, repository, dream, head, ...(turn === undefined ? [] : [turn])].join('\0');
  }
  if ('slot' in payload && payload.slot !== undefined)
    return [kind, repository, 'slot', payload.slot].join('\0');
  return undefined;
}

/** The same key is the same id on every machine: a UUID (version 8) over its SHA-256. */
export function idOf(key: string): string {
  const hex = createHash('sha256').update(`dreamkeeper\0${key}`, 'utf8').digest('hex');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** How long a job of a kind may take before it is stopped, in seconds. */
export const timeLimits: Readonly<Record<JobKind, number>> = {
  onboard: 600,
  ingest: 1_800,
  dream: 3_600,
  review: 600,
  merge: 900,
  sync: 900,
  retention: 1_800,
  sweep: 300,
  reconcile: 900,
};
