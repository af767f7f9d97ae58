import { describe, expect, it } from 'vitest';
import { proposalOn, suggestedText, withoutMarker, type OnLines } from '../../../src/core/review/on-lines.ts';
import { aJournal, aJournalProposal, anEntryBefore } from '../../support/journal.ts';

const hunk = ['@@ -1,4 +1,5 @@', ' # Notes', '', '-- Old.', '+- Use pnpm,', '+  never npm.', '+- Other.'];
const file = 'CLAUDE.md';
const pnpm = aJournalProposal({ number: 1, added: [{ file, lines: ['- Use pnpm,', '  never npm.'] }] });
const other = aJournalProposal({ number: 2, added: [{ file, lines: ['- Other.'] }] });
const old = aJournalProposal({ number: 3, added: [], before: [anEntryBefore('Old.', { lines: [3, 3] })] });
const journal = aJournal({ proposals: [pnpm, other, old] });

/** The lines of the new file that a comment stands on; the hunk ends with the last of them. */
const on = (from: number, to: number, cut: number): OnLines => ({
  path: file,
  side: 'RIGHT',
  lines: [from, to],
  hunk: hunk.slice(0, cut).join('\n'),
});

describe('a comment on lines', () => {
  it('speaks of the one proposal that adds or takes them', () => {
    expect(proposalOn(journal, on(4, 4, 6))).toBe(1);
    expect(proposalOn(journal, on(3, 4, 6))).toBe(1);
    expect(proposalOn(journal, on(5, 5, 7))).toBe(2);
    expect(proposalOn(journal, { ...on(3, 3, 4), side: 'LEFT' })).toBe(3);
  });

  it('speaks of none where several do, none does, or the file is another', () => {
    expect(proposalOn(journal, on(3, 5, 7))).toBeUndefined();
    expect(proposalOn(journal, on(1, 1, 2))).toBeUndefined();
    expect(proposalOn(journal, { ...on(4, 4, 6), path: 'AGENTS.md' })).toBeUndefined();
    expect(proposalOn(journal, { ...on(9, 9, 4), side: 'LEFT' })).toBeUndefined();
  });
});

describe('a suggested change', () => {
  it('is the text of the entry that comes out, without its marker', () => {
    expect(suggestedText(pnpm, on(3, 4, 6), '- Use bun.')).toBe('Use bun.');
    expect(suggestedText(pnpm, on(4, 4, 6), '  and nothing else.')).toBe('Use pnpm,\nand nothing else.');
  });

  it('is none where it makes more than one entry, or stands on lines of another', () => {
    expect(suggestedText(pnpm, on(3, 4, 6), '- One.\n- Two.')).toBeUndefined();
    expect(suggestedText(pnpm, on(3, 4, 6), '')).toBeUndefined();
    expect(suggestedText(pnpm, on(5, 5, 7), '- Mine.')).toBeUndefined();
  });
});

it.each([
  ['- Use bun.', 'Use bun.'],
  ['Use bun.', 'Use bun.'],
  ['- One.\n- Two.', '- One.\n- Two.'],
  ['* Long\n  line', 'Long\nline'],
])('what a person typed as %j is the text %j', (typed, text) => expect(withoutMarker(typed)).toBe(text));
