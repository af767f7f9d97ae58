import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/jobs/database.ts';
import { createRepositoryStates, type Seen } from '../../src/jobs/repository-state.ts';
import { whenOver } from '../support/lifetime.ts';
import { emptyDatabase, silent } from '../support/postgres.ts';

const seen = (tokens?: number): Seen => ({
  dream: { after: 24, sessions: 5, apart: 6, zone: 'UTC' },
  waiting: 0,
  paused: false,
  held: false,
  ...(tokens === undefined ? {} : { spent: { tokens, usd: tokens / 10 } }),
});

async function given() {
  const database = await openDatabase({ connectionString: await emptyDatabase(), log: silent });
  whenOver(() => database.close());
  const states = createRepositoryStates(database);
  await states.remember({ id: '1', installation: 'acme' }, seen(100));
  await states.remember({ id: '2', installation: 'acme' }, seen(20));
  await states.remember({ id: '3', installation: 'acme' }, seen());
  await states.remember({ id: '4', installation: 'other' }, seen(1_000));
  return states;
}

describe('a budget that repositories share', () => {
  it('tells each what the others of its installation spent', async () => {
    const states = await given();
    const told: unknown[] = [];
    await states.sharing({ id: '1', installation: 'acme' })((elsewhere) => {
      told.push(elsewhere);
      return Promise.resolve({ tokens: 100, usd: 10 });
    });
    expect(told).toEqual([{ tokens: 20, usd: 2 }]);
  });

  it('lets one after the other set money aside, so that no two count on the same', async () => {
    const states = await given();
    const limit = 500;
    const taken = await Promise.all(
      ['1', '2', '3'].map(async (id) => {
        let mine = 0;
        await states.sharing({ id, installation: 'acme' })(async ({ tokens }) => {
          mine = Math.max(0, Math.min(300, limit - tokens));
          await new Promise((resolve) => setImmediate(resolve));
          return { tokens: mine, usd: 0 };
        });
        return mine;
      }),
    );
    expect(taken.reduce((sum, mine) => sum + mine, 0)).toBeLessThanOrEqual(limit);
    expect((await states.all()).states.map((state) => state.seen.spent?.tokens)).toEqual([...taken, 1_000]);
  });
});
