import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../src/core/memory/operation.ts';
import type { Proposal } from '../../../src/core/dream/proposal.ts';
import { specifics } from '../../../src/core/guard/specifics.ts';
import { aGuardContext, aStore, entryWith, facts, said, type ContextParts } from '../../support/guard.ts';

/** A revision of the one entry of a memory. */
async function revised(
  before: string,
  after: string,
  parts: ContextParts = {},
  kind: Proposal['kind'] = 'correct',
) {
  const store = aStore({ 'CLAUDE.md': `- ${before}\n` });
  const operations: Operation[] = [
    { op: 'revise', entry: entryWith(store, before.split('\n')[0] ?? '').id, text: after },
  ];
  return said(await specifics.check(aGuardContext({ kind, operations }, { store, ...parts })));
}

async function merged(entries: readonly string[], after: string) {
  const store = aStore({ 'CLAUDE.md': entries.map((entry) => `- ${entry}\n`).join('') });
  const operations: Operation[] = [
    { op: 'merge', entries: [...store.entries.keys()], file: 'CLAUDE.md', text: after },
  ];
  return said(await specifics.check(aGuardContext({ kind: 'merge', operations }, { store })));
}

describe('specifics', () => {
  it('passes a merge in which every one survives', async () => {
    const before = ['Integration tests need Redis on port 6380.', 'Start it with `docker compose up redis`.'];
    const after = 'Integration tests need Redis on port 6380: start it with `docker compose up redis`.';
    expect(await merged(before, after)).toEqual([]);
  });

  it.each([
    ['a number', 'Retry 3 times after a timeout.', 'Retry after a timeout.'],
    [
      'a path',
      'The schema is in db/schema.sql for all services.',
      'The schema is one file for all services.',
    ],
    ['a version', 'Use Node v22.20.1 for the build of the app.', 'Use Node for the build of the app.'],
    ['a date', 'The freeze began on 2026-01-15 for all teams.', 'The freeze began for all teams.'],
    ['a URL', 'Ask for access at https://example.com/access first.', 'Ask for access first.'],
    ['a command', 'Run `make gen` after editing the protos.', 'Generate after editing the protos.'],
    ['a name', 'Wrap errors with AppError before they leave.', 'Wrap errors before they leave.'],
    ['a negation', 'Do not edit generated files by hand.', 'Edit generated files by hand.'],
  ])('blocks losing %s', async (_what, before, after) => {
    const [finding, ...others] = await revised(before, after);
    expect(finding).toMatch(/^block: CLAUDE\.md:1 would lose /);
    expect(others).toEqual([]);
  });

  it('lets evidence name the replacement', async () => {
    const words = [{ session: 's1', text: 'it is make check now' }];
    expect(await revised('Run `make lint` first.', 'Run `make check` first.', { said: words })).toEqual([]);
  });

  it('lets evidence name what is gone', async () => {
    const words = [{ session: 's1', text: 'we dropped make lint last week' }];
    expect(await revised('Run `make lint` and push.', 'Push.', { said: words })).toEqual([]);
  });

  it('does not let the words of one value explain the loss of another', async () => {
    const words = [{ session: 's1', text: 'it is make check now' }];
    const findings = await revised('Run `make lint` within 30 seconds.', 'Run `make check`.', {
      said: words,
    });
    expect(findings).toEqual([expect.stringContaining('30')]);
  });

  it('lets evidence explain the part of a line of code that changed, and no other', async () => {
    const before = 'How to look:\n  ```\n  git log main/sessions --oneline -n 20\n  ```';
    const words = [{ session: 's1', text: 'main/sessions is called main/checkpoints now' }];
    const renamed = before.replace('main/sessions', 'main/checkpoints');
    expect(await revised(before, renamed, { said: words })).toEqual([]);
    expect(await revised(before, renamed.replace('-n 20', '-n 5'), { said: words })).toHaveLength(1);
  });

  it('does not let the entry itself or memory read back be the evidence', async () => {
    const words = [{ session: 's1', text: 'Run `make lint` first.', trust: 'echo' as const }];
    expect(await revised('Run `make lint` first.', 'Push first.', { said: words })).toHaveLength(1);
  });

  it('lets a renamed file explain a path', async () => {
    const store = aStore({ 'CLAUDE.md': '- The schema is in db/schema.sql.\n' });
    const operations: Operation[] = [
      { op: 'revise', entry: entryWith(store, 'schema').id, text: 'The schema is in db/tables.sql.' },
    ];
    const evidence = [
      { type: 'fact' as const, fact: 'renamed' as const, path: 'db/schema.sql', to: 'db/tables.sql' },
    ];
    expect(
      await specifics.check(aGuardContext({ kind: 'correct', operations, evidence }, { store })),
    ).toEqual([]);
  });

  it('lets Git explain an absolute date', async () => {
    const origins = new Map([['CLAUDE.md', [{ commit: 'c', at: '2026-02-09T10:00:00Z', author: 'ana' }]]]);
    const repository = facts({ origins });
    const after = 'Staging moved on 2026-02-08.';
    expect(await revised('Staging moved yesterday.', after, { repository })).toEqual([]);
  });

  it('blocks a rewording that leaves little of a plain entry', async () => {
    const before = ['Prefer composition over inheritance in services.', 'Tests live beside the code.'];
    expect(await merged(before, 'Tests live beside the code.')).toEqual([
      'block: Little of what CLAUDE.md:1 says would remain.',
    ]);
  });

  it('has nothing to say of additions and removals', async () => {
    expect(await specifics.check(aGuardContext({}))).toEqual([]);
  });
});
