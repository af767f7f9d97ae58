import { describe, expect, it } from 'vitest';
import type { Journal } from '../src/core/dream/journal.ts';
import type { LedgerView } from '../src/core/dream/ledger.ts';
import type { Signal } from '../src/core/dream/signal.ts';
import { commitMessage } from '../src/core/review/commit-message.ts';
import { parseLocation, why, type BlamedLine } from '../src/why.ts';
import { aJournal, aJournalProposal, aQuote } from './support/journal.ts';

function aView(...journals: Journal[]): LedgerView {
  const nothing = (): Promise<never[]> => Promise.resolve([]);
  return {
    commit: undefined,
    objects: new Map(),
    pathOf: (session) => session,
    sessions: nothing,
    session: () => Promise.resolve(undefined),
    streamed: () => Promise.resolve(undefined),
    extracts: () => Promise.resolve(new Map()),
    journals: () => Promise.resolve(journals),
    decisions: nothing,
    entries: () => Promise.resolve(new Map()),
    notes: () => Promise.resolve(new Map()),
    problems: nothing,
  };
}

function aLine(over: Partial<BlamedLine> = {}): BlamedLine {
  return {
    file: 'CLAUDE.md',
    line: 7,
    text: '- Use pnpm, never npm.',
    commit: 'c'.repeat(40),
    author: 'Ana',
    at: '2026-02-11T08:00:00.000Z',
    message: 'Memory',
    ...over,
  };
}

const answer = (line: BlamedLine, journals: readonly Journal[], signals: readonly Signal[] = []) =>
  why(line, aView(...journals), () => Promise.resolve(signals));

const other = aJournalProposal({
  number: 2,
  title: 'Another',
  added: [{ file: 'CLAUDE.md', lines: ['- Test with vitest.'] }],
});

describe('a line that a dream wrote', () => {
  it('is told by the trailers of its commit', async () => {
    const message = commitMessage('2026-02-10-a1b2c3', { number: 1, kind: 'learn' });
    expect(await answer(aLine({ message, text: 'reworded since' }), [aJournal()])).toMatchObject({
      dream: '2026-02-10-a1b2c3',
      proposal: 1,
      rationale: 'Ana asked for it.',
      evidence: [{ quote: 'please always use pnpm here' }],
    });
  });

  it('is told by its words when a squashed commit names several proposals', async () => {
    const journal = aJournal({ proposals: [aJournalProposal(), other] });
    const message = [1, 2].map((number) => commitMessage(journal.id, { number, kind: 'learn' })).join('\n');
    expect(await answer(aLine({ message, text: '- Test with vitest.' }), [journal])).toMatchObject({
      proposal: 2,
    });
  });

  it('is found by its words alone when the message says nothing', async () => {
    expect(await answer(aLine(), [aJournal()])).toMatchObject({ dream: '2026-02-10-a1b2c3', proposal: 1 });
  });

  it('is not claimed by a dream that came after the line, or wrote it elsewhere', async () => {
    const later = aJournal({ at: '2026-03-01T00:00:00Z' });
    expect((await answer(aLine(), [later])).dream).toBeNull();
    expect((await answer(aLine({ file: 'AGENTS.md' }), [aJournal()])).dream).toBeNull();
  });

  it('does not trust a trailer that names a dream nobody knows', async () => {
    const message = commitMessage('2020-01-01-forged', { number: 1, kind: 'learn' });
    expect((await answer(aLine({ message, text: 'x' }), [aJournal()])).dream).toBeNull();
  });
});

describe('a line that a person wrote', () => {
  const statement = (text: string, correction: boolean): Signal => ({
    id: text,
    session: 'session-1',
    quotes: [aQuote(text)],
    kind: 'statement',
    text,
    correction,
    trust: 'person',
    general: true,
  });

  it('names its author, and the sessions that say the same or correct an agent about it', async () => {
    const signals = [
      statement('never use npm, use pnpm', false),
      statement('Use pnpm, never npm!', true),
      statement('Deploy on Thursdays.', false),
    ];
    const told = await answer(aLine(), [], signals);
    expect(told).toMatchObject({ author: 'Ana', dream: null, evidence: [] });
    expect(told.supported.map(({ quote }) => quote)).toEqual([
      'never use npm, use pnpm',
      'Use pnpm, never npm!',
    ]);
    expect(told.violated.map(({ quote }) => quote)).toEqual(['Use pnpm, never npm!']);
  });

  it('has no author and no commit while it is not committed', async () => {
    const told = await answer({ file: 'CLAUDE.md', line: 7, text: '- Use pnpm, never npm.' }, [aJournal()]);
    expect(told).toMatchObject({ commit: null, author: null, dream: null });
  });
});

describe('a location', () => {
  it.each([
    ['CLAUDE.md:12', { file: 'CLAUDE.md', line: 12 }],
    ['notes/a:b.md:3', { file: 'notes/a:b.md', line: 3 }],
  ])('%s', (text, expected) => {
    expect(parseLocation(text)).toEqual(expected);
  });

  it.each(['CLAUDE.md', 'CLAUDE.md:', ':3', 'CLAUDE.md:0', 'CLAUDE.md:-1', 'CLAUDE.md:x'])(
    '%j is none',
    (text) => {
      expect(() => parseLocation(text)).toThrow('is not <file>:<line>');
    },
  );
});
