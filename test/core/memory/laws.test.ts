import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf } from '../../../src/core/memory/changes.ts';
import { applyEdits, invertEdits } from '../../../src/core/memory/edit.ts';
import type { Entry, MemoryFile, Store } from '../../../src/core/memory/entry.ts';
import { parseFile, parseStore } from '../../../src/core/memory/parse.ts';
import { planEdits } from '../../../src/core/memory/plan-edits.ts';
import { renderProposals } from '../../../src/core/memory/render.ts';
import { corpusDir } from '../../support/corpus.ts';
import { markdown, proposalsFor, store } from '../../support/markdown.ts';

const withProposals = store.chain((base) => fc.tuple(fc.constant(base), proposalsFor(base)));

function corpusFiles(): [path: string, text: string][] {
  if (corpusDir === undefined) return [];
  const folder = join(corpusDir, 'memories');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.mdc?$/.test(path))
    .sort()
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')]);
}

function withoutIds(file: MemoryFile): string[] {
  return file.entries.map((entry) => `${entry.id} ${entry.kind} ${entry.text}`);
}

/** The bytes an entry may lose with its lines: what is between it and its neighbours, if that is blank. */
function expectOnlyNamedBytesChange(file: MemoryFile, named: ReadonlySet<string>, after: string): void {
  for (const entry of file.entries.filter(({ id }) => !named.has(id))) {
    expect(after).toContain(file.text.slice(entry.start, entry.end));
  }
  const outside = remaining(file, named);
  expect(inOrder(outside, after)).toBe(true);
}

/** The text without the named entries, in words. */
function remaining(file: MemoryFile, named: ReadonlySet<string>): string[] {
  const gone = file.entries
    .filter(({ id }) => named.has(id))
    .map(({ start, end }: Entry) => ({ start, end, text: ' ' }));
  return applyEdits(file.text, gone)
    .split(/\s+/)
    .filter((part) => part !== '');
}

function inOrder(parts: readonly string[], text: string): boolean {
  let at = 0;
  return parts.every((part) => {
    const found = text.indexOf(part, at);
    at = found + part.length;
    return found !== -1;
  });
}

function expectLawsOfEditing(
  base: Store,
  proposals: readonly { number: number; operations: never[] | readonly object[] }[],
): void {
  const typed = proposals as Parameters<typeof renderProposals>[1];
  for (const [path, changes] of changesOf(base, typed)) {
    const file = base.files.find((each) => each.path === path);
    if (file === undefined) continue;
    const edits = planEdits(file, changes);
    const after = applyEdits(file.text, edits);
    expectOnlyNamedBytesChange(file, new Set([...changes.removed, ...changes.replaced.keys()]), after);
    expect(applyEdits(after, invertEdits(file.text, edits))).toBe(file.text);
  }
}

describe('the laws of memory, on generated Markdown', () => {
  it('no operations: nothing is rendered', () => {
    fc.assert(
      fc.property(store, (base) => {
        expect([...renderProposals(base, [])]).toEqual([]);
      }),
    );
  });

  it('entries lie in the file in order, each on its own lines, and say what the file says there', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        let from = 0;
        for (const entry of parseFile('a.md', text).entries) {
          expect(entry.start).toBeGreaterThanOrEqual(from);
          expect(entry.lines[1] - entry.lines[0]).toBe(
            text.slice(entry.start, entry.end).split('\n').length - 1,
          );
          expect(text.slice(entry.start, entry.end).replace(/\s/g, '')).toContain(
            entry.text.replace(/\s/g, ''),
          );
          from = entry.end;
        }
      }),
    );
  });

  it('ids are the same on CRLF and LF', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const lf = text.replaceAll('\r\n', '\n');
        expect(withoutIds(parseFile('a.md', lf.replaceAll('\n', '\r\n')))).toEqual(
          withoutIds(parseFile('a.md', lf)),
        );
      }),
    );
  });

  it('any order of the same proposals renders to the same bytes', () => {
    const shuffled = withProposals.chain(([base, proposals]) =>
      fc
        .tuple(fc.constant(base), fc.subarray(proposals))
        .chain(([same, subset]) =>
          fc.tuple(
            fc.constant(same),
            fc.constant(subset),
            fc.shuffledSubarray(subset, { minLength: subset.length }),
          ),
        ),
    );
    fc.assert(
      fc.property(shuffled, ([base, subset, other]) => {
        expect([...renderProposals(base, other)]).toEqual([...renderProposals(base, subset)]);
      }),
    );
  });

  it('an edit changes no byte outside the entries it names, and its inverse restores all', () => {
    fc.assert(
      fc.property(withProposals, ([base, proposals]) => {
        expectLawsOfEditing(base, proposals);
      }),
    );
  });

  it('entries that no operation names still stand under their headings with the same text', () => {
    fc.assert(
      fc.property(withProposals, ([base, proposals]) => {
        const rendered = renderProposals(base, proposals);
        const changes = changesOf(base, proposals);
        for (const file of base.files) {
          const after = parseFile(file.path, rendered.get(file.path) ?? file.text);
          const change = changes.get(file.path);
          const kept = file.entries.filter(
            ({ id }) => change?.removed.has(id) !== true && change?.replaced.has(id) !== true,
          );
          // A fence may have joined the paragraph that now stands before it.
          const missing = kept.filter(
            ({ text, headings }) =>
              !after.entries.some(
                (each) => each.text.includes(text) && each.headings.join() === headings.join(),
              ),
          );
          expect(rendered.get(file.path) === null ? [] : missing).toEqual([]);
        }
      }),
    );
  });
});

describe.skipIf(corpusDir === undefined)('the laws of memory, on real files', () => {
  it.each(corpusFiles())('%s', (path, text) => {
    const base = parseStore([{ path, text }]);
    const [file] = base.files;
    if (file === undefined) throw new Error('one file gives one file');
    const lf = text.replaceAll('\r\n', '\n');
    expect(withoutIds(parseFile(path, lf.replaceAll('\n', '\r\n')))).toEqual(withoutIds(parseFile(path, lf)));
    const retired = file.entries.map(({ id }, index) => ({
      number: index + 1,
      operations: [{ op: 'retire' as const, entry: id }],
    }));
    for (const proposal of retired.slice(0, 30)) expectLawsOfEditing(base, [proposal]);
    expectLawsOfEditing(base, retired);
    expectLawsOfEditing(
      base,
      retired.filter((_, index) => index % 2 === 0),
    );
  });
});
