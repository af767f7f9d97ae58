import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src/core/dream/journal.ts';
import { changedUnder, vanishedFrom, withLines } from '../../../src/core/dream/vanished.ts';
import { parseStore } from '../../../src/core/memory/parse.ts';
import { closedDecisions, mergedDecisions } from '../../../src/settle.ts';
import { aJournal, aJournalProposal } from '../../support/journal.ts';

const at = '2026-02-11T00:00:00Z';
const store = (text: string) => parseStore([{ path: 'CLAUDE.md', text }]);
const before = [...store('# Notes\n\n- One.\n- Two.\n').entries.values()].map(
  ({ id, file, lines, text }) => ({
    ...{ id, file, text },
    lines: [lines[0], lines[1]] as [number, number],
  }),
);
const proposal = aJournalProposal({ before });

describe('what a proposal changes', () => {
  it('is there as long as its entries are, wherever they stand in their section', () => {
    expect(changedUnder(proposal, store('# Notes\n\n- New.\n- Two.\n- One.\n'))).toBeUndefined();
  });

  it.each([
    ['reworded', '# Notes\n\n- One, mostly.\n- Two.\n'],
    ['removed', '# Notes\n\n- Two.\n'],
    ['moved to another section', '# Notes\n\n- Two.\n\n# Other\n\n- One.\n'],
  ])('is gone when one is %s', (_how, text) => {
    expect(changedUnder(proposal, store(text))?.text).toBe('One.');
  });

  it('is nothing for what only adds', () => {
    expect(changedUnder(aJournalProposal({ before: [] }), store(''))).toBeUndefined();
  });

  it('is shown at the lines where it stands now', () => {
    const now = withLines(proposal, store('# Notes\n\n- New.\n- One.\n'));
    expect(now.before.map(({ lines }) => lines)).toEqual([
      [4, 4],
      [4, 4],
    ]);
  });
});

const journal = aJournal({ proposals: [1, 2, 3].map((number) => aJournalProposal({ number })) });
const dropped = (number: number, because?: 'vanished'): Decision => ({
  ...{ type: 'dropped', at, dream: journal.id, proposals: [number] },
  ...(because === undefined ? {} : { because }),
});
const restored: Decision = { type: 'restored', at, dream: journal.id, proposals: [1] };
const numbers = (decisions: readonly Decision[]) =>
  decisions.flatMap((decision) => (decision.type === 'rejected' ? [decision.number] : []));

describe('what memory changed under', () => {
  it('is told from what a person dropped, and follows the decisions in order', () => {
    expect([...vanishedFrom(journal.id, [dropped(1, 'vanished'), dropped(2)])]).toEqual([1]);
    expect([...vanishedFrom(journal.id, [dropped(1, 'vanished'), restored])]).toEqual([]);
    expect([...vanishedFrom(journal.id, [dropped(1, 'vanished'), dropped(1)])]).toEqual([]);
    expect([...vanishedFrom('another', [dropped(1, 'vanished')])]).toEqual([]);
  });

  it('is neither merged nor rejected when the rest is merged', () => {
    const decisions = mergedDecisions(journal, [dropped(1, 'vanished'), dropped(2)], { at, commit: 'c' });
    expect(decisions[0]).toMatchObject({ type: 'merged', proposals: [3] });
    expect(numbers(decisions)).toEqual([2]);
  });

  it('is not rejected when the rest is closed', () => {
    expect(numbers(closedDecisions(journal, [dropped(1, 'vanished')], { at, person: 'ana' }))).toEqual([
      2, 3,
    ]);
  });

  it('leaves nothing to reject where it is all there was', () => {
    const all = [1, 2, 3].map((number) => dropped(number, 'vanished'));
    expect(closedDecisions(journal, all, { at, person: 'ana' })).toMatchObject([{ type: 'withdrawn' }]);
  });
});
