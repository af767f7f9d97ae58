import { describe, expect, it } from 'vitest';
import { matchesRejection, rejectionOf } from '../../../src/core/dream/rejection.ts';
import { aProposal, aStore, entryWith } from '../../support/guard.ts';
import { aJournalProposal } from '../../support/journal.ts';

const store = aStore({ 'CLAUDE.md': '- Use tabs in Makefiles.\n- Deploy on Fridays only.\n' });
const data = { at: '2026-02-01T00:00:00Z', dream: 'd1', person: 'ana', reason: 'not ours' };
const adding = (text: string, file = 'CLAUDE.md') =>
  aJournalProposal({ operations: [{ op: 'add', file, heading: ['Tools'], text }] });

describe('a rejection', () => {
  it('keeps kind, targets, words and evidence', () => {
    const proposal = adding('Always use pnpm for installing.');
    expect(rejectionOf(proposal, data)).toEqual({
      type: 'rejected',
      at: data.at,
      person: 'ana',
      dream: 'd1',
      number: 1,
      kind: 'learn',
      targets: ['CLAUDE.md#Tools'],
      words: ['alway', 'instal', 'pnpm', 'us'],
      evidence: proposal.evidence,
      signals: proposal.signals,
      reason: 'not ours',
    });
  });

  it('keeps the words of what would have gone', () => {
    const entry = entryWith(store, 'tabs');
    const before = [{ id: entry.id, file: entry.file, lines: [1, 1] as [number, number], text: entry.text }];
    const proposal = aJournalProposal({
      kind: 'retire',
      operations: [{ op: 'retire', entry: entry.id }],
      before,
    });
    expect(rejectionOf(proposal, data)).toMatchObject({
      targets: [entry.id],
      words: ['makefil', 'tab', 'us'],
    });
  });

  it('matches the same words, wherever and however they are put', () => {
    const rejection = rejectionOf(adding('Always use pnpm for installing packages.'), data);
    const again = aProposal({
      operations: [{ op: 'add', file: 'memory/tools.md', text: 'For installing packages, always use pnpm!' }],
    });
    expect(matchesRejection(again, rejection, store)).toBe(true);
  });

  it('matches the same kind of change to the same entries', () => {
    const entry = entryWith(store, 'Deploy').id;
    const revising = (text: string) => ({
      kind: 'correct' as const,
      operations: [{ op: 'revise' as const, entry, text }],
    });
    const rejection = rejectionOf(aJournalProposal(revising('Deploy on Mondays.')), data);
    expect(matchesRejection(aProposal(revising('Releases never leave before noon.')), rejection, store)).toBe(
      true,
    );
    const other = { ...revising('Releases never leave before noon.'), kind: 'learn' as const };
    expect(matchesRejection(aProposal(other), rejection, store)).toBe(false);
  });

  it('does not close a heading to other lessons', () => {
    const rejection = rejectionOf(adding('Always use pnpm.'), data);
    expect(matchesRejection(adding('Tests live beside the code.'), rejection, store)).toBe(false);
  });

  it('of a removal says nothing against a new wording', () => {
    const entry = entryWith(store, 'Deploy');
    const before = [{ id: entry.id, file: entry.file, lines: [2, 2] as [number, number], text: entry.text }];
    const rejection = rejectionOf(
      aJournalProposal({ kind: 'retire', operations: [{ op: 'retire', entry: entry.id }], before }),
      data,
    );
    const wording = aProposal({
      kind: 'correct',
      operations: [{ op: 'revise', entry: entry.id, text: 'Deploy on Fridays only, before noon.' }],
    });
    expect(matchesRejection(wording, rejection, store)).toBe(false);
  });

  it('of a check matches the entry it would enforce', () => {
    const entry = entryWith(store, 'tabs');
    const evidence = [
      {
        type: 'entry' as const,
        entry: entry.id,
        file: entry.file,
        lines: [1, 1] as [number, number],
        text: entry.text,
      },
    ];
    const proposal = { kind: 'enforce' as const, operations: [], evidence, suggestion: 'a hook' };
    const rejection = rejectionOf(aJournalProposal(proposal), data);
    expect(matchesRejection(aProposal({ ...proposal, suggestion: 'a lint rule' }), rejection, store)).toBe(
      true,
    );
  });
});
