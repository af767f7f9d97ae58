import { describe, expect, it } from 'vitest';
import { configSchema } from '../src/core/config.ts';
import { DreamkeeperError } from '../src/core/error.ts';
import { openRepository } from '../src/git/repository.ts';
import { openLedger } from '../src/ledger/ledger.ts';
import { openMeans, type Means, type MeansOptions } from '../src/means.ts';
import { aBill } from './support/bill.ts';
import { scratchRepository } from './support/repository.ts';

const now = '2026-11-21T00:00:00.000Z';

async function given(budget: unknown, over: Partial<MeansOptions> = {}) {
  const scratch = scratchRepository();
  scratch.commit('base', { 'a.md': 'a' });
  const ledger = openLedger(await openRepository(scratch.dir, scratch.env));
  const config = configSchema.parse({ budget });
  const options: MeansOptions = { ledger, config, dreamer: { paid: true }, now, ...over };
  const open = async (dream: string): Promise<Means | { readonly refused: string }> =>
    openMeans(options, dream, await ledger.read());
  const decisions = async () => (await ledger.read()).decisions();
  const end = async (means: Means): Promise<void> => {
    await ledger.write('end', () => Promise.resolve({ decisions: means.close() }));
  };
  return { ledger, open, decisions, end };
}

function granted(means: Means | { readonly refused: string }): Means {
  if ('refused' in means) throw new DreamkeeperError('limit', means.refused);
  return means;
}

describe('the means of a dream', () => {
  it('are set aside on the ledger before it begins, and what is left is free when it has ended', async () => {
    const { open, decisions, end } = await given({ tokens: 1_000, month: { tokens: 1_500 } });
    const first = granted(await open('one'));
    expect(first.purse.left()).toEqual({ tokens: 1_000 });
    expect(await decisions()).toEqual([{ type: 'reserved', at: now, dream: 'one', tokens: 1_000, usd: 0 }]);
    // Another dream, at the same time, cannot spend the same money.
    expect(granted(await open('two')).purse.left()).toEqual({ tokens: 500 });
    expect(await open('three')).toEqual({ refused: 'the token budget is spent' });
    first.purse.hold({ tokens: 110, usd: 0 })?.settle(aBill());
    await end(first);
    expect(granted(await open('three')).purse.left()).toEqual({ tokens: 890 });
  });

  it('record what was spent with each note, so that a crash forgets no more than the last step', async () => {
    const { open, decisions, end } = await given({});
    const means = granted(await open('one'));
    means.purse.hold({ tokens: 0, usd: 0 })?.settle(aBill());
    await means.notes.keep('x', [{ kind: 'claude-extract', name: 's1', value: { n: 1 } }]);
    expect(await means.notes.read('claude-extract')).toEqual(new Map([['s1', { n: 1 }]]));
    expect(await decisions()).toEqual([{ type: 'spend', at: now, dream: 'one', tokens: 110, usd: 0.5 }]);
    await end(means);
    expect(await decisions()).toHaveLength(1);
  });

  it('forget nothing of what was spent when a note cannot be kept', async () => {
    const { open, decisions, end } = await given({});
    const means = granted(await open('one'));
    means.purse.hold({ tokens: 0, usd: 0 })?.settle(aBill());
    const note = { kind: 'sync', name: 'a', value: 1n } as const;
    await expect(means.notes.keep('x', [note])).rejects.toThrow('BigInt');
    await end(means);
    expect(await decisions()).toMatchObject([{ type: 'spend', tokens: 110, usd: 0.5 }]);
  });

  it('hold money for what goes on when the dream is over', async () => {
    const { open, end } = await given({ month: { usd: 10 } });
    const means = granted(await open('one'));
    const aside = { name: 'batch-7', money: { tokens: 0, usd: 4 } };
    await means.notes.keep('x', [{ kind: 'claude-batch', name: '7', value: {} }], aside);
    await end(means);
    const next = granted(await open('two'));
    expect(next.purse.left()).toEqual({ usd: 6 });
    next.purse.charge(aBill({ usd: 3 }));
    const paid = { name: 'batch-7', money: undefined };
    await next.notes.keep('x', [{ kind: 'claude-batch', name: '7', value: undefined }], paid);
    expect(await next.notes.read('claude-batch')).toEqual(new Map());
    await end(next);
    expect(granted(await open('three')).purse.left()).toEqual({ usd: 7 });
  });

  it('write nothing in a dry run, and know the limits all the same', async () => {
    const { ledger, open } = await given({ tokens: 5 }, { dryRun: true });
    const means = granted(await open('one'));
    await means.notes.keep('x', [{ kind: 'sync', name: 'a', value: 1 }]);
    expect(await means.notes.read('sync')).toEqual(new Map([['a', 1]]));
    expect(means.purse.left()).toEqual({ tokens: 5 });
    expect(means.close()).toEqual([]);
    expect((await ledger.read()).commit).toBeUndefined();
  });

  it('are nobody’s business where nothing is paid', async () => {
    const { ledger, open } = await given({ tokens: 0 }, { dreamer: { paid: false } });
    expect(granted(await open('one')).purse.left()).toEqual({});
    expect((await ledger.read()).commit).toBeUndefined();
  });
});
