import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bearingOf, says } from '../../../../src/core/text/claim/bearing.ts';
import { line } from '../../../support/markdown.ts';

describe('how a statement bears on a text', () => {
  it.each([
    ['same', 'Run `make lint` before pushing; CI checks it.', 'before you push, run make lint'],
    ['same', 'We use zap instead of zerolog in the worker.', 'prefer zap over zerolog in the worker'],
    ['conflict', 'The worker listens on port 4000.', 'the worker listens on port 4010'],
    ['conflict', 'Commit the generated client code.', 'never commit the generated client code'],
    [undefined, 'Ask Ana about the ledger.', 'sort imports by length'],
  ])('%s: %s / %s', (expected, text, statement) => {
    expect(bearingOf(text, statement)).toBe(expected);
  });

  it('is the same for a text of three words or more and itself', () => {
    fc.assert(
      fc.property(line, (text) => {
        expect(says(text, text) || bearingOf(text, text) !== 'conflict').toBe(true);
      }),
    );
  });
});
