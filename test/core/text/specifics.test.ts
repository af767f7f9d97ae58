import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lostSpecifics, specifics, valueConflicts } from '../../../src/core/text/specifics.ts';
import { line } from '../../support/markdown.ts';

function found(text: string): string[] {
  return specifics(text).map(({ kind, value }) => `${kind} ${value}`);
}

describe('specifics', () => {
  it.each([
    ['wait 30 seconds, at most 1,500 lines and 10%', ['number 30 s', 'number 1500 line', 'number 10 %']],
    ['two reviewers approve', ['number 2 reviewer']],
    ['needs Node >= 22.20 and zod 4.6.7', ['version >=22.20', 'version 4.6.7']],
    ['since 9 February 2026', ['date 2026-02-09']],
    ['see https://example.org/a?b=c.', ['url https://example.org/a?b=c']],
    ['edit src/core/a.ts or common.go, and/or .env', ['path src/core/a.ts', 'path common.go', 'path .env']],
    ['run `mise run test:ci`', ['command mise run test:ci']],
    ['set API_KEY=1 with --race', ['name --race', 'name API_KEY=1']],
    ['call parseFile and snake_case', ['name parseFile', 'name snake_case']],
    ['we host it on Hetzner', ['name Hetzner']],
    ['use pnpm', ['name pnpm']],
    ['NEVER do this without asking', ['negation not', 'negation without']],
    ['rather this instead of that', ['negation instead']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expect.arrayContaining(expected));
  });

  it('finds none in plain words', () => {
    expect(found('Keep functions small and/or simple')).toEqual([]);
  });
});

describe('lostSpecifics', () => {
  it('is empty when a merge keeps every value, in whatever case and order', () => {
    expect(
      lostSpecifics(
        ['Run `npm test` in web/', 'Run npm test before 2026-01-05'],
        'In web/, run `NPM test` before 2026-01-05.',
      ),
    ).toEqual([]);
  });

  it('names what a rewording dropped', () => {
    expect(lostSpecifics(['Never wait more than 30 seconds'], 'Wait 60 seconds')).toEqual([
      { kind: 'number', value: '30 s' },
      { kind: 'negation', value: 'not' },
    ]);
  });

  it('does not take a part of a word for the value', () => {
    expect(lostSpecifics(['use npm'], 'use pnpm')).toEqual([{ kind: 'name', value: 'npm' }]);
    expect(lostSpecifics(['`mise run test`'], '`mise run test:ci`')).toHaveLength(1);
  });

  it('loses nothing to itself', () => {
    fc.assert(
      fc.property(line, (text) => {
        expect(lostSpecifics([text], text)).toEqual([]);
      }),
    );
  });
});

describe('valueConflicts', () => {
  it.each([
    ['Use pnpm for installs', 'Use npm for installs'],
    ['Indent with tabs', 'Indent with spaces'],
    ['The timeout is 30 seconds', 'Timeout: 60s'],
    ['Requires Node 20.1.0', 'Requires Node 22.1.0'],
    ['Config is in config/a.yml', 'Config is in config/b.yml'],
    ['Freeze starts 2026-01-05', 'Freeze starts 2026-01-06'],
    ['Commit generated files', 'Never commit generated files'],
    ['Deploy with tests', 'Deploy without tests'],
    ['Deploy to the red cluster', 'Deploy to the blue cluster'],
    ['Always squash before merging', 'Always squash after merging'],
    ['Retry three times', 'Retry five times'],
    ['Ask Ana about billing questions', 'Ask Ben about billing questions'],
  ])('%s / %s', (a, b) => {
    expect(valueConflicts(a, b)).not.toEqual([]);
    expect(valueConflicts(b, a)).not.toEqual([]);
  });

  it.each([
    ['Run tests prior to commit', 'Run the tests before committing'],
    ['Use tabs', 'Use tabs, not spaces'],
    ['Do not use npm; use pnpm', 'Use pnpm, never npm'],
    ["Don't push to main", 'Avoid pushing to main.'],
    ['Run `make lint` before pushing', 'Always run make lint before you push'],
    ['API keys live in the vault', 'Standups are on Tuesday'],
  ])('none in: %s / %s', (a, b) => {
    expect(valueConflicts(a, b)).toEqual([]);
  });

  it('a text does not conflict with itself', () => {
    fc.assert(
      fc.property(line, (text) => {
        expect(valueConflicts(text, text)).toEqual([]);
      }),
    );
  });
});
