import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../../src/core/dream/proposal.ts';
import { scope } from '../../../src/core/guard/scope.ts';
import type { Operation } from '../../../src/core/memory/operation.ts';
import { aGuardContext, aStore, entryWith, said, sayings } from '../../support/guard.ts';

const store = aStore({
  'memory/people/ana/notes.md': '- Use pnpm for installs.\n- I like short names.\n',
  'memory/agents/codex/notes.md': '- Use pnpm for installs!\n',
  'memory/tools.md': '- Deploy with make.\n',
});
const ana = entryWith(store, 'pnpm for installs.').id;
const codex = entryWith(store, 'pnpm for installs!').id;
const shared = entryWith(store, 'Deploy').id;

const check = async (kind: Proposal['kind'], operations: Operation[], over: Partial<Proposal> = {}) =>
  said(await scope.check(aGuardContext({ kind, operations, ...over }, { store })));
const merge = (entries: string[], file: string): Operation => ({
  op: 'merge',
  entries,
  file,
  text: 'Use pnpm.',
});

describe('scope', () => {
  it('passes what stays in its scope, or leaves the shared one', async () => {
    expect(
      await check('reorganise', [{ op: 'move', entry: ana, file: 'memory/people/ana/tools.md' }]),
    ).toEqual([]);
    expect(
      await check('reorganise', [{ op: 'move', entry: shared, file: 'memory/projects/web/x.md' }]),
    ).toEqual([]);
  });

  it('has a person look at a promotion', async () => {
    const review = ['review: It widens who reads this.'];
    expect(await check('promote', [merge([ana, codex], 'memory/tools.md')])).toEqual(review);
    const withCopy: Operation[] = [
      { op: 'move', entry: ana, file: 'memory/tools.md' },
      { op: 'retire', entry: codex },
    ];
    expect(await check('promote', withCopy)).toEqual(review);
  });

  it.each<[string, Proposal['kind'], Operation[]]>([
    ['a merge', 'merge', [merge([ana, codex], 'memory/tools.md')]],
    ['a move', 'reorganise', [{ op: 'move', entry: ana, file: 'CLAUDE.md' }]],
    ['a move to another person', 'reorganise', [{ op: 'move', entry: ana, file: 'memory/people/bo/x.md' }]],
    [
      'an addition beside a removal',
      'correct',
      [
        { op: 'retire', entry: ana },
        { op: 'add', file: 'CLAUDE.md', text: 'Use pnpm for installs.' },
      ],
    ],
  ])('blocks %s that widens without saying so', async (_what, kind, operations) => {
    expect((await check(kind, operations))[0]).toMatch(/^block: .* a proposal of its own/);
  });

  it('blocks a promotion that does other things beside, or promotes nothing', async () => {
    const beside: Operation[] = [
      { op: 'move', entry: ana, file: 'memory/tools.md' },
      { op: 'add', file: 'memory/tools.md', text: 'x' },
    ];
    expect((await check('promote', beside))[0]).toContain('other things beside');
    expect((await check('promote', [{ op: 'move', entry: shared, file: 'CLAUDE.md' }]))[0]).toContain(
      'nothing',
    );
  });

  it('has a person look at what is noted in the name of somebody else', async () => {
    const { quotes } = sayings([{ session: 's1', text: 'I like tabs' }]);
    const operations: Operation[] = [{ op: 'add', file: 'memory/people/bo/notes.md', text: 'Likes tabs.' }];
    const by = (person: string) => ({ evidence: quotes.map((quote) => ({ ...quote, person })) });
    expect(await check('learn', operations, by('ana'))).toEqual([
      'review: It is noted for bo, who is not cited.',
    ]);
    expect(await check('learn', operations, by('bo'))).toEqual([]);
  });
});
