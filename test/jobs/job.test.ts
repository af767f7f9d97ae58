import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idempotencyKey, idOf, orderKey, payloadSchema, type JobPayload } from '../../src/jobs/job.ts';

describe('a payload', () => {
  it.each<JobPayload>([
    { kind: 'onboard', repository: '1', installation: '2', delivery: 'd' },
    { kind: 'ingest', repository: '1', source: 'artifact', at: 'run-7' },
    { kind: 'dream', repository: '1', asked: true },
    { kind: 'review', repository: '1', number: 7, told: { what: 'closed', by: 'ana', bot: false } },
    { kind: 'merge', repository: '1', dream: 'x', head: 'abc' },
    { kind: 'sync', repository: '1' },
    { kind: 'retention', repository: '1', slot: '2026-11-20' },
    { kind: 'sweep', slot: '2026-11-20T03:00' },
    { kind: 'reconcile', slot: 'start' },
  ])('of kind $kind is taken as it is', (payload) => {
    expect(payloadSchema.parse(payload)).toEqual(payload);
  });

  it.each([
    { kind: 'dream' },
    { kind: 'dream', repository: '' },
    { kind: 'dream', repository: '#sweep' },
    { kind: 'dream', repository: 'r'.repeat(201) },
    { kind: 'unheard-of', repository: '1' },
    { kind: 'merge', repository: '1', dream: 'x' },
    { kind: 'sync', repository: '1', token: 'ghs_secret' },
  ])('that is not one is refused: %o', (payload) => {
    expect(payloadSchema.safeParse(payload).success).toBe(false);
  });
});

describe('what is the same request', () => {
  it('is told by the delivery, for each kind and repository', () => {
    const key = (kind: 'sync' | 'onboard', repository: string, delivery: string): string | undefined =>
      idempotencyKey({ kind, repository, delivery });
    expect(key('sync', 'a', '1')).toBe(key('sync', 'a', '1'));
    const keys = [
      key('sync', 'a', '1'),
      key('sync', 'a', '2'),
      key('sync', 'b', '1'),
      key('onboard', 'a', '1'),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  it('is told by the dream and the head of it that was checked', () => {
    const merge = { kind: 'merge', repository: 'a', dream: 'd' } as const;
    expect(idempotencyKey({ ...merge, head: 'x' })).toBe(idempotencyKey({ ...merge, head: 'x' }));
    expect(idempotencyKey({ ...merge, head: 'x' })).not.toBe(idempotencyKey({ ...merge, head: 'y' }));
  });

  it('is told by the turn of a schedule', () => {
    expect(idempotencyKey({ kind: 'sweep', slot: '1' })).not.toBe(
      idempotencyKey({ kind: 'sweep', slot: '2' }),
    );
  });

  it('is none when a person asks', () => {
    expect(idempotencyKey({ kind: 'dream', repository: 'a', asked: true })).toBeUndefined();
  });
});

describe('the id of a key', () => {
  it('is a UUID, and another one for another key', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 2 }), ([one = '', two = '']) => {
        expect(idOf(one)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(idOf(one)).not.toBe(idOf(two));
      }),
    );
  });
});

describe('the order', () => {
  it('is kept within a repository, and within each kind of the queue’s own', () => {
    expect(orderKey({ kind: 'dream', repository: 'a' })).toBe(orderKey({ kind: 'sync', repository: 'a' }));
    expect(orderKey({ kind: 'sweep', slot: '1' })).not.toBe(orderKey({ kind: 'reconcile', slot: '1' }));
  });
});
