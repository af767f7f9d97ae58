import { describe, expect, it } from 'vitest';
import { removalsMerged } from '../../../src/core/guard/history.ts';
import { loss, type Removal } from '../../../src/core/guard/loss.ts';
import type { Proposal } from '../../../src/core/dream/proposal.ts';
import { aDreamContext, aProposal, aStore } from '../../support/guard.ts';
import { aJournal, aJournalProposal } from '../../support/journal.ts';

const storeOf = (entries: number) =>
  aStore({
    'CLAUDE.md': Array.from({ length: entries }, (_, n) => `- Rule ${n} about subject${n}.\n`).join(''),
  });

/** Retires the first entries of a memory, one per proposal unless told otherwise; returns the numbers withheld. */
function withheld(entries: number, retired: readonly number[], removed: readonly Removal[] = []): number[] {
  const store = storeOf(entries);
  const ids = [...store.entries.keys()];
  const proposals = retired.map((size, index): Proposal => {
    const operations = ids.splice(0, size).map((entry) => ({ op: 'retire' as const, entry }));
    return aProposal({ number: index + 1, kind: 'retire', operations });
  });
  return [...loss(aDreamContext({ store }), proposals, removed).keys()];
}

describe('loss', () => {
  it('lets a dream take a tenth of the memory', () => {
    expect(withheld(50, [1, 1, 1, 1, 1])).toEqual([]);
    expect(withheld(50, [1, 1, 1, 1, 1, 1])).toEqual([6]);
  });

  it('always leaves room for three entries', () => {
    expect(withheld(5, [1, 1, 1])).toEqual([]);
    expect(withheld(5, [1, 1, 1, 1])).toEqual([4]);
  });

  it('withholds one large removal, and lets smaller ones pass', () => {
    expect(withheld(20, [10, 1, 1])).toEqual([1]);
  });

  it('lets dreams together take a quarter within 30 days', () => {
    const recent = [{ at: '2026-01-20T00:00:00Z', entries: 23 }];
    expect(withheld(80, [1, 1], recent)).toEqual([]);
    expect(withheld(80, [1, 1, 1], recent)).toEqual([3]);
    expect(withheld(80, [1, 1, 1], [{ at: '2025-12-20T00:00:00Z', entries: 23 }])).toEqual([]);
  });

  it('says where the removals go', () => {
    const store = storeOf(5);
    const operations = [...store.entries.keys()].map((entry) => ({ op: 'retire' as const, entry }));
    const found = loss(aDreamContext({ store }), [aProposal({ kind: 'retire', operations })], []);
    expect(found.get(1)).toEqual([
      {
        check: 'loss',
        severity: 'block',
        message:
          'With it more than a tenth of the memory would go at once; removals beyond that go to a clean-up of their own: dreamkeeper dream --clean-up.',
      },
    ]);
  });

  it('counts a revision that replaces an entry, and none that rewords it', () => {
    const store = storeOf(5);
    const texts = ['Quite another thing.', 'Rule 0 about subject0, always.'];
    const sizes = texts.map((text) => {
      const proposals = [...store.entries.keys()].map((entry, index) =>
        aProposal({ number: index + 1, kind: 'correct', operations: [{ op: 'revise', entry, text }] }),
      );
      return loss(aDreamContext({ store }), proposals.slice(0, 1), [
        { at: '2026-02-01T00:00:00Z', entries: 9 },
      ]).size;
    });
    expect(sizes).toEqual([1, 0]);
  });
});

describe('what merged dreams removed', () => {
  const journal = aJournal({
    id: 'd1',
    proposals: [1, 2].map((number) =>
      aJournalProposal({ number, kind: 'retire', operations: [{ op: 'retire', entry: '0000000001' }] }),
    ),
  });

  it('counts the proposals that were merged, when they were merged', () => {
    const merged = {
      type: 'merged' as const,
      at: '2026-02-01T00:00:00Z',
      dream: 'd1',
      proposals: [2],
      commit: 'c',
    };
    expect(removalsMerged([journal], [merged])).toEqual([{ at: merged.at, entries: 1 }]);
  });

  it('counts nothing for dreams that were withdrawn or are unknown', () => {
    const at = '2026-02-01T00:00:00Z';
    const other = { type: 'merged' as const, at, dream: 'd2', proposals: [1], commit: 'c' };
    const withdrawn = { type: 'withdrawn' as const, at, dream: 'd1', reason: 'bot' };
    expect(removalsMerged([journal], [other, withdrawn])).toEqual([]);
  });
});
