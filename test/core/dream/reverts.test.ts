import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src/core/dream/journal.ts';
import {
  rejectionsOf,
  revertedIn,
  standingReverts,
  type RevertCommit,
  type RevertInput,
} from '../../../src/core/dream/reverts.ts';
import { commitMessage } from '../../../src/core/review/commit-message.ts';
import { aJournal, aJournalProposal } from '../../support/journal.ts';

const sha = (digit: string): string => digit.repeat(40);
const now = '2026-03-01T00:00:00Z';
const journal = aJournal({
  pullRequest: 12,
  proposals: [1, 2, 3].map((number) => aJournalProposal({ number })),
});
const merged: Decision = { type: 'merged', at: now, dream: journal.id, proposals: [1, 2], commit: sha('a') };
const revert = (message: string): RevertCommit => ({ commit: sha('b'), author: 'Ana', message });

function ask(message: string, parts: Partial<RevertInput> = {}) {
  return rejectionsOf({
    journals: [journal],
    decisions: [merged],
    reverts: [revert(message)],
    messageOf: () => undefined,
    repository: 'acme/shop',
    now,
    ...parts,
  });
}

const numbers = (...asked: Parameters<typeof ask>) => ask(...asked).map(({ number }) => number);

describe('a message that takes something back', () => {
  it.each([
    ['by git', `Revert "One"\n\nThis reverts commit ${sha('a')}.`, { commits: [sha('a')], pulls: [] }],
    [
      'of a merge',
      `Revert "x"\n\nThis reverts commit ${sha('a')}, reversing\nchanges made to ${sha('c')}.`,
      { commits: [sha('a')], pulls: [] },
    ],
    [
      'of a pull request',
      'Reverts acme/shop#12',
      { commits: [], pulls: [{ repository: 'acme/shop', number: 12 }] },
    ],
    ['squashed', `Two\n\n* One\n\n    This reverts commit ${sha('a')}.`, { commits: [sha('a')], pulls: [] }],
    [
      'only in passing',
      `See "This reverts commit ${sha('a')}" and that it reverts acme/shop#12`,
      { commits: [], pulls: [] },
    ],
  ])('%s', (_how, message, expected) => {
    expect(revertedIn(message)).toEqual(expected);
  });

  it('counts no more when it was taken back itself, and again when that was', () => {
    const log = ['d', 'c', 'b'].map((digit, at, all) => ({
      commit: sha(digit),
      author: 'Ana',
      message: `This reverts commit ${sha(all[at + 1] ?? 'a')}.`,
    }));
    expect(standingReverts(log).map(({ commit }) => commit)).toEqual([sha('d'), sha('b')]);
    expect(standingReverts(log.slice(1)).map(({ commit }) => commit)).toEqual([sha('c')]);
  });
});

describe('taking a dream back', () => {
  it('rejects what was merged of it, by whoever did it', () => {
    expect(ask(`This reverts commit ${sha('a')}.`)).toMatchObject([
      { type: 'rejected', number: 1, person: 'Ana', at: now, reason: 'taken back in bbbbbbb' },
      { number: 2 },
    ]);
  });

  it('is told from its pull request, in this repository', () => {
    expect(numbers('Reverts acme/shop#12')).toEqual([1, 2]);
    expect(numbers('Reverts Acme/Shop#12')).toEqual([1, 2]);
    expect(numbers('Reverts acme/other#12')).toEqual([]);
    expect(numbers('Reverts acme/shop#13')).toEqual([]);
  });

  it('of one commit rejects the proposal it names, also where that is where the merge arrived', () => {
    const messageOf = () => commitMessage(journal.id, { number: 2, kind: 'learn' });
    expect(numbers(`This reverts commit ${sha('e')}.`, { messageOf })).toEqual([2]);
    expect(numbers(`This reverts commit ${sha('a')}.`, { messageOf })).toEqual([2]);
  });

  it('rejects nothing that was not merged, is another dream, or nobody knows', () => {
    const ofThree = () => commitMessage(journal.id, { number: 3, kind: 'learn' });
    const ofAnother = () => commitMessage('another', { number: 1, kind: 'learn' });
    expect(numbers(`This reverts commit ${sha('e')}.`, { messageOf: ofThree })).toEqual([]);
    expect(numbers(`This reverts commit ${sha('e')}.`, { messageOf: ofAnother })).toEqual([]);
    expect(numbers(`This reverts commit ${sha('e')}.`)).toEqual([]);
    expect(numbers(`This reverts commit ${sha('a')}.`, { journals: [] })).toEqual([]);
  });

  it('rejects once', () => {
    const decisions = [merged, ...ask('Reverts #12')];
    expect(decisions).toHaveLength(3);
    expect(numbers('Reverts #12', { decisions })).toEqual([]);
  });
});
