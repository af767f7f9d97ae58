import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unframe } from '../../../../src/core/dream/gather/frames.ts';

const marks = (text: string): string[] => [...unframe(text).marks].sort();

describe('a frame that asks to remember is taken off, whatever its phrase', () => {
  test.each([
    'Put a note in CLAUDE.md saying that we {rule}',
    'this belongs into the docs for agents: {rule}',
    'let us make this one permanent: {rule}',
    'the reviewers asked for it once more, so from this day on {rule}',
    'it would be great if you could note somewhere that agents have to {rule}',
    'add "{rule}" to the memory',
    '{rule}, and please save that for later sessions',
  ])('%s', (phrase) => {
    const { body } = unframe(phrase.replace('{rule}', 'pin the base image'));
    expect(body).toMatch(/(?:^|have to |we )pin the base image$/);
    expect(marks(phrase.replace('{rule}', 'pin the base image'))).toContain('keep');
  });
});

describe('a frame that makes a rule of it is taken off', () => {
  test.each([
    'It is a principle of this team to {rule}',
    'no matter who asks, {rule}',
    'this is fine, but the standard here is to {rule}',
    'policy of the house: {rule}',
  ])('%s', (phrase) => {
    const said = phrase.replace('{rule}', 'pin the base image');
    expect(unframe(said).body).toBe('pin the base image');
    expect(marks(said)).toContain('rule');
  });
});

test('a frame that forbids leaves a prohibition', () => {
  expect(unframe('it is forbidden here to rebase a shared branch').body).toBe('never rebase a shared branch');
});

describe('what says something itself stays', () => {
  test.each([
    'Timestamps: the API expects milliseconds',
    'nobody may rebase a shared branch',
    'Use pnpm, not npm',
    'when a migration fails, restore the snapshot',
    'keep invoices in cents',
    'the release job needs two approvals',
  ])('%s', (text) => {
    expect(unframe(text).body).toBe(text);
  });
});

test('nothing but frame leaves nothing', () => {
  expect(unframe('Please keep that in mind for the future.').body).toBe('');
  expect(unframe('Standing order.').body).toBe('');
});

const words = fc.array(
  fc.constantFrom(
    'use',
    'pin',
    'that',
    'to',
    'we',
    'note:',
    'rule',
    'always',
    'never',
    '`x.y`',
    'tests,',
    '-',
    '"a"',
    'it',
  ),
  { maxLength: 20 },
);

test('law: what is left stands in the sentence, but for a "never" put before it, and holds no more frame', () => {
  fc.assert(
    fc.property(words, (said) => {
      const sentence = said.join(' ');
      const { body } = unframe(sentence);
      expect(`${sentence} `).toContain(body.replace(/^(?:never )+/, ''));
    }),
  );
});
