import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStore } from '../../../src/core/memory/parse.ts';
import { renderProposals } from '../../../src/core/memory/render.ts';
import type { Store } from '../../../src/core/memory/entry.ts';
import { differenceOf, type Change } from '../../../src/dreamers/managed/difference/difference.ts';
import { operationsOf } from '../../../src/dreamers/managed/difference/operations.ts';
import { placedIn, sectionKey } from '../../../src/dreamers/managed/difference/place.ts';

type Memory = Readonly<Record<string, string>>;

const storeOf = (memory: Memory): Store =>
  parseStore(Object.entries(memory).map(([path, text]) => ({ path, text })));

function changes(base: Memory, output: Memory): string[] {
  return differenceOf(storeOf(base), storeOf(output)).map(shown);
}

function shown(change: Change): string {
  const texts = (placed: readonly { readonly entry: { readonly text: string } }[]): string =>
    placed.map(({ entry }) => entry.text).join(' + ');
  if (change.kind === 'add') return `add ${change.to.entry.text}`;
  if (change.kind === 'retire') return `retire ${change.from.entry.text}`;
  const from = 'entry' in change.from ? [change.from] : change.from;
  return `${change.kind} ${texts(from)} → ${change.to.entry.text}`;
}

const base = {
  'CLAUDE.md': '# Shop\n\n## Build\n\n- Build with `pnpm build`.\n- Tests need a running database.\n',
  'memory/style.md': '# Style\n\n- Prefer small functions.\n',
};

describe('the difference between two versions of a memory', () => {
  it('is nothing where nothing but white space, a title or the order changed', () => {
    const output = {
      'CLAUDE.md':
        '# The shop\n\n## Build\n\n- Tests need a running   database.\n- Build with `pnpm build`.\n',
      'memory/style.md': base['memory/style.md'],
    };
    expect(changes(base, output)).toEqual([]);
  });

  it('tells what moved from what was added and removed', () => {
    const output = {
      'CLAUDE.md': '# Shop\n\n## Build\n\n- Build with `pnpm build`.\n',
      'memory/style.md': base['memory/style.md'],
      'memory/testing.md': '# Testing\n\n- Tests need a running database.\n',
    };
    expect(changes(base, output)).toEqual([
      'move Tests need a running database. → Tests need a running database.',
    ]);
  });

  it('tells a rewording from one that goes and another that comes', () => {
    const output = {
      ...base,
      'CLAUDE.md':
        '# Shop\n\n## Build\n\n- Build with `pnpm build`.\n- Tests need a running PostgreSQL 18 database.\n',
    };
    expect(changes(base, output)).toEqual([
      'revise Tests need a running database. → Tests need a running PostgreSQL 18 database.',
    ]);
  });

  it('takes the best of several that a wording may come from', () => {
    const before = { 'CLAUDE.md': '- Deploy on Mondays only.\n- Deploy with the blue script on Mondays.\n' };
    const after = { 'CLAUDE.md': '- Deploy with the green script on Mondays.\n- Deploy on Mondays only.\n' };
    expect(changes(before, after)).toEqual([
      'revise Deploy with the blue script on Mondays. → Deploy with the green script on Mondays.',
    ]);
  });

  it('tells that two became one', () => {
    const before = { 'CLAUDE.md': '- Use pnpm for packages.\n- For packages use pnpm, never npm.\n' };
    const after = { 'CLAUDE.md': '- For packages use pnpm, never npm, never yarn.\n' };
    expect(changes(before, after)).toEqual([
      'merge Use pnpm for packages. + For packages use pnpm, never npm. → For packages use pnpm, never npm, never yarn.',
    ]);
  });

  it('adds and retires the rest', () => {
    const output = { ...base, 'memory/style.md': '# Style\n\n- Log with pino.\n' };
    expect(changes(base, output)).toEqual(['add Log with pino.', 'retire Prefer small functions.']);
  });

  it('leaves the lines of an index to the code that keeps it', () => {
    const before = { 'memory/MEMORY.md': '- [Style](style.md): small functions\n' };
    const after = { 'memory/MEMORY.md': '- [Style](style.md): functions\n- [Logs](logs.md): pino\n' };
    expect(changes(before, after)).toEqual([]);
  });

  it('does not take a prohibition for advice', () => {
    const before = storeOf({ 'CLAUDE.md': '## Git\n\n- Push to main.\n' });
    const after = storeOf({ 'CLAUDE.md': '## Git\n\n**Do NOT:**\n\n- Push to main.\n' });
    const found = differenceOf(before, after);
    expect(found.map(({ kind }) => kind)).toEqual(['add', 'retire']);
    expect(found.flatMap((change) => operationsOf(change, before))[0]).toMatchObject({
      op: 'add',
      text: 'Do NOT: Push to main.',
    });
  });
});

const words = fc.constantFrom(
  ...'build test deploy port cache queue log index token retry shard batch'.split(' '),
);
const item = fc
  .uniqueArray(words, { minLength: 2, maxLength: 6 })
  .map((list) => `- Keep ${list.join(' ')} in mind.`);
const section = fc.tuple(fc.constantFrom('Build', 'Deploy', 'Data'), fc.uniqueArray(item, { maxLength: 5 }));
const file = fc
  .uniqueArray(section, { selector: ([heading]) => heading, minLength: 1, maxLength: 3 })
  .map((sections) =>
    ['# Notes', ...sections.map(([heading, items]) => `## ${heading}\n\n${items.join('\n')}`), ''].join(
      '\n\n',
    ),
  );
const memory = fc.record({ 'CLAUDE.md': file, 'AGENTS.md': file }, { requiredKeys: ['CLAUDE.md'] });

/** Which section says what, as often as it does. */
const said = (store: Store): string[] =>
  placedIn(store)
    .map((each) => `${sectionKey(each)}: ${each.entry.text}`)
    .sort();

describe('the operations of a difference', () => {
  it('make the base say what the output says', () => {
    fc.assert(
      fc.property(memory, memory, (before, after) => {
        const [from, to] = [storeOf(before), storeOf(after)];
        const operations = differenceOf(from, to).flatMap((change) => [...operationsOf(change, from)]);
        const rendered = renderProposals(from, [{ number: 1, operations }]);
        const files = new Map<string, string | null>([...Object.entries(before), ...rendered]);
        const there = Object.fromEntries(
          [...files].flatMap(([path, text]) => (text === null ? [] : [[path, text]])),
        );
        expect(said(storeOf(there))).toEqual(said(to));
      }),
    );
  });
});
