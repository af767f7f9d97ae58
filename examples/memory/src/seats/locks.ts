import { sql } from '../db/connection.ts';

/** A hold is a PostgreSQL advisory lock, so it is gone when the connection is. */
export async function holdSeat(sailing: string, seat: number): Promise<boolean> {
  const [row] = await sql`select pg_try_advisory_lock(hashtext(${sailing}), ${seat}) as held`;
  return row?.held === true;
}
