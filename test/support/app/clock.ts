/**
 * The clock of a database that a test moves on. Jobs ask the database what time it is, so that days pass for them while
 * processes, Git and GitHub stay where they are.
 */
import { query } from '../postgres.ts';

/** Makes `now()` a function of ours there. To be called before anybody else is connected. */
export async function ownClock(connectionString: string): Promise<void> {
  const { pathname } = new URL(connectionString);
  await query(
    connectionString,
    `CREATE SCHEMA clock;
     CREATE TABLE clock.ahead AS SELECT interval '0' AS by;
     CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE
       AS 'SELECT pg_catalog.now() + (SELECT by FROM clock.ahead)';
     ALTER DATABASE ${pathname.slice(1)} SET search_path = clock, public, pg_catalog;`,
  );
}

/**
 * Who works now goes on working, and has begun that much later. Tables of the queue must be there.
 * @param interval as PostgreSQL reads it: `14 days`, `90 seconds`
 * @param leases what becomes of those of running jobs: their workers may be dead
 */
export async function moveClock(
  connectionString: string,
  interval: string,
  leases: 'kept' | 'over' = 'kept',
): Promise<void> {
  const keep = `
     UPDATE dreamkeeper.job SET started_on = started_on + interval '${interval}',
       heartbeat_on = heartbeat_on + interval '${interval}' WHERE state = 'active';`;
  await query(
    connectionString,
    `UPDATE clock.ahead SET by = by + interval '${interval}';
     CREATE OR REPLACE FUNCTION dreamkeeper.job_now() RETURNS timestamptz LANGUAGE sql STABLE
       AS 'SELECT clock.now()';${leases === 'kept' ? keep : ''}
     NOTIFY dreamkeeper;`,
  );
}
