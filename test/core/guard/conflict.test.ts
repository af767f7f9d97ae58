import { describe, expect, it } from 'vitest';
import { conflict } from '../../../src/core/guard/conflict.ts';
import type { Proposal } from '../../../src/core/dream/proposal.ts';
import type { Operation } from '../../../src/core/memory/operation.ts';
import { aGuardContext, aStore, said } from '../../support/guard.ts';

async function merge(markdown: string, kind: Proposal['kind'] = 'merge', texts?: string[]) {
  const store = aStore({ 'CLAUDE.md': markdown });
  const entries = [...store.entries.values()].filter((entry) => entry.kind === 'item');
  const chosen = texts === undefined ? entries : entries.filter(({ text }) => texts.includes(text));
  const operations: Operation[] = [
    { op: 'merge', entries: chosen.map(({ id }) => id), file: 'CLAUDE.md', text: entries[0]?.text ?? '' },
  ];
  return said(await conflict.check(aGuardContext({ kind, operations }, { store })));
}

describe('conflict', () => {
  it('passes entries that say the same', async () => {
    expect(await merge('- Run the tests before you push.\n- Before you push, run the tests!\n')).toEqual([]);
  });

  it.each([
    ['a number', '- Staging runs on port 4000.\n- Staging runs on port 4010.\n'],
    ['a version', '- Build with Node v20.1.0.\n- Build with Node v22.1.0.\n'],
    ['a name', '- Log errors with `logError`.\n- Log errors with `reportError`.\n'],
    ['a choice', '- Install packages with pnpm.\n- Install packages with npm.\n'],
    ['a negation', '- Commit generated files.\n- Do not commit generated files.\n'],
    ['a path', '- Fixtures are in test/data/.\n- Fixtures are in spec/data/.\n'],
  ])('blocks merging entries that differ in %s', async (_what, markdown) => {
    const [finding] = await merge(markdown);
    expect(finding).toMatch(/^block: CLAUDE\.md:1 and CLAUDE\.md:2 differ: .* They are not duplicates\.$/);
  });

  it('reads the lead-in as part of what its items say', async () => {
    const markdown =
      '**Do NOT:**\n\n- use default exports in components\n\n**Instead:**\n\n- use default exports in components\n';
    expect((await merge(markdown))[0]).toMatch(/^block/);
  });

  it('leaves it to a correction to say with evidence which is right', async () => {
    expect(await merge('- Staging runs on port 4000.\n- Staging runs on port 4010.\n', 'correct')).toEqual(
      [],
    );
  });

  it('blocks changing one entry twice', async () => {
    const store = aStore({ 'CLAUDE.md': '- Use tabs.\n' });
    const [entry = ''] = store.entries.keys();
    const operations: Operation[] = [
      { op: 'retire', entry },
      { op: 'revise', entry, text: 'Use spaces.' },
    ];
    expect(said(await conflict.check(aGuardContext({ kind: 'correct', operations }, { store })))).toEqual([
      'block: It changes one entry twice.',
    ]);
  });
});
