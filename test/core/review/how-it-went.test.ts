import { describe, expect, it } from 'vitest';
import { autoState } from '../../../src/core/review/auto.ts';
import { configSchema } from '../../../src/core/config.ts';
import type { Journal } from '../../../src/core/dream/journal.ts';
import type { ReviewInput } from '../../../src/core/review/input.ts';
import { renderReview } from '../../../src/core/review/render.ts';
import { renderTerminal } from '../../../src/core/review/terminal.ts';
import { aJournal, aJournalProposal } from '../../support/journal.ts';

const grade = {
  score: 0.86,
  criteria: [
    { name: 'supported', score: 1, why: 'The quote says “use #1”, word for word.' },
    { name: 'scope', score: 0.72, why: '@everybody reads this file.' },
  ],
  rounds: 2,
};
const bill = {
  ...{ phase: 'consolidate', model: 'a-model', batch: false, calls: 4 },
  ...{ inputTokens: 1_000, outputTokens: 500, cacheReadTokens: 8_000, cacheWriteTokens: 1_000, usd: 0.125 },
};

const about: Partial<Journal> = {
  dreamer: 'claude',
  proposals: [aJournalProposal({ grade })],
  remarks: ['3 sessions were left out: @ana, the budget did not reach.'],
  agents: [{ name: 'lead', did: 'read 12 entries and laid down 2 drafts.' }],
  usage: { inputTokens: 10_000, outputTokens: 500, usd: 0.125, bills: [bill] },
};

const input = (quotes = true): ReviewInput => ({
  journal: aJournal(about),
  ...{ dropped: new Set<number>(), past: [], quotes, readMore: 'dreamkeeper show --json' },
});

describe('a review of a dream with a model', () => {
  it('says in a line what the grader thought of a proposal, and folds the rest away', () => {
    const text = renderReview(input());
    expect(text).toContain(' · graded 0.86 in round 2 · weakest: scope');
    expect(text).toContain('- scope 0.72 — `@everybody` reads this file.');
    expect(renderReview(input(false))).not.toContain('word for word');
  });

  it('tells how it went, and what each phase cost', () => {
    const text = renderReview(input());
    expect(text).toContain('<summary>How it went: 1 remark</summary>');
    expect(text).toContain('- 3 sessions were left out: `@ana`, the budget did not reach.');
    expect(text).toContain('- **lead** read 12 entries and laid down 2 drafts.');
    expect(text).toContain('| consolidate | a-model | 4 | 10,000 | 80 % | 500 | 0.13 |');
  });

  it('says the same at a terminal', () => {
    const plain = (text: string): string => text;
    const style = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain };
    const text = renderTerminal(input(), style);
    expect(text).toContain('graded 0.86 in round 2 · weakest: scope');
    expect(text).toContain('lead read 12 entries and laid down 2 drafts.');
  });
});

describe('auto mode', () => {
  const state = (journal: Journal) =>
    autoState({
      config: configSchema.parse({ mode: 'auto', auto: { kinds: ['learn'], after: 0 } }),
      ...{ decisions: [], journal, now: '2026-02-11T00:00:00.000Z' },
    });

  it('merges nothing of Claude that was not graded', () => {
    const ungraded = aJournal({
      ...about,
      proposals: [aJournalProposal({ number: 1, kind: 'learn', findings: [] })],
    });
    expect(state(ungraded)).toMatchObject({
      for: 'person',
      reason: 'Proposal 1 is not graded, so a person merges it.',
    });
    expect(state({ ...ungraded, dreamer: 'embedded' })).toMatchObject({ for: 'time' });
  });
});
