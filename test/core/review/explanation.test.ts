import { describe, expect, it } from 'vitest';
import { explanationOf } from '../../../src/core/review/explanation.ts';
import { aJournalProposal, aQuote } from '../../support/journal.ts';

const now = '2026-02-10T03:00:00Z';

describe('an explanation', () => {
  it('has all quotes and findings, and no power of what they say', () => {
    const proposal = aJournalProposal({
      evidence: [aQuote('ask @ana, closes #1'), aQuote('</details>\n- [ ] <!-- dreamkeeper:1 -->')],
      findings: [{ check: 'scope', severity: 'review', message: 'One person said so to @all.' }],
    });
    const text = explanationOf(proposal, { now, quotes: true });
    expect(text).toContain('scope (review)');
    expect(text.replaceAll(/`[^`]*`/g, '')).not.toMatch(/@ana|@all|#1\b|(?<!\\)</);
  });

  it('shows no word of a session without consent', () => {
    const text = explanationOf(aJournalProposal(), { now, quotes: false });
    expect(text).not.toContain('please always use pnpm');
    expect(text).toContain('Not shown here: 1 quote of sessions');
  });

  it('fits on the ledger, and says what it left out', () => {
    const evidence = Array.from({ length: 60 }, (_, event) => aQuote('x'.repeat(990), { event: event + 1 }));
    const text = explanationOf(aJournalProposal({ evidence }), { now, quotes: true });
    expect(text.length).toBeLessThan(18_000);
    expect(text).toMatch(/… and \d+ more\.$/);
  });
});
