/** A database that does not let us in says so at the start, in words of ours. */
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/jobs/database.ts';
import { emptyDatabase, query, silent } from '../support/postgres.ts';

it('says what to check where the password is wrong, without the password', async () => {
  const url = new URL(await emptyDatabase());
  url.password = 'hunter2';
  const failure: unknown = await openDatabase({ connectionString: url.href, log: silent }).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({
    code: 'database',
    retryable: false,
    message: expect.stringContaining('password authentication failed') as string,
    remedy: expect.stringContaining('Check DATABASE_URL') as string,
  });
  expect(String(failure)).not.toContain('hunter2');
});

it('says what to check where its user may not make a schema', async () => {
  const url = await emptyDatabase();
  const user = `guest_of${new URL(url).pathname.replace('/', '_')}`;
  await query(url, `CREATE ROLE ${user} LOGIN PASSWORD 'guest'`);
  const guest = url.replace(/\/\/[^@]*@/, `//${user}:guest@`);
  const opened = openDatabase({ connectionString: guest, log: silent });
  await expect(opened).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining('permission denied') as string,
    remedy: expect.stringContaining('may create a schema') as string,
  });
});
