import { describe, expect, it } from 'vitest';
import { lostClause } from '../../../src/core/guard/clauses.ts';
import { aStore, entryWith } from '../../support/guard.ts';

function lost(before: string, after: string, said: readonly string[] = []): string | undefined {
  const over = [entryWith(aStore({ 'CLAUDE.md': `- ${before}\n` }), before)];
  return lostClause({ op: 'revise', text: after, file: 'CLAUDE.md', heading: [], over }, said);
}

describe('a clause of an entry', () => {
  const before = 'Deploy on weekdays. The spare key hangs behind the door.';

  it('is lost when the new text leaves it out', () => {
    expect(lost(before, 'Deploy on weekdays only.')).toContain('spare');
  });

  it('is kept in other words', () => {
    expect(lost(before, 'Weekdays are for deploys; behind the door hangs a spare key.')).toBeUndefined();
  });

  it('may go when the evidence speaks of it', () => {
    expect(lost(before, 'Deploy on weekdays.', ['there is no spare key any more'])).toBeUndefined();
  });
});
