/** How a job lies in pg-boss's tables, and how it is read back. Only this file knows their columns. */
import { z } from 'zod';
import { payloadSchema } from './job.ts';
import { jobStates, type JobDetails, type JobState } from './queue.ts';

/** What `data` of a job holds. */
export const jobDataSchema = z.object({
  payload: payloadSchema,
  /** How often its handler failed; deaths of workers are not counted here. */
  failures: z.number().int().default(0),
});

const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  stack: z.string().optional(),
});

/** What `data` of a dead letter holds. */
const deadDataSchema = z.object({
  payload: payloadSchema,
  /** The id under which it ran. */
  job: z.string(),
  attempts: z.number().int(),
  failure: failureSchema,
  createdAt: z.string(),
});

const instant = z.date().transform((date) => date.toISOString());
const rowSchema = z.object({
  id: z.string(),
  queue: z.string(),
  state: z.enum(['created', 'retry', 'active', 'completed', 'cancelled', 'failed']),
  data: z.unknown(),
  attempts: z.coerce.number(),
  created_on: instant,
  started_on: instant.nullable(),
  completed_on: instant.nullable(),
  start_after: instant,
  output: z.unknown(),
});

/** The columns of `rowSchema`, of a table or subquery `j`. */
export const columns = `j.id, j.name AS queue, j.state::text AS state, j.data,
  CASE WHEN j.started_on IS NULL THEN 0 ELSE j.retry_count + 1 END AS attempts,
  j.created_on, j.started_on, j.completed_on, j.start_after, j.output`;

const stateNames: Readonly<Record<z.infer<typeof rowSchema>['state'], JobState>> = {
  created: 'waiting',
  retry: 'retrying',
  active: 'running',
  completed: 'done',
  cancelled: 'cancelled',
  // Laid aside within seconds (boss-claims.ts).
  failed: 'dead',
};

/** The states of pg-boss that a state of ours stands for, in the main queue. */
export function storedStates(states: readonly JobState[] = jobStates): readonly string[] {
  return Object.entries(stateNames)
    .filter(([, name]) => states.includes(name))
    .map(([stored]) => stored);
}

/** @returns undefined for what no version of ours wrote. */
export function readJob(row: unknown, deadQueue: string): JobDetails | undefined {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  return data.queue === deadQueue ? readDead(data) : readLive(data);
}

type Row = z.infer<typeof rowSchema>;

function readLive(row: Row): JobDetails | undefined {
  const data = jobDataSchema.safeParse(row.data);
  if (!data.success) return undefined;
  const { payload } = data.data;
  const state = stateNames[row.state];
  const error = failureSchema.safeParse(row.output);
  const waits = state === 'waiting' || state === 'retrying';
  return {
    id: row.id,
    state,
    kind: payload.kind,
    repository: 'repository' in payload ? payload.repository : null,
    attempts: row.attempts,
    createdAt: row.created_on,
    startedAt: row.started_on,
    endedAt: row.completed_on,
    startAfter: waits && row.start_after > row.created_on ? row.start_after : null,
    error: error.success && state !== 'done' ? withoutAbsent(error.data) : null,
    payload,
  };
}

function readDead(row: Row): JobDetails | undefined {
  const data = deadDataSchema.safeParse(row.data);
  if (!data.success) return undefined;
  const { payload, attempts, failure, createdAt } = data.data;
  return {
    id: row.id,
    state: 'dead',
    kind: payload.kind,
    repository: 'repository' in payload ? payload.repository : null,
    attempts,
    createdAt,
    startedAt: null,
    endedAt: row.created_on,
    startAfter: null,
    error: withoutAbsent(failure),
    payload,
  };
}

function withoutAbsent({ code, message, remedy, stack }: z.infer<typeof failureSchema>) {
  return {
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(stack === undefined ? {} : { stack }),
  };
}
