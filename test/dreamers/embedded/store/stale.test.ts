import { describe, expect, it } from 'vitest';
import { staleReferenceRule } from '../../../../src/dreamers/embedded/store/stale.ts';
import { type Given, given } from './input.ts';

const note = (text: string, heading = 'Files'): Record<string, string> => ({
  'CLAUDE.md': `# Rules\n\n## ${heading}\n\n- ${text}\n`,
});
const gone = { 'src/parser.ts': { commit: 'abc', at: '2026-03-01T10:00:00Z' } };

function examined(text: string, more: Partial<Given> = {}): ReturnType<typeof staleReferenceRule> {
  return staleReferenceRule(given({ files: note(text), deleted: gone, paths: ['src/main.ts'], ...more }));
}

describe('a note on a path that Git shows deleted', () => {
  it.each([
    '`src/parser.ts` - reads the price list',
    '`src/parser.ts`: reads the price list',
    'The parser is in `src/parser.ts`.',
    'See `src/parser.ts`',
  ])('is retired when it is about nothing else: %s', (text) => {
    const [proposal] = examined(text).proposals;
    expect(proposal).toMatchObject({ kind: 'retire', strength: 'proved', operations: [{ op: 'retire' }] });
    expect(proposal?.evidence[0]).toEqual({
      type: 'fact',
      fact: 'deleted',
      path: 'src/parser.ts',
      commit: 'abc',
      at: '2026-03-01T10:00:00Z',
    });
  });

  it.each([
    ['Never parse prices by hand (see `src/parser.ts`).', 'Never parse prices by hand.'],
    ['Never parse prices by hand. See `src/parser.ts` for details.', 'Never parse prices by hand.'],
  ])('loses a pointer that can be cut: %s', (text, rest) => {
    expect(examined(text).proposals[0]?.operations).toMatchObject([{ op: 'revise', text: rest }]);
  });

  it.each([
    'The importer hands prices from `src/parser.ts` to `src/main.ts`.',
    'When prices look wrong, run `node src/parser.ts prices.csv` and compare the output with the ledger.',
    'Release notes do not go to the website (those live in `src/parser.ts`)',
  ])('is left to a person when it says more: %s', (text) => {
    const { proposals, leads } = examined(text);
    expect([proposals.length, leads.length]).toEqual([0, 1]);
  });

  it('is left to a person under a heading that says no', () => {
    const files = note('`src/parser.ts` - by hand', 'Never edit');
    const { proposals, leads } = staleReferenceRule(given({ files, deleted: gone }));
    expect([proposals.length, leads.length]).toEqual([0, 1]);
  });

  it('follows a rename', () => {
    const deleted = { 'src/parser.ts': { renamedTo: 'src/prices/parse.ts' } };
    const { proposals } = examined('Prices are read by `src/parser.ts`, never by hand.', {
      deleted,
      paths: ['src/prices/parse.ts'],
    });
    expect(proposals[0]?.operations).toMatchObject([
      { text: 'Prices are read by `src/prices/parse.ts`, never by hand.' },
    ]);
    expect(proposals[0]?.evidence[0]).toMatchObject({ fact: 'renamed', to: 'src/prices/parse.ts' });
  });

  it('follows a rename inside the folder that its heading names', () => {
    const files = note('`parser.ts` - reads the price list', 'The readers (`src/`)');
    const deleted = { 'src/parser.ts': { renamedTo: 'src/prices.ts' } };
    const { proposals } = staleReferenceRule(given({ files, deleted, paths: ['src/prices.ts'] }));
    expect(proposals[0]?.operations).toMatchObject([{ text: '`prices.ts` - reads the price list' }]);
  });

  it('shares a proposal with its neighbours that the same commit deleted', () => {
    const files = { 'CLAUDE.md': '# Files\n\n- `src/a.ts` - reads\n- `src/b.ts` - writes\n' };
    const [proposal, ...others] = staleReferenceRule(
      given({ files, deleted: { 'src/a.ts': {}, 'src/b.ts': {} } }),
    ).proposals;
    expect(others).toEqual([]);
    expect(proposal?.title).toBe('Retire 2 notes on deleted files');
  });
});

describe('a note is left alone', () => {
  it.each<[string, string, Partial<Given>]>([
    ['when the path lives', '`src/parser.ts` - reads prices', { paths: ['src/parser.ts'] }],
    ['when a live path ends like it', '`src/parser.ts` - reads prices', { paths: ['web/src/parser.ts'] }],
    ['when Git never knew it', '`src/reader.ts` - reads prices', {}],
    ['when history is cut off', '`src/parser.ts` - reads prices', { shallow: true }],
    ['when Git ignores it', '`src/parser.ts` - reads prices', { ignored: ['src/parser.ts'] }],
    ['a glob', '`src/*.ts` - the readers', {}],
    ['a placeholder', '`src/<name>.ts` - a reader each', {}],
  ])('%s', (_why, text, more) => {
    expect(examined(text, more)).toEqual({ proposals: [], questions: [], leads: [] });
  });

  it('when it was written after the deletion', () => {
    expect(
      examined('`src/parser.ts` - reads prices', { written: { 'CLAUDE.md': '2026-04-01T00:00:00Z' } })
        .proposals,
    ).toEqual([]);
  });

  it('when the path stands in a fence', () => {
    const files = { 'CLAUDE.md': '# Use\n\n```sh\nnode src/parser.ts\n```\n' };
    expect(staleReferenceRule(given({ files, deleted: gone })).proposals).toEqual([]);
  });
});
