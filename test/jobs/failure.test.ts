import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DreamkeeperError, RetryLaterError } from '../../src/core/error.ts';
import { failureOf, judge, type RetryPolicy } from '../../src/jobs/failure.ts';

const policy: RetryPolicy = { limit: 5, base: 4, most: 20 };

describe('what becomes of a job that failed', () => {
  it('waits longer each time, with chance over the second half, and no longer than the most', () => {
    const delays = [1, 2, 3, 4].map((failures) => judge(new Error('x'), failures, 1, policy));
    expect(delays.map((verdict) => (verdict.what === 'retry' ? verdict.afterSeconds : 0))).toEqual([
      4, 8, 16, 20,
    ]);
    expect(judge(new Error('x'), 1, 0, policy)).toEqual({ what: 'retry', afterSeconds: 2 });
  });

  it('is laid aside when it failed too often, or when trying again is useless', () => {
    expect(judge(new Error('x'), 5, 0, policy)).toEqual({ what: 'dead' });
    expect(judge(new DreamkeeperError('config', 'x'), 1, 0, policy)).toEqual({ what: 'dead' });
    expect(judge(new DreamkeeperError('conflict', 'x', { retryable: true }), 1, 0, policy).what).toBe(
      'retry',
    );
  });

  it('never comes back before it was told to', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.integer({ min: 1, max: 4 }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (asked, failures, chance) => {
          const verdict = judge(new RetryLaterError('x', asked), failures, chance, policy);
          expect(verdict.what === 'retry' && verdict.afterSeconds >= asked).toBe(true);
        },
      ),
    );
  });

  it('believes any error that says when to come back, if it says it in seconds', () => {
    const told = Object.assign(new Error('x'), { retryAfter: 120 });
    expect(judge(told, 1, 0, policy)).toEqual({ what: 'retry', afterSeconds: 120 });
    const confused = Object.assign(new Error('x'), { retryAfter: 'soon' });
    expect(judge(confused, 1, 0, policy)).toEqual({ what: 'retry', afterSeconds: 2 });
  });
});

describe('what is kept of an error', () => {
  const clean = (texts: readonly string[]) =>
    Promise.resolve(texts.map((text) => text.replaceAll('secret', '[redacted]')));

  it('is its code, words and remedy, without secrets', async () => {
    const error = new DreamkeeperError('config', 'the secret is wrong', { remedy: 'Change the secret.' });
    expect(await failureOf(error, clean)).toEqual({
      code: 'config',
      message: 'the [redacted] is wrong',
      remedy: 'Change the [redacted].',
    });
  });

  it('says where it happened when nobody expected it', async () => {
    const failure = await failureOf(new TypeError('secret is not a function'), clean);
    expect(failure).toMatchObject({ code: 'TypeError', message: '[redacted] is not a function' });
    expect(failure.stack).toContain('failure.test.ts');
    expect(failure.stack).not.toContain('secret');
  });

  it('is nothing of its words when they cannot be checked', async () => {
    const broken = (): Promise<never> => Promise.reject(new Error('no rules'));
    expect((await failureOf(new Error('hunter2'), broken)).message).not.toContain('hunter2');
  });

  it('may be anything that was thrown', async () => {
    expect(await failureOf('just words', clean)).toEqual({ code: 'unexpected', message: 'just words' });
  });
});
