/**
 * What was seen when a repository was last looked at: enough to know, for ten thousand of them in one query, which are
 * due. It is only a cache: everything here is found again by looking (look.ts), and a job that runs looks for itself.
 */
import { z } from 'zod';
import { mainQueue, schema, type Database } from './database.ts';
import type { Sharing } from '../means.ts';
import { jobKinds, type JobKind } from './job.ts';
import type { RepositoryName } from './place.ts';
import { shareBudget } from './shared-budget.ts';

export const seenSchema = z.object({
  /** The config's part that says when. */
  dream: z.object({
    after: z.number(),
    sessions: z.number(),
    apart: z.number(),
    cron: z.string().optional(),
    zone: z.string(),
  }),
  /** Sessions that are new or have grown since the last dream. */
  waiting: z.number().int(),
  lastDream: z.string().optional(),
  paused: z.boolean(),
  /** The open dream is being reviewed: nothing may replace it. */
  held: z.boolean(),
  /** A dream waits to be merged or closed. */
  open: z.literal(true).optional(),
  /** Of model-backed dreams in 30 days, with what is set aside. */
  spent: z.object({ tokens: z.number(), usd: z.number() }).optional(),
  /** Sessions come from a service where its agents run. */
  agents: z.literal(true).optional(),
  /** When the oldest session is over its time. */
  retentionDue: z.string().optional(),
  /** When a dream was last tried, whatever came of it. */
  triedAt: z.string().optional(),
  /** It waits for an answer, and is tried again soon. */
  waits: z.literal(true).optional(),
  /** Why nothing can be done here until somebody mends it. */
  problem: z.string().optional(),
});
export type Seen = z.infer<typeof seenSchema>;

export interface RepositoryState extends RepositoryName {
  readonly seen: Seen;
  readonly seenAt: string;
  /** Kinds of the jobs that it has waiting or running. */
  readonly pending: readonly JobKind[];
}

export interface RepositoryStates {
  /** The database's time, which is the same for all processes: ISO 8601 in UTC. */
  now(): Promise<string>;
  /** All of them, in one query. */
  all(): Promise<{ readonly now: string; readonly states: readonly RepositoryState[] }>;
  remember(name: RepositoryName, seen: Seen): Promise<void>;
  /** One repository of an installation after the other. */
  sharing(name: RepositoryName): Sharing;
  forget(ids: readonly string[]): Promise<void>;
}

const rowSchema = z.object({
  id: z.string(),
  installation: z.string().nullable(),
  seen: seenSchema,
  seen_on: z.date(),
  // What a newer version sends is none of our business here.
  pending: z.array(z.enum(jobKinds).nullable().catch(null)).nullable(),
});

export function createRepositoryStates(database: Database): RepositoryStates {
  const now = async (): Promise<string> => {
    const [row] = await database.query('SELECT now() AS now');
    return z.object({ now: z.date() }).parse(row).now.toISOString();
  };
  return {
    now,
    async all() {
      const [at, rows] = await Promise.all([
        now(),
        database.query(
          `SELECT s.id, s.installation, s.seen, s.seen_on, p.pending
           FROM ${schema}.repository_state s LEFT JOIN (
             SELECT singleton_key, array_agg(DISTINCT data->'payload'->>'kind') AS pending FROM ${schema}.job
             WHERE name = $1 AND state IN ('created', 'retry', 'active') GROUP BY singleton_key
           ) p ON p.singleton_key = s.id ORDER BY s.id`,
          [mainQueue],
        ),
      ]);
      return { now: at, states: rows.flatMap((row) => stateOf(row) ?? []) };
    },
    async remember({ id, installation }, seen) {
      await database.query(
        `INSERT INTO ${schema}.repository_state (id, installation, seen, seen_on) VALUES ($1, $2, $3, now())
         ON CONFLICT (id) DO UPDATE SET installation = $2, seen = $3, seen_on = now()`,
        [id, installation ?? null, JSON.stringify(seen)],
      );
    },
    sharing: (name) => (setAside) => shareBudget(database, name, setAside),
    async forget(ids) {
      await database.query(`DELETE FROM ${schema}.repository_state WHERE id = ANY($1)`, [ids]);
    },
  };
}

/** What another version wrote is not believed, and so looked at anew. */
function stateOf(row: unknown): RepositoryState | undefined {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) return undefined;
  const { id, installation, seen, seen_on: seenOn, pending } = parsed.data;
  return {
    id,
    ...(installation === null ? {} : { installation }),
    seen,
    seenAt: seenOn.toISOString(),
    pending: (pending ?? []).filter((kind) => kind !== null),
  };
}
