/** Our own tables beside pg-boss's, in the same schema. Losing them loses nothing: they are filled again by looking. */

/** Only one process builds at a time; the others find it done. */
const lock = 7_238_115_026;

/** @returns one text of several statements, to be run without parameters. */
export function createTables(schema: string): string {
  return `
    BEGIN;
    SELECT pg_advisory_xact_lock(${lock});
    CREATE TABLE IF NOT EXISTS ${schema}.repository_state (
      id text PRIMARY KEY,
      installation text,
      -- What looking at the repository said (repository-state.ts).
      seen jsonb NOT NULL,
      seen_on timestamptz NOT NULL
    );
    CREATE TABLE IF NOT EXISTS ${schema}.cancel_request (
      job uuid PRIMARY KEY,
      requested_on timestamptz NOT NULL DEFAULT now()
    );
    COMMIT;`;
}
