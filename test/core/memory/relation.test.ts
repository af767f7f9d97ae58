import { describe, expect, it } from 'vitest';
import { readClaim } from '../../../src/core/text/claim/claim.ts';
import { relationOf } from '../../../src/core/memory/relation.ts';
import { readStatements } from '../../../src/core/memory/statements.ts';
import { likeness } from '../../../src/core/text/claim/same-claim.ts';
import { given } from '../../dreamers/embedded/store/input.ts';
import { nearMisses, paraphrases } from './wordings.ts';

function areSame(a: string, b: string): boolean {
  const [first, second] = readStatements(given({ files: { 'memory/notes.md': `- ${a}\n- ${b}\n` } }).store);
  return first !== undefined && second !== undefined && relationOf(first, second) !== undefined;
}

describe('two wordings', () => {
  it('of one claim are recognised, nine times in ten', () => {
    const missed = paraphrases.filter(([a, b]) => !areSame(a, b));
    expect(missed.length).toBeLessThanOrEqual(paraphrases.length / 10);
  });

  it.each(nearMisses)('of different claims are told apart: %s | %s', (a, b) => {
    expect(areSame(a, b)).toBe(false);
    expect(areSame(b, a)).toBe(false);
  });

  it.each([
    [
      'Run `make lint` before pushing.',
      'Run `make lint` before pushing; CI rejects unformatted code.',
      'second',
    ],
    [
      'Run `make lint` before pushing; CI rejects unformatted code.',
      'Before pushing, run `make lint`',
      'first',
    ],
    [
      'Keep signing secrets in the vault. Rotate them monthly.',
      'Keep signing secrets in the vault. Dana has the key.',
      'both',
    ],
    ['Keep secrets in the vault.', 'Secrets are kept in the vault', 'same'],
  ] as const)('say which of them says more: %s | %s', (a, b, expected) => {
    expect(likeness(readClaim(a), readClaim(b), true)).toBe(expected);
  });
});
