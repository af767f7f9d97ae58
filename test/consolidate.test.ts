import { expect, it } from 'vitest';
import { consolidate } from '../src/consolidate.ts';
import { openRepository } from '../src/git/repository.ts';
import { openLedger } from '../src/ledger/ledger.ts';
import { dreamInput } from './support/dream-input.ts';
import { scratchRepository } from './support/repository.ts';

/** Whether the dreamer is told that somebody waits. */
async function urgent(asked: { readonly ifDue?: boolean; readonly dryRun?: boolean }): Promise<boolean> {
  const scratch = scratchRepository();
  const ledger = openLedger(await openRepository(scratch.dir, scratch.env));
  const known = dreamInput({ memory: {} });
  const told: boolean[] = [];
  const dreamer = {
    name: 'embedded' as const,
    paid: false,
    dream: (input: { readonly urgent: boolean }) => {
      told.push(input.urgent);
      return Promise.resolve({ proposals: [], questions: [], leads: [] });
    },
  };
  await consolidate(
    { ledger, dreamer, config: known.config, now: known.now, ...asked },
    {
      dream: 'one',
      view: await ledger.read(),
      known,
      extracts: [],
      closed: new Set(),
      guard: () => Promise.resolve({ cleared: [], withheld: [], deferred: [] }),
    },
  );
  return told.includes(true);
}

it('hurries when somebody asked', async () => expect(await urgent({})).toBe(true));
it('takes its time when only the triggers did', async () =>
  expect(await urgent({ ifDue: true })).toBe(false));
it('hurries when nothing is kept: what it sent could not be found again', async () =>
  expect(await urgent({ ifDue: true, dryRun: true })).toBe(true));
