/** Taking jobs: what it costs where many wait, and for how long a job is then one's own. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createClaims } from '../../src/jobs/boss-claims.ts';
import { fetchJobs } from '../../src/jobs/boss-fetch.ts';
import { openDatabase, type Database } from '../../src/jobs/database.ts';
import { laneRange } from '../../src/jobs/fairness.ts';
import { aJob, openQueue } from '../support/jobs.ts';
import { silent } from '../support/postgres.ts';

interface Plan {
  readonly type: string;
  readonly rows: number;
  readonly plans: readonly Plan[];
}
const planSchema: z.ZodType<Plan> = z
  .object({
    'Node Type': z.string(),
    'Actual Rows': z.number(),
    'Actual Loops': z.number(),
    'Rows Removed by Filter': z.number().default(0),
    get Plans() {
      return z.array(planSchema).default([]);
    },
  })
  .transform((plan) => ({
    type: plan['Node Type'],
    rows: (plan['Actual Rows'] + plan['Rows Removed by Filter']) * plan['Actual Loops'],
    plans: plan.Plans,
  }));
const explainedSchema = z.tuple([
  z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planSchema })]).rest(z.unknown()) }),
]);

/** How many rows of tables and indexes were read to take so many jobs. */
async function rowsRead(database: Database, most: number): Promise<number> {
  let read = 0;
  const count = ({ type, rows, plans }: Plan): void => {
    if (type.endsWith('Scan') && !type.startsWith('CTE')) read += rows;
    plans.forEach(count);
  };
  const query: Database['query'] = async (text, values) => {
    const answer = await database.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
    count(explainedSchema.parse(answer)[0]['QUERY PLAN'][0].Plan);
    return [];
  };
  await fetchJobs({ query }, { range: laneRange('quick'), most, perGroup: 1, leaseSeconds: 10 });
  return read;
}

describe('asking for jobs', () => {
  it('asks for no second look while the first waits to begin, and for one as soon as it has begun', async () => {
    const { queue, claims } = await openQueue();
    const look = (slot: string) => ({ kind: 'ingest', repository: 'a', source: 'inbox', slot }) as const;
    const first = await queue.send(look('1'));
    const file = { kind: 'ingest', repository: 'a', source: 'inbox', at: 'one.jsonl' } as const;
    expect(await queue.send(look('2'))).toEqual({ id: first.id, isNew: false });
    expect(await queue.sendAll([{ payload: look('2') }, { payload: file }])).toBe(1);
    expect(await claims().claim({ quick: 1, slow: 0 })).toMatchObject([{ id: first.id }]);
    expect(await queue.sendAll([{ payload: look('2') }])).toBe(1);
  });
});

describe('taking jobs', () => {
  it.each(['before', 'after'])(
    'reads few rows however many wait, %s the database has counted them',
    async (when) => {
      const { database, queue } = await openQueue();
      await queue.sendAll(
        Array.from({ length: 4_000 }, (_, at) => ({ payload: aJob(`r${at % 400}`, String(at)) })),
      );
      if (when === 'after') await database.query('ANALYZE dreamkeeper.job');
      expect(await rowsRead(database, 3)).toBeLessThan(40);
      // Those three are not looked at for long when they are in the way.
      expect(await rowsRead(database, 1)).toBeLessThan(60);
      expect(await queue.list({ states: ['running'] })).toHaveLength(4);
    },
  );

  it('holds them for as long as who took them says, whoever asked for them', async () => {
    const { url, queue } = await openQueue();
    const patient = await openDatabase({
      connectionString: url,
      log: silent,
      supervise: false,
      leaseSeconds: 60,
    });
    onTestFinished(() => patient.close());
    // Its lease is 10 seconds, as everybody's who opens the database so.
    await queue.send(aJob('a'));
    const claims = createClaims(patient, { dreamsPerInstallation: 1, settleSeconds: 0 });
    expect(await claims.claim({ quick: 1, slow: 0 })).toHaveLength(1);
    const rows = await patient.query('SELECT heartbeat_seconds FROM dreamkeeper.job');
    expect(rows).toEqual([{ heartbeat_seconds: 60 }]);
  });
});
