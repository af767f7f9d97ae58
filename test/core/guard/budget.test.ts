import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../../src/core/dream/proposal.ts';
import { budget, budgetTogether } from '../../../src/core/guard/budget.ts';
import { alwaysLoadedTokens, indexLines, topicCharacters } from '../../../src/core/memory/limits.ts';
import type { Operation } from '../../../src/core/memory/operation.ts';
import type { Store } from '../../../src/core/memory/entry.ts';
import { tokens } from '../../../src/core/text/tokens.ts';
import { aDreamContext, aGuardContext, aProposal, aStore, entryWith, said } from '../../support/guard.ts';

const check = async (store: Store, operations: Operation[], kind: Proposal['kind'] = 'learn') =>
  said(await budget.check(aGuardContext({ kind, operations }, { store })));
const add = (file: string, text = 'Use pnpm for all installs.'): Operation => ({ op: 'add', file, text });
const rules = (count: number): string =>
  Array.from({ length: count }, (_, n) => `- Rule number ${n} speaks of its own subject here.\n`).join('');

/** A CLAUDE.md of just the size that agents should always load. */
const full = (() => {
  let count = 1;
  while (tokens(rules(count + 1)) <= alwaysLoadedTokens) count += 1;
  return aStore({ 'CLAUDE.md': rules(count), 'memory/topic.md': '- Deploy with make.\n' });
})();
const first = entryWith(full, 'Rule number 0 ').id;

describe('budget', () => {
  it('passes a new entry where there is room', async () => {
    expect(await check(aStore({ 'CLAUDE.md': rules(3) }), [add('CLAUDE.md')])).toEqual([]);
    expect(await check(full, [add('memory/topic.md')])).toEqual([]);
  });

  it('blocks a new always-loaded entry beyond the budget', async () => {
    expect((await check(full, [add('CLAUDE.md')]))[0]).toMatch(
      /^block: claude-code would always load about \d+ tokens; beyond \d+ a new entry must come with one that moves/,
    );
  });

  it('passes it with one that retires or moves to a topic file', async () => {
    const retire: Operation = { op: 'retire', entry: first };
    const move: Operation = { op: 'move', entry: first, file: 'memory/topic.md' };
    expect(await check(full, [add('CLAUDE.md'), retire], 'correct')).toEqual([]);
    expect(await check(full, [add('CLAUDE.md'), move], 'reorganise')).toEqual([]);
  });

  it('passes corrections of what is there, however long the file', async () => {
    const text = 'Rule number 0 speaks of its own subject here, and of another one too.';
    expect(await check(full, [{ op: 'revise', entry: first, text }], 'correct')).toEqual([]);
  });

  it('blocks a topic file that grows too long, and lets a long one shrink', async () => {
    const long = `- ${'word '.repeat(topicCharacters / 5)}\n- Short.\n`;
    const store = aStore({ 'memory/topic.md': long });
    expect((await check(store, [add('memory/topic.md')]))[0]).toMatch(/characters; the limit is 20000/);
    const retire: Operation[] = [{ op: 'retire', entry: entryWith(store, 'Short').id }];
    expect(await check(store, retire, 'retire')).toEqual([]);
  });

  it('blocks an index that grows beyond what is loaded of it', async () => {
    const store = aStore({ 'memory/MEMORY.md': '- one line\n'.repeat(indexLines) });
    expect((await check(store, [add('memory/MEMORY.md')])).join()).toMatch(/201 lines; the limit is 200/);
    const short = aStore({ 'memory/MEMORY.md': '- one line\n' });
    expect((await check(short, [add('memory/MEMORY.md', 'long '.repeat(40))])).join()).toContain(
      'in one line',
    );
  });

  it('blocks AGENTS.md files that Codex would cut', async () => {
    const half = `- ${'word '.repeat(3_276)}\n`;
    const store = aStore({ 'AGENTS.md': half, 'web/AGENTS.md': half, 'api/AGENTS.md': '- Use tabs.\n' });
    expect((await check(store, [add('web/AGENTS.md')])).join()).toContain('down to web/AGENTS.md');
    expect(await check(store, [add('api/AGENTS.md')])).toEqual([]);
  });

  it.each(['## A heading', 'One entry.\n\n## And more'])(
    'blocks what cannot be written: %j',
    async (text) => {
      const store = aStore({ 'CLAUDE.md': rules(1) });
      expect((await check(store, [add('CLAUDE.md', text)]))[0]).toMatch(/^block: It cannot be written: /);
    },
  );

  it('looks at a dream as a whole: what frees room goes first, what comes last waits', () => {
    const propose = (number: number, operations: Operation[]): Proposal => aProposal({ number, operations });
    const proposals = [
      propose(1, [add('CLAUDE.md', 'Rule number one speaks of its own subject here.')]),
      propose(2, [add('CLAUDE.md', 'Rule number two speaks of its own subject here.')]),
      propose(3, [{ op: 'retire', entry: first }]),
    ];
    expect([...budgetTogether(aDreamContext({ store: full }), proposals).keys()]).toEqual([2]);
  });
});
