/** One sweep over ten thousand repositories, all of them due by a schedule of their own. */
import { pino } from 'pino';
import { createQueue } from '../../src/jobs/boss-queue.ts';
import { openDatabase, type Database } from '../../src/jobs/database.ts';
import { createRepositoryStates } from '../../src/jobs/repository-state.ts';
import { sweep } from '../../src/jobs/sweep.ts';
import { seconds, type Line } from './measure.ts';

const count = 10_000;

export async function benchSweep(url: string): Promise<Line> {
  const database = await openDatabase({
    connectionString: url,
    log: pino({ level: 'silent' }),
    supervise: false,
  });
  try {
    const few = await run(database, 10);
    const many = await run(database, count);
    const ok = many.seconds < 2 && many.sent === count && many.queries === few.queries;
    return {
      name: `sweep, ${count.toLocaleString('en')} repositories that are all due`,
      measured: seconds(many.seconds),
      reference: `${many.queries} queries, as for 10`,
      goal: '< 2 s',
      ok,
    };
  } finally {
    await database.close();
  }
}

async function run(
  database: Database,
  repositories: number,
): Promise<{ readonly seconds: number; readonly sent: number; readonly queries: number }> {
  await database.query('TRUNCATE dreamkeeper.repository_state, dreamkeeper.job');
  await database.query(
    `INSERT INTO dreamkeeper.repository_state (id, installation, seen, seen_on)
     SELECT 'r' || n, 'i' || n % 100, $1, now() FROM generate_series(1, $2) n`,
    [
      JSON.stringify({
        dream: { after: 24, sessions: 5, apart: 6, cron: '0 3 * * *', zone: 'Europe/Berlin' },
        waiting: 7,
        lastDream: '2026-01-01T03:00:00.000Z',
        paused: false,
        held: false,
      }),
      repositories,
    ],
  );
  let queries = 0;
  const counted: Database = {
    ...database,
    run: (work, patience) => {
      queries += 1;
      return database.run(work, patience);
    },
    query: (text, values) => {
      queries += 1;
      return database.query(text, values);
    },
  };
  const started = performance.now();
  const { sent } = await sweep({
    states: createRepositoryStates(counted),
    queue: createQueue(counted),
    slot: 'bench',
  });
  return { seconds: (performance.now() - started) / 1_000, sent, queries };
}
