import { describe, expect, test } from 'vitest';
import { clusterBy } from '../../../src/dreamers/embedded/clusters.ts';

const sameRule = (a: string, b: string): boolean => clusterBy([a, b], (text) => text).length === 1;

describe('one rule in different words', () => {
  test.each([
    ["We don't write bare img tags in this codebase.", "In general you shouldn't use a bare img tag."],
    ['Use `money.Amount` for amounts.', 'Pass amounts around as `money.Amount`.'],
    [
      'Ask the compliance channel before adding a field with personal data.',
      'Check with the compliance channel before you add personal data.',
    ],
    ['Squash before merging.', 'Squash the commits when merging.'],
    ['Always return early with a guard clause.', 'Write a guard clause instead of nesting.'],
    ['Never use float64 for amounts. Use `money.Amount`.', 'Pass amounts as `money.Amount`.'],
    ["Don't edit `gen/`, run `make proto` instead.", 'Run `make proto` for `gen/`.'],
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
    ['Run the unit tests before pushing.', 'Run the browser tests before pushing.'],
    ['Use zod schemas for validation.', 'Prefer yup schemas for validation.'],
    ['Run the formatter before merging.', 'Run the formatter after merging.'],
    ['Document endpoints in `docs/api.yaml`.', 'Document errors in `docs/api.yaml`.'],
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
