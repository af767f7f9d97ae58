import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src/core/dream/journal.ts';
import { renderReview } from '../../../src/core/review/render.ts';
import { ticksIn, ticksToRecord } from '../../../src/core/review/ticks.ts';
import { aJournal, aJournalProposal } from '../../support/journal.ts';

const journal = aJournal({ proposals: [aJournalProposal(), aJournalProposal({ number: 2 })] });
const body = renderReview({
  journal,
  dropped: new Set([2]),
  past: [],
  quotes: true,
  readMore: 'dreamkeeper show',
});
const unticked = body.replace('[x]', '[ ]');
const dropOf = (number: number): Decision => ({
  type: 'dropped',
  at: '2026-03-20T18:05:00.000Z',
  dream: journal.id,
  proposals: [number],
});

describe('ticks', () => {
  it('are boxes that are not as they were written, whatever the ledger says by now', () => {
    expect(ticksIn(body)?.boxes).toEqual([]);
    expect(ticksIn(unticked)).toEqual({ dream: journal.id, boxes: [{ number: 1, checked: false }] });
    expect(ticksIn('Not ours.')).toBeUndefined();
  });

  it('are to be recorded until the decisions know of them', () => {
    const before = [dropOf(2)];
    expect(ticksToRecord(unticked, before)?.boxes).toEqual([{ number: 1, checked: false }]);
    expect(ticksToRecord(unticked, [...before, dropOf(1)])?.boxes).toEqual([]);
    // What a command dropped is only not shown yet.
    expect(ticksToRecord(body, [...before, dropOf(1)])?.boxes).toEqual([]);
  });
});
