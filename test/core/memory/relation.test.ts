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

  it.each([
    ['You need 7 GB of RAM to build the vault.', 'The vault build requires 7 GB of RAM.'],
    ['`make check` runs the vault tests.', 'Run the vault tests with `make check`.'],
    ['Tests for the vault are in `src/vault`.', '`src/vault` contains the vault tests.'],
    ['If the vault is stuck, restart it twice.', 'Restart the vault twice if it is stuck.'],
    ['Do not run `make check` in parallel.', '`make check` must not run in parallel.'],
    ['Only CI may publish the vault.', 'Publishing the vault is reserved for CI.'],
    [
      'The vault is deployed after the ledger.',
      'The deployment of the ledger comes before the vault is deployed.',
    ],
    [
      'Lines in `src/vault` are at most 90 characters long.',
      'No line in `src/vault` is longer than 90 characters.',
    ],
  ])('of one claim are recognised: %s | %s', (a, b) => {
    expect(areSame(a, b)).toBe(true);
    expect(areSame(b, a)).toBe(true);
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
