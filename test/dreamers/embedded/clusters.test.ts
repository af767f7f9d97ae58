import { describe, expect, test } from 'vitest';
import { clusterBy } from '../../../src/dreamers/embedded/clusters.ts';
import { sameRule } from '../../../src/dreamers/embedded/same-rule.ts';

describe('one rule in different words', () => {
  test.each([
    ["We don't write bare img tags in this codebase.", "In general you shouldn't use a bare img tag."],
    ['Use `money.Amount` for amounts.', 'Pass amounts around as `money.Amount`.'],
    [
      'Ask the compliance channel before adding a field with personal data.',
      'Check with the compliance channel before you add personal data.',
    ],
  ])('%s = %s', (a, b) => {
    expect(sameRule(a, b)).toBe(true);
  });
});

describe('two rules', () => {
  test.each([
    ['Indent with tabs.', 'Indent with spaces.'],
    ['Keep backups for 30 days.', 'Keep backups for 90 days.'],
    ['Always squash before merging.', 'Never squash before merging.'],
    ['Use pnpm to install packages.', 'Use npm to install packages.'],
    ['Run `make lint` before each commit.', 'Run `make deploy` from the main branch.'],
  ])('%s ≠ %s', (a, b) => {
    expect(sameRule(a, b)).toBe(false);
  });
});

test('every statement is in exactly one group, in order', () => {
  const said = [
    'Use `money.Amount` for amounts.',
    'Indent with tabs.',
    'Pass amounts around as `money.Amount`.',
  ];
  expect(clusterBy(said, (text) => text)).toEqual([[said[0], said[2]], [said[1]]]);
});
