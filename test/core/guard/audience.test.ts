import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../../src/core/dream/proposal.ts';
import { audience } from '../../../src/core/guard/audience.ts';
import type { Operation } from '../../../src/core/memory/operation.ts';
import type { Store } from '../../../src/core/memory/entry.ts';
import { aGuardContext, aStore, entryWith, said } from '../../support/guard.ts';

const check = async (store: Store, operations: Operation[], kind: Proposal['kind'] = 'merge') =>
  said(await audience.check(aGuardContext({ kind, operations }, { store })));
const mergeAll = (store: Store, word: string, file: string): Operation[] => [
  {
    op: 'merge',
    entries: [...store.entries.values()].filter(({ text }) => text.includes(word)).map(({ id }) => id),
    file,
    text: 'Use pnpm.',
  },
];

describe('audience', () => {
  it('passes a merge within a file, and within what the same agents load', async () => {
    const one = aStore({ 'CLAUDE.md': '- Use pnpm.\n- pnpm: use it.\n' });
    expect(await check(one, mergeAll(one, 'pnpm', 'CLAUDE.md'))).toEqual([]);
    const imported = aStore({
      'CLAUDE.md': '- Use pnpm.\n\n@docs/tools.md\n',
      'docs/tools.md': '- pnpm: use it.\n',
    });
    expect(await check(imported, mergeAll(imported, 'pnpm', 'CLAUDE.md'))).toEqual([]);
  });

  it.each([
    'AGENTS.md',
    'GEMINI.md',
    '.github/copilot-instructions.md',
    'web/CLAUDE.md',
    '.claude/rules/web.md',
  ])('blocks merging CLAUDE.md away into %s', async (other) => {
    const text = other.includes('rules') ? '---\npaths: web/**\n---\n- pnpm: use it.\n' : '- pnpm: use it.\n';
    const store = aStore({ 'CLAUDE.md': '- Use pnpm.\n', [other]: text });
    expect((await check(store, mergeAll(store, 'pnpm', other)))[0]).toMatch(
      /^block: Agents that read CLAUDE\.md:1 do not read/,
    );
  });

  it('lets a move to a topic file pass when the index leads there', async () => {
    const store = aStore({
      'CLAUDE.md': '- Deploy with make, and then wait.\n- Read memory/MEMORY.md.\n',
      'memory/MEMORY.md': '- [Tools](tools.md)\n',
      'memory/tools.md': '- Use pnpm.\n',
    });
    const move = (file: string): Operation[] => [{ op: 'move', entry: entryWith(store, 'Deploy').id, file }];
    expect(await check(store, move('memory/tools.md'), 'reorganise')).toEqual([]);
  });

  it('blocks a move to where its readers do not come', async () => {
    const store = aStore({ 'CLAUDE.md': '- Deploy with make.\n', 'GEMINI.md': '- Use tabs.\n' });
    const operations: Operation[] = [{ op: 'move', entry: entryWith(store, 'Deploy').id, file: 'GEMINI.md' }];
    expect((await check(store, operations, 'reorganise'))[0]).toContain('would not find it in GEMINI.md');
  });

  it('blocks removing the link that leads to a file', async () => {
    const store = aStore({
      'CLAUDE.md': '- Testing is described in docs/testing.md.\n- Use tabs.\n',
      'docs/testing.md': '- Run make test.\n',
    });
    const retire = (word: string): Operation[] => [{ op: 'retire', entry: entryWith(store, word).id }];
    expect(await check(store, retire('Testing'), 'retire')).toEqual([
      'block: docs/testing.md would no longer be reached by agents that read it now.',
    ]);
    expect(await check(store, retire('tabs'), 'retire')).toEqual([]);
  });
});
