import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src/core/dream/journal.ts';
import { droppedFrom, mergedBefore, stateOf } from '../../../src/core/review/state.ts';
import { rejectionOf } from '../../../src/core/dream/rejection.ts';
import { aJournal, aJournalProposal } from '../../support/journal.ts';

const at = '2026-02-11T00:00:00Z';
const journal = aJournal();
const dropped = (...proposals: number[]): Decision => ({ type: 'dropped', at, dream: journal.id, proposals });
const restored = (...proposals: number[]): Decision => ({
  type: 'restored',
  at,
  dream: journal.id,
  proposals,
});
const merged = (dream = journal.id): Decision => ({
  type: 'merged',
  at,
  dream,
  proposals: [1],
  commit: 'c'.repeat(40),
});
const rejected = rejectionOf(aJournalProposal(), { at, dream: journal.id });

describe('what is left out of a dream', () => {
  it('follows the decisions in order', () => {
    expect([...droppedFrom(journal.id, [dropped(1, 2), restored(1), dropped(3)])]).toEqual([2, 3]);
  });

  it('minds only decisions about this dream', () => {
    expect(droppedFrom('another', [dropped(1)]).size).toBe(0);
  });
});

describe('the state of a dream', () => {
  it.each<[string, readonly Decision[]]>([
    ['open', [dropped(1)]],
    ['merged', [merged()]],
    ['merged', [merged(), rejected]],
    ['rejected', [rejected]],
    ['withdrawn', [{ type: 'withdrawn', at, dream: journal.id, reason: 'its branch is gone' }]],
    ['withdrawn', [rejected, { type: 'withdrawn', at, dream: journal.id, reason: 'nothing is left of it' }]],
    ['open', [merged('another')]],
  ])('%s', (state, decisions) => {
    expect(stateOf(journal, decisions)).toBe(state);
  });

  it('is "proposed nothing" when there was nothing to review', () => {
    expect(stateOf(aJournal({ outcome: 'nothing' }), [])).toBe('proposed nothing');
  });
});

it('draws the past from merged dreams only, oldest first', () => {
  const first = aJournal({ id: 'first', at: '2026-01-01T00:00:00Z' });
  const second = aJournal({ id: 'second', at: '2026-01-02T00:00:00Z' });
  const past = mergedBefore(journal, [second, journal, first], [merged('second'), merged('first'), merged()]);
  expect(past.map((dream) => dream.at)).toEqual([first.at, second.at]);
});
