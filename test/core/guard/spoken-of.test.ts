import { describe, expect, it } from 'vitest';
import { notSpokenOf } from '../../../src/core/guard/spoken-of.ts';
import { aStore, entryWith } from '../../support/guard.ts';

const note = 'The export script is `bin/export`, started by cron.';
const entry = entryWith(aStore({ 'CLAUDE.md': `- ${note}\n` }), 'export');

describe('the words for which an entry goes', () => {
  it.each(['bin/export is gone', 'we dropped the export script', 'no script exports anything any more'])(
    'speak of it: %s',
    (said) => {
      expect(notSpokenOf(entry, [said], 'CLAUDE.md:1')).toBeUndefined();
    },
  );

  it('have more than a word in common with it', () => {
    expect(notSpokenOf(entry, ['the invoice script is gone'], 'CLAUDE.md:1')).toBe(
      'Nobody cited speaks of what CLAUDE.md:1 says.',
    );
  });

  it('do not say what it says', () => {
    expect(notSpokenOf(entry, ['cron starts `bin/export`, the export script'], 'CLAUDE.md:1')).toMatch(
      /says the same as CLAUDE\.md:1/,
    );
  });
});
