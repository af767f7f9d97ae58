import { describe, expect, it } from 'vitest';
import { oneClaim } from '../../../src/core/guard/one-claim.ts';
import { parseStore } from '../../../src/core/memory/parse.ts';

/** @param text what takes the place of both; the second of them when left out. */
function verdict(first: string, second: string, text = second): string {
  const store = parseStore([{ path: 'CLAUDE.md', text: `- ${first}\n- ${second}\n` }]);
  const [a, b] = [...store.entries.values()];
  if (a === undefined || b === undefined) throw new Error('these are not two entries');
  return oneClaim(a, b, text).one;
}

describe('two entries that would become one', () => {
  it('say one thing where rules know it', () => {
    expect(verdict('Always use pnpm for installs.', 'For installs, use pnpm.')).toBe('yes');
  });

  it.each([
    ['another name in its place', 'The mailer speaks to redis.', 'The mailer speaks to rabbit.'],
    [
      'another unit',
      'The mailer may send 30 letters per second.',
      'The mailer may send 30 letters per minute.',
    ],
    [
      'the opposite',
      '`just check` works without a network.',
      '`just check` does not work without a network.',
    ],
    [
      'sides exchanged',
      'Try it on a real phone, not on a fake one.',
      'Try it on a fake phone, not on a real one.',
    ],
    ['another verb', 'The mailer overwrites old letters.', 'The mailer appends to old letters.'],
    ['a longer name', 'It keeps sums in the table `sums`.', 'It keeps sums in the table `sums_daily`.'],
    ['a limit', 'The mailer is restarted every Monday.', 'The mailer is restarted every other Monday.'],
  ])('do not with %s', (_what, first, second) => {
    expect(verdict(first, second)).toBe('no');
    expect(verdict(second, first)).toBe('no');
  });

  it('may when the merged text has every word of both', () => {
    const [first, second] = [
      'Letters leave through the small gateway.',
      'Letters reach the world by the small gateway.',
    ];
    expect(verdict(first, second, second)).toBe('no');
    expect(verdict(first, second, 'Letters leave and reach the world through the small gateway.')).toBe(
      'perhaps',
    );
  });

  it('may when they are built so differently that a reviewer has to look', () => {
    expect(
      verdict(
        'Ask before you touch the billing tables.',
        'Billing data is off limits without a word from Ada.',
      ),
    ).toBe('perhaps');
  });
});
