import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RepositoryState, Seen } from '../../src/jobs/repository-state.ts';
import { dueJobs, heardUntil, jitter } from '../../src/jobs/schedule.ts';

const hour = 3_600_000;
const triggers = { after: 24, sessions: 5, apart: 6, zone: 'UTC' };

function aState(
  id: string,
  seen: Partial<Seen> = {},
  pending: RepositoryState['pending'] = [],
): RepositoryState {
  return {
    id,
    seen: {
      dream: triggers,
      waiting: 5,
      lastDream: '2026-03-01T00:00:00.000Z',
      paused: false,
      held: false,
      ...seen,
    },
    seenAt: '2026-03-01T00:00:00.000Z',
    pending,
  };
}

const at = (now: string) => ({ now, slot: now, spread: 600 });
const kinds = (states: readonly RepositoryState[], now: string): readonly string[] =>
  dueJobs(states, at(now)).map(({ payload }) => payload.kind);

describe('what is due', () => {
  it('is a dream where core’s triggers say so', () => {
    expect(kinds([aState('a')], '2026-03-02T01:00:00.000Z')).toEqual(['dream']);
    expect(kinds([aState('a')], '2026-03-01T01:00:00.000Z')).toEqual([]);
    expect(kinds([aState('a', { waiting: 0 })], '2026-03-09T00:00:00.000Z')).toEqual([]);
  });

  it('is none while one waits or runs, the open one is being reviewed, dreams are paused, or something is broken', () => {
    const states = [
      aState('a', {}, ['dream']),
      aState('b', { held: true }),
      aState('c', { paused: true }),
      aState('d', { problem: 'no commit' }),
    ];
    expect(kinds(states, '2026-03-09T00:00:00.000Z')).toEqual([]);
  });

  it('is none within the hour after one was tried, whatever came of it', () => {
    const state = aState('a', { triedAt: '2026-03-02T01:00:00.000Z' });
    expect(kinds([state], '2026-03-02T01:59:00.000Z')).toEqual([]);
    expect(kinds([state], '2026-03-02T02:00:00.000Z')).toEqual(['dream']);
  });

  it('comes at the next turn where one waits for an answer', () => {
    const state = aState('a', { triedAt: '2026-03-02T01:00:00.000Z', waits: true });
    expect(kinds([state], '2026-03-02T01:05:00.000Z')).toEqual([]);
    expect(kinds([state], '2026-03-02T01:10:00.000Z')).toEqual(['dream']);
  });

  it('is a look at the service where agents run once an hour, and when it was heard of', () => {
    const agents = true;
    const states = [aState('a', { agents }), aState('b', { agents }, ['ingest']), aState('c')];
    const slots = (now: string, slot = now) =>
      dueJobs(states, { now, slot }).map(({ payload }) => [
        'repository' in payload ? payload.repository : '',
        'slot' in payload ? payload.slot : '',
      ]);
    const heard = heardUntil('2026-03-01T01:31:00.000Z');
    expect(slots('2026-03-01T01:10:00.000Z')).toEqual([['a', 'agents 2026-03-01T01']]);
    expect(slots('2026-03-01T01:20:00.000Z')).toEqual([['a', 'agents 2026-03-01T01']]);
    expect(slots('2026-03-01T01:30:00.000Z', heard)).toEqual([['a', heard]]);
  });

  it('is retention where the oldest session is over its time', () => {
    const state = aState('a', { waiting: 0, retentionDue: '2026-03-05T00:00:00.000Z' });
    expect(kinds([state], '2026-03-04T23:59:00.000Z')).toEqual([]);
    expect(kinds([state], '2026-03-05T00:00:00.000Z')).toEqual(['retention']);
  });

  it('names the installation, whose limits count', () => {
    const state = { ...aState('a'), installation: 'acme' };
    expect(dueJobs([state], at('2026-03-09T00:00:00.000Z'))).toMatchObject([
      { payload: { installation: 'acme' } },
    ]);
  });
});

describe('a schedule', () => {
  const berlin = (lastDream: string) =>
    aState('a', { dream: { ...triggers, cron: '30 2 * * *', zone: 'Europe/Berlin' }, lastDream });

  /** When the first sweep of every ten minutes finds it due, and when the dream then begins. */
  function firstDue(state: RepositoryState, from: string): { found: string; start: string } {
    for (let time = Date.parse(from); ; time += hour / 6) {
      const now = new Date(time).toISOString();
      const [job] = dueJobs([state], at(now));
      if (job !== undefined) return { found: now, start: job.startAfter };
    }
  }

  it('comes at its hour in its zone', () => {
    expect(firstDue(berlin('2026-01-10T02:00:00.000Z'), '2026-01-10T12:00:00.000Z').found).toBe(
      '2026-01-11T01:30:00.000Z',
    );
    expect(firstDue(berlin('2026-07-10T02:00:00.000Z'), '2026-07-10T12:00:00.000Z').found).toBe(
      '2026-07-11T00:30:00.000Z',
    );
  });

  it('comes once when the clock is put back, though 02:30 comes twice', () => {
    const first = firstDue(berlin('2026-10-24T00:31:00.000Z'), '2026-10-24T12:00:00.000Z').found;
    expect(first).toBe('2026-10-25T00:30:00.000Z');
    expect(
      firstDue(berlin('2026-10-25T00:31:00.000Z'), '2026-10-25T00:31:00.000Z').found >= '2026-10-26',
    ).toBe(true);
  });

  it('comes once when the clock is put forward, though 02:30 does not come', () => {
    const first = firstDue(berlin('2026-03-28T01:31:00.000Z'), '2026-03-28T12:00:00.000Z').found;
    expect(first >= '2026-03-29T00:30:00.000Z' && first <= '2026-03-29T01:40:00.000Z').toBe(true);
    expect(firstDue(berlin('2026-03-29T02:00:00.000Z'), '2026-03-29T02:00:00.000Z').found).toBe(
      '2026-03-30T00:30:00.000Z',
    );
  });

  it('begins at a moment of each repository’s own in the ten minutes after it', () => {
    const states = Array.from({ length: 10_000 }, (_, index) => ({
      ...berlin('2026-01-10T02:00:00.000Z'),
      id: `r${index}`,
    }));
    const now = '2026-01-11T01:30:00.000Z';
    const jobs = dueJobs(states, at(now));
    expect(jobs).toHaveLength(10_000);
    const perSecond = new Map<number, number>();
    for (const { startAfter } of jobs) {
      const second = Math.floor((Date.parse(startAfter) - Date.parse(now)) / 1_000);
      expect(second >= 0 && second < 600).toBe(true);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThan(50);
    expect(dueJobs(states, at(now))).toEqual(jobs);
  });

  it('begins soon when it was missed', () => {
    const { start, found } = firstDue(berlin('2026-01-10T02:00:00.000Z'), '2026-01-11T12:00:00.000Z');
    expect(start).toBe(found);
  });
});

describe('jitter', () => {
  it('is the same for a repository every time, and within its bounds', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 10_000 }), (id, seconds) => {
        expect(jitter(id, seconds)).toBe(jitter(id, seconds));
        expect(jitter(id, seconds) >= 0 && jitter(id, seconds) < seconds).toBe(true);
      }),
    );
  });
});
