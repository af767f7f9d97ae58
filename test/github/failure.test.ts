import { expect, it } from 'vitest';
import { githubFailure } from '../../src/github/failure.ts';

const now = Date.parse('2026-03-01T12:00:00Z');

function answered(
  status: number,
  headers: Record<string, string> = {},
  message = 'No - https://docs.example',
) {
  return Object.assign(new Error(message), { status, response: { headers } });
}

it.each([
  ['the time it says', answered(403, { 'retry-after': '30' }), 30],
  ['none at all', answered(429, { 'retry-after': '0' }), 0],
  ['a minute where it says none', answered(429), 60],
  ['a minute at a secondary limit', answered(403, {}, 'You have exceeded a secondary rate limit'), 60],
  [
    'until the limit begins anew',
    answered(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1_000 + 90) }),
    90,
  ],
])('waits %s', (_what, error, seconds) => {
  expect(githubFailure(error, 'opening', now)).toMatchObject({ retryable: true, retryAfter: seconds });
});

it.each([500, 502, 503, 504, 409])('tries %i again', (status) => {
  expect(githubFailure(answered(status), 'opening', now)).toMatchObject({ retryable: true });
});

it.each([401, 403, 404, 410, 422])('leaves %i to a person, with what to do', (status) => {
  const failure = githubFailure(answered(status), 'opening', now);
  expect(failure).toMatchObject({
    retryable: false,
    remedy: /./,
    message: `opening: GitHub refused (${status}): No`,
  });
});

it('leaves errors of others as they are', () => {
  const error = new Error('ours');
  expect(githubFailure(error, 'opening', now)).toBe(error);
});
