import { describe, expect, it } from 'vitest';
import { secrets } from '../../../src/core/guard/secrets.ts';
import type { Proposal } from '../../../src/core/dream/proposal.ts';
import { createRedactor } from '../../../src/core/sessions/redact.ts';
import { aGuardContext, said } from '../../support/guard.ts';

const check = async (over: Partial<Proposal>) => said(await secrets.check(aGuardContext(over)));
const adding = (text: string): Partial<Proposal> => ({
  operations: [{ op: 'add', file: 'CLAUDE.md', text }],
});

describe('secrets', () => {
  it('passes text without any', async () => {
    expect(await check(adding('The password is in the vault.'))).toEqual([]);
  });

  it('blocks text that the redactor knows', async () => {
    expect(await check(adding('The password is hunter2.'))).toEqual([
      'block: It holds what looks like a secret (password).',
    ]);
  });

  it.each([
    [
      'a heading',
      { operations: [{ op: 'add' as const, file: 'CLAUDE.md', heading: ['hunter2'], text: 'x' }] },
    ],
    ['a title', { title: 'hunter2' }],
    ['a rationale', { rationale: 'hunter2' }],
    ['a suggestion', { suggestion: 'hunter2' }],
  ])('blocks one in %s', async (_where, over) => {
    expect(await check(over)).toHaveLength(1);
  });

  it('never proposes text that a secret was taken out of', async () => {
    expect(await check(adding('Log in with [redacted:password].'))).toEqual([
      'block: A secret was taken out of this text; such text is never proposed.',
    ]);
  });

  it('knows the shapes of real tokens', async () => {
    const token = ['ghp', 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5'].join('_');
    const ctx = { ...aGuardContext(adding(`Use ${token}.`)), redactor: createRedactor() };
    expect(await secrets.check(ctx)).toHaveLength(1);
  });
});
