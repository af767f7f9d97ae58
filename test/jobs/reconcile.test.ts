import { describe, expect, it } from 'vitest';
import type { JobPayload } from '../../src/jobs/job.ts';
import type { RepositoryName, RepositorySource } from '../../src/jobs/place.ts';
import type { Queue } from '../../src/jobs/queue.ts';
import { ledgersHook, openDreamsHook, reconcile, type ReconciliationHook } from '../../src/jobs/reconcile.ts';
import type { RepositoryState, RepositoryStates } from '../../src/jobs/repository-state.ts';
import { silent } from '../support/postgres.ts';

const context = { slot: 'now', signal: new AbortController().signal, log: silent };

describe('a reconciliation', () => {
  it('looks everywhere in its order, also when one place cannot be looked at', async () => {
    const looked: string[] = [];
    const hook = (name: ReconciliationHook['name'], found: number | Error): ReconciliationHook => ({
      name,
      run() {
        looked.push(name);
        return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
      },
    });
    const hooks = [
      hook('ledgers', 2),
      hook('open-dreams', new Error('GitHub is away')),
      hook('missed-deliveries', 1),
    ];
    await expect(reconcile(hooks, context)).rejects.toThrow('1 reconciliations failed');
    expect(looked).toEqual(['missed-deliveries', 'open-dreams', 'ledgers']);
    expect(await reconcile([hook('ledgers', 3), hook('open-dreams', 2)], context)).toBe(5);
  });

  it('ends when its job is stopped', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    const never: ReconciliationHook = { name: 'ledgers', run: () => Promise.resolve(1) };
    await expect(reconcile([never], { ...context, signal: stopped })).rejects.toThrow('stopped');
  });
});

describe('looking at the ledgers', () => {
  function world(there: readonly RepositoryName[], known: readonly RepositoryState[]) {
    const asked: JobPayload[] = [];
    const forgotten: string[] = [];
    const source: Pick<RepositorySource, 'list'> = {
      async *list() {
        yield* await Promise.resolve(there);
      },
    };
    const states: Pick<RepositoryStates, 'all' | 'forget'> = {
      all: () => Promise.resolve({ now: '2026-11-21T12:00:00.000Z', states: known }),
      forget: (ids) => Promise.resolve(void forgotten.push(...ids)),
    };
    const queue: Pick<Queue, 'sendAll'> = {
      sendAll(jobs) {
        asked.push(...jobs.map(({ payload }) => payload));
        return Promise.resolve(jobs.length);
      },
    };
    const hook = ledgersHook({ source, states, queue, staleSeconds: 3_600 });
    return { hook, asked, forgotten };
  }

  const state = (id: string, seenAt: string): RepositoryState => ({
    id,
    seenAt,
    pending: [],
    seen: { dream: { after: 1, sessions: 1, apart: 1, zone: 'UTC' }, waiting: 0, paused: false, held: false },
  });

  it('asks for a look at each that is new or was not looked at for long', async () => {
    const { hook, asked } = world(
      [{ id: 'new', installation: 'acme' }, { id: 'fresh' }, { id: 'stale' }],
      [state('fresh', '2026-11-21T11:30:00.000Z'), state('stale', '2026-11-21T10:00:00.000Z')],
    );
    expect(await hook.run(context)).toBe(2);
    // Within one hour it is one request, whoever asks.
    const slot = '2026-11-21T12:00:00.000Z';
    expect(asked).toEqual([
      { kind: 'sync', repository: 'new', installation: 'acme', slot },
      { kind: 'sync', repository: 'stale', slot },
    ]);
  });

  it('forgets those that are gone', async () => {
    const { hook, forgotten } = world([], [state('gone', '2026-11-21T11:30:00.000Z')]);
    expect(await hook.run(context)).toBe(0);
    expect(forgotten).toEqual(['gone']);
  });

  it('asks for ten thousand in few steps', async () => {
    const { hook, asked } = world(
      Array.from({ length: 10_000 }, (_, at) => ({ id: `r${at}` })),
      [],
    );
    expect(await hook.run(context)).toBe(10_000);
    expect(new Set(asked.map((payload) => ('repository' in payload ? payload.repository : ''))).size).toBe(
      10_000,
    );
  });
});

it('has open dreams looked at, once in some hours', async () => {
  const seen = {
    dream: { after: 1, sessions: 1, apart: 1, zone: 'UTC' },
    ...{ waiting: 0, paused: false, held: false },
  };
  const all: RepositoryState[] = [
    {
      id: 'open',
      installation: '7',
      seenAt: '2026-11-21T11:00:00.000Z',
      pending: [],
      seen: { ...seen, open: true },
    },
    { id: 'none', seenAt: '2026-11-21T11:00:00.000Z', pending: [], seen },
  ];
  const asked: JobPayload[] = [];
  const hook = openDreamsHook({
    states: { all: () => Promise.resolve({ now: '2026-11-21T13:00:00.000Z', states: all }) },
    queue: {
      sendAll(jobs) {
        asked.push(...jobs.map(({ payload }) => payload));
        return Promise.resolve(jobs.length);
      },
    },
    everySeconds: 6 * 3_600,
  });
  expect(await hook.run(context)).toBe(1);
  const slot = 'open 2026-11-21T12:00:00.000Z';
  expect(asked).toEqual([{ kind: 'review', repository: 'open', installation: '7', slot }]);
});
