import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultConfig, parseConfig } from '../src/config-file.ts';
import { defaultMemoryPaths } from '../src/core/config.ts';

const errorsOf = (text: string) => {
  const parsed = parseConfig(text);
  return 'errors' in parsed ? parsed.errors : [];
};
const configOf = (text: string) => {
  const parsed = parseConfig(text);
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  return parsed.config;
};

describe('a config that holds', () => {
  it.each(['', '# nothing but a comment\n', '\uFEFF', 'dream:\nledger:\n'])('%j is the default', (text) => {
    expect(configOf(text)).toEqual(defaultConfig());
    expect(configOf(text).memory).toEqual(defaultMemoryPaths);
  });

  it('keeps what is said and fills in the rest', () => {
    const config = configOf('memory: [docs/notes.md]\ndream:\n  proposals: 9\n  # apart: 3\n');
    expect(config.memory).toEqual(['docs/notes.md']);
    expect(config.dream).toMatchObject({ proposals: 9, apart: 6 });
  });

  it('may use an anchor', () => {
    expect(configOf('memory: &paths [a.md]\nprotect: *paths\n').protect).toEqual(['a.md']);
  });
});

it('lets no other repository decide, and says so', () => {
  const parsed = parseConfig('mode: manual\n_extends: stranger/config\n');
  expect(parsed).toMatchObject({
    config: { mode: 'manual' },
    notes: [{ line: 2, column: 1, message: expect.stringContaining('ignored') as string }],
  });
});

describe('a config with errors', () => {
  it.each([
    ['dream:\n  proposals: many\n', 2, 14, /^dream\.proposals: expected number/],
    ['mode: manual\ndraem:\n  after: 2\n', 2, 1, /unknown key "draem"; did you mean "dream"\?/],
    ['dream:\n  sesions: 3\n', 2, 3, /did you mean "sessions"/],
    ['elephants: 2\n', 1, 1, /unknown key "elephants"; known are memory,/],
    ['auto:\n  kinds: [merge, delete]\n', 2, 18, /^auto\.kinds\.1: /],
    ['dream:\n  cron: every day\n', 2, 9, /not a cron expression/],
    ['dream:\n  zone: Europe/Atlantis\n', 2, 9, /not an IANA time zone/],
    ['redact:\n  - "[a-"\n', 2, 5, /no regular expression/],
    ['- a\n- b\n', 1, 1, /expected object/],
    ['mode: [manual\n', 2, 1, /./],
    ['mode: manual\nmode: auto\n', 2, 1, /unique/i],
    ['mode: !!js/function "x"\n', 1, 7, /tag/i],
  ])('%j is reported at %i:%i', (text, line, column, message) => {
    expect(errorsOf(text)[0]).toMatchObject({ line, column });
    expect(errorsOf(text)[0]?.message).toMatch(message);
  });

  it('reports every problem, in the order of the file', () => {
    expect(errorsOf('mode: x\nsync: 3\nmemory: []\n').map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  it('refuses a bomb of aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]',
      'memory: [*b,*b,*b]',
    ].join('\n');
    expect(errorsOf(bomb)[0]?.message).toMatch(/alias/i);
  });

  it('refuses what is longer than a page and nested beyond reason', () => {
    expect(errorsOf(`# ${'x'.repeat(70_000)}`)).toHaveLength(1);
    expect(errorsOf('['.repeat(60_000)).length).toBeGreaterThan(0);
  });
});

it('never throws, whatever the text', () => {
  const yamlish = fc.string({
    unit: fc.constantFrom(...Array.from('ab:-[]{}&*!#|>"\'\n \t%?,0')),
    maxLength: 60,
  });
  fc.assert(
    fc.property(yamlish, (text) => {
      expect(() => parseConfig(text)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});
