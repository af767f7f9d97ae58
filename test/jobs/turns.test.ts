import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { idempotencyKey, type JobPayload } from '../../src/jobs/job.ts';
import { startTurns } from '../../src/jobs/turns.ts';
import { silent } from '../support/postgres.ts';

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-21T11:59:30.000Z') }));
afterEach(() => void vi.useRealTimers());

/** A process whose clock is off by so much; what it asks for, each request once as the queue would have it. */
function aProcess(asked: Map<string, JobPayload>, offMilliseconds = 0) {
  return startTurns({
    queue: {
      send(payload) {
        asked.set(idempotencyKey(payload) ?? '', payload);
        return Promise.resolve({ id: '', isNew: true });
      },
    },
    log: silent,
    sweepSeconds: 600,
    reconcileSeconds: 3_600,
    now: () => Date.now() + offMilliseconds,
  });
}

const slots = (asked: Map<string, JobPayload>, kind: JobPayload['kind']): readonly string[] =>
  [...asked.values()].flatMap((payload) =>
    payload.kind === kind && 'slot' in payload ? [payload.slot ?? ''] : [],
  );

describe('turns', () => {
  it('begin with a reconciliation and a sweep', async () => {
    const asked = new Map<string, JobPayload>();
    const turns = aProcess(asked);
    await vi.advanceTimersByTimeAsync(10);
    expect(slots(asked, 'reconcile')).toEqual(['start 2026-11-21T11:59:30.000Z']);
    expect(slots(asked, 'sweep')).toEqual(['2026-11-21T11:50:00.000Z']);
    turns.stop();
  });

  it('are one job each, however many processes ask and whatever their clocks say', async () => {
    const asked = new Map<string, JobPayload>();
    const processes = [aProcess(asked), aProcess(asked), aProcess(asked, 5 * 60_000)];
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    const times = slots(asked, 'sweep').map((slot) => Date.parse(slot));
    expect(new Set(times).size).toBe(times.length);
    expect(
      times.sort((a, b) => a - b).every((time, at) => at === 0 || time - (times[at - 1] ?? 0) === 600_000),
    ).toBe(true);
    expect(times.length).toBeGreaterThanOrEqual(7);
    expect(times.length).toBeLessThanOrEqual(8);
    const hours = slots(asked, 'reconcile').filter((slot) => !slot.startsWith('start'));
    expect(new Set(hours).size).toBe(hours.length);
    expect(hours).toContain('2026-11-21T12:00:00.000Z');
    for (const turns of processes) turns.stop();
  });
});
