/** Builders of journals and what is in them, for tests of what reads them. */
import type { Quote } from '../../src/core/dream/evidence.ts';
import type { Journal, JournalProposal } from '../../src/core/dream/journal.ts';

export function aQuote(quote: string, over: Partial<Quote> = {}): Quote {
  return {
    type: 'quote',
    session: 'session-1',
    event: 3,
    quote,
    trust: 'person',
    person: 'ana',
    at: '2026-02-09T10:00:00Z',
    ...over,
  };
}

type BeforeEntry = JournalProposal['before'][number];

/** The id is made of the line, so that tests can name entries. */
export function anEntryBefore(text: string, over: Partial<BeforeEntry> = {}): BeforeEntry {
  const line = over.lines?.[0] ?? 1;
  return { id: entryId(line), file: 'CLAUDE.md', lines: [line, line], text, ...over };
}

export const entryId = (line: number): string => line.toString(16).padStart(10, '0');

export function aJournalProposal(over: Partial<JournalProposal> = {}): JournalProposal {
  return {
    number: 1,
    kind: 'learn',
    lesson: 'preference',
    title: 'Remember: use pnpm',
    rationale: 'Ana asked for it.',
    operations: [{ op: 'add', file: 'CLAUDE.md', heading: ['Tools'], text: 'Use pnpm, never npm.' }],
    evidence: [aQuote('please always use pnpm here')],
    strength: 'supported',
    signals: ['s1'],
    findings: [],
    before: [],
    added: [{ file: 'CLAUDE.md', lines: ['- Use pnpm, never npm.'] }],
    ...over,
  };
}

export function aJournal(over: Partial<Journal> = {}): Journal {
  return {
    version: 1,
    id: '2026-02-10-a1b2c3',
    at: '2026-02-10T03:00:00Z',
    dreamer: 'embedded',
    base: '1111111111111111111111111111111111111111',
    digest: '4444',
    onto: 'main',
    branch: 'dream/2026-02-10-a1b2c3',
    head: '2222222222222222222222222222222222222222',
    outcome: 'proposed',
    reason: 'proposals',
    inputs: [{ session: 'session-1', events: 12, object: '3333' }],
    proposals: [aJournalProposal()],
    withheld: [],
    questions: [],
    leads: [],
    before: { files: 2, entries: 60, bytes: 5_400, tokens: 1_350, alwaysLoaded: 1_200 },
    after: { files: 2, entries: 58, bytes: 5_100, tokens: 1_270, alwaysLoaded: 1_120 },
    ...over,
  };
}
