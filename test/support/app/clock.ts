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

/** @param interval as PostgreSQL reads it: `14 days`, `90 seconds`. Tables of the queue must be there. */
export async function moveClock(connectionString: string, interval: string): Promise<void> {
  await query(
    connectionString,
    `UPDATE clock.ahead SET by = by + interval '${interval}';
     CREATE OR REPLACE FUNCTION dreamkeeper.job_now() RETURNS timestamptz LANGUAGE sql STABLE
       AS 'SELECT clock.now()';
     NOTIFY dreamkeeper;`,
  );
}
