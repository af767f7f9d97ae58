import { describe, expect, it } from 'vitest';
import type { Rejection } from '../../../src/core/dream/journal.ts';
import type { Proposal } from '../../../src/core/dream/proposal.ts';
import { known } from '../../../src/core/guard/known.ts';
import { stems } from '../../../src/core/text/words.ts';
import {
  aGuardContext,
  aSession,
  entryWith,
  aStore,
  facts,
  said,
  sayings,
  type ContextParts,
} from '../../support/guard.ts';

const learning = async (text: string, parts: ContextParts = {}, over: Partial<Proposal> = {}) =>
  said(
    await known.check(
      aGuardContext({ operations: [{ op: 'add', file: 'CLAUDE.md', text }], ...over }, parts),
    ),
  );

describe('known', () => {
  const files = {
    'CLAUDE.md':
      '## Testing\n\n- Run `make check` before you push, never after.\n- Staging runs on port 4000.\n',
    'GEMINI.md': '- Format the code with prettier before a commit.\n',
  };

  it('passes what no entry says', async () => {
    expect(await learning('Use named exports.', { files })).toEqual([]);
  });

  it.each([
    'Run `make check` before you push, never after.',
    'before you push: run `make check`',
    'Run `make check`.',
  ])('blocks what an entry says: %s', async (text) => {
    expect(await learning(text, { files })).toEqual(['block: CLAUDE.md:3 says it already.']);
  });

  it('passes what says more than the entry', async () => {
    expect(await learning('Run `make check` and `make docs` before you push.', { files })).toEqual([]);
  });

  it('has a person look at what says otherwise', async () => {
    expect(await learning('Staging runs on port 4010.', { files })).toEqual([
      'review: CLAUDE.md:4 seems to say otherwise; both would stand.',
    ]);
  });

  it('lets one audience learn what only another knows', async () => {
    expect(await learning('Format the code with prettier before a commit.', { files })).toEqual([]);
  });

  it('blocks what says nothing', async () => {
    expect(await learning('—', { files })).toEqual(['block: It says nothing.']);
  });
});

describe('a rejection', () => {
  const text = 'Always use pnpm for installing packages.';
  const rejection: Rejection = {
    type: 'rejected',
    at: '2026-02-03T00:00:00Z',
    dream: 'd1',
    number: 1,
    kind: 'learn',
    targets: ['CLAUDE.md#'],
    words: stems(text),
    evidence: [],
    signals: [],
  };
  const words = ['s1', 's2'].map((session) => ({ session, text: `remember: ${text}` }));
  const begun = (s1: string, s2: string) =>
    new Map([
      ['s1', aSession('s1', { startedAt: s1 })],
      ['s2', aSession('s2', { startedAt: s2 })],
    ]);
  const after = '2026-02-04T00:00:00Z';
  const before = '2026-02-02T00:00:00Z';

  it('blocks the like of what was rejected', async () => {
    const parts = { said: words, rejections: [rejection], sessions: begun(before, before) };
    expect(await learning(text, parts)).toEqual([
      'block: The like of it was rejected on 2026-02-03, and too little has happened since.',
    ]);
  });

  it('says nothing about other things', async () => {
    expect(await learning('Tests live beside the code.', { said: words, rejections: [rejection] })).toEqual(
      [],
    );
  });

  it('gives way to enough evidence from sessions begun since, and a person looks', async () => {
    const parts = { said: words, rejections: [rejection], sessions: begun(before, after) };
    expect((await learning(text, parts))[0]).toMatch(/^review: /);
    // Seen in two sessions, but only one of them since.
    expect((await learning(text, parts, { lesson: 'fact' }))[0]).toMatch(/^block: /);
  });

  it('does not count a session without a date', async () => {
    const sessions = new Map(['s1', 's2'].map((id) => [id, { ...aSession(id), startedAt: undefined }]));
    const undated = sessions as unknown as ReturnType<typeof begun>;
    expect((await learning(text, { said: words, rejections: [rejection], sessions: undated }))[0]).toMatch(
      /^block/,
    );
  });

  it('of a merge stands until its entries change', async () => {
    const store = aStore({ 'CLAUDE.md': '- Use pnpm for installs.\n- For installs use pnpm.\n' });
    const entries = [...store.entries.keys()];
    const operations = [{ op: 'merge' as const, entries, file: 'CLAUDE.md', text: 'Use pnpm for installs.' }];
    const merge = { ...rejection, kind: 'merge' as const, targets: entries };
    const ctx = aGuardContext({ kind: 'merge', operations }, { store, rejections: [merge], said: words });
    const recent = { ...ctx, sessions: begun(after, after) };
    expect(said(await known.check(recent))[0]).toMatch(/^block/);
  });

  it('of a removal gives way to what Git shows since', async () => {
    const store = aStore({ 'CLAUDE.md': '- Run scripts/export.sh at night.\n' });
    const entry = entryWith(store, 'export').id;
    const removal = { ...rejection, kind: 'retire' as const, targets: [entry], words: [] };
    const retiring = async (at: string) => {
      const repository = facts({ deleted: new Map([['scripts/export.sh', { commit: 'c', at }]]) });
      const evidence = [{ type: 'fact' as const, fact: 'deleted' as const, path: 'scripts/export.sh' }];
      const operations = [{ op: 'retire' as const, entry }];
      const ctx = aGuardContext(
        { kind: 'retire', operations, evidence },
        { store, repository, rejections: [removal] },
      );
      return said(await known.check(ctx))[0];
    };
    expect(await retiring(after)).toMatch(/^review/);
    expect(await retiring(before)).toMatch(/^block/);
  });

  it('of a check counts violations since, of the same entry', async () => {
    const store = aStore({ 'CLAUDE.md': '- Named exports only.\n' });
    const entry = entryWith(store, 'exports');
    const violated = ['s1', 's2'].map((session) => ({
      session,
      text: 'again: named exports',
      event: { at: after },
    }));
    const { quotes } = sayings(violated);
    const cited = {
      type: 'entry' as const,
      entry: entry.id,
      file: entry.file,
      lines: [1, 1] as [number, number],
    };
    const evidence = [{ ...cited, text: entry.text, at: '2026-01-01T00:00:00Z' }, ...quotes];
    const enforce = { ...rejection, kind: 'enforce' as const, targets: [entry.id], words: stems(entry.text) };
    const proposal = { kind: 'enforce' as const, operations: [], suggestion: 'a lint rule', evidence };
    const ctx = aGuardContext(proposal, { store, said: violated, rejections: [enforce] });
    expect(said(await known.check({ ...ctx, sessions: begun(after, after) }))[0]).toMatch(/^review/);
    expect(said(await known.check({ ...ctx, sessions: begun(before, after) }))[0]).toMatch(/^block/);
  });
});
