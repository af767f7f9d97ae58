import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aider } from '../../../../src/core/sessions/formats/aider.ts';
import { sourceOf } from '../../../support/source.ts';
import { outline, read, textsOf, type Read } from './read.ts';

const fixture = readFileSync(resolve(import.meta.dirname, '../fixtures/aider/aider.chat.history.md'), 'utf8');
const reading = (text: string): Promise<Read> => read(aider, sourceOf(text, '.aider.chat.history.md'));

test('each run with a prompt is a session', async () => {
  const { sessions } = await reading(fixture);
  expect(sessions.map(({ header }) => [header.startedAt, header.model, header.interactive])).toEqual([
    ['2026-02-09T10:00:00.000Z', 'claude-sonnet-4', true],
    ['2026-02-09T11:00:00.000Z', 'gpt-5-mini', false],
  ]);
  expect(sessions[0]?.header.usage).toEqual({ inputTokens: 5200, outputTokens: 604, usd: 0.02 });
  expect(outline(sessions[0]?.events ?? [])).toMatchSnapshot();
});

describe('level-4 headings and quotations', () => {
  test('of the model are its own', async () => {
    const { sessions } = await reading(fixture);
    expect(textsOf(sessions[0]?.events ?? [], 'claimed')).not.toContain('How it works');
    expect(textsOf(sessions[0]?.events ?? [], 'agent')[0]).toContain('> a quotation of the model');
  });

  test('are told apart in a file whose trailing blanks were stripped', async () => {
    const stripped = fixture.replaceAll(/ +$/gm, '');
    const { sessions } = await reading(stripped);
    expect(textsOf(sessions[0]?.events ?? [], 'claimed')).toEqual([
      'round amounts half up\nand never use floats for money',
      '/run pytest -q',
      'pytest -q',
    ]);
  });
});

describe('ids', () => {
  test('are the same in a longer file and in an excerpt', async () => {
    const whole = await reading(fixture);
    const from = fixture.indexOf('# aider chat started at 2026-02-09 11');
    const excerpt = await reading(fixture.slice(from));
    const longer = await reading(`${fixture}\n#### hello  \n`);
    const ids = (one: Read) => one.sessions.map(({ header }) => header.id);
    expect(ids(excerpt)).toEqual(ids(whole).slice(1));
    expect(ids(longer).slice(0, 2)).toEqual(ids(whole));
  });
});

test('text before the first heading is the rest of a run', async () => {
  const { sessions } = await reading(
    '#### fix the typo  \n\nFixed.\n\n# aider chat started at 2026-02-09 10:00:00\n\n#### next  \n',
  );
  expect(sessions.map(({ events }) => textsOf(events, 'claimed'))).toEqual([['fix the typo'], ['next']]);
  expect(sessions[0]?.header.startedAt).toBeUndefined();
});

test('a history without a prompt is refused', async () => {
  await expect(reading('# aider chat started at 2026-02-09 10:00:00\n\n> Aider v0.86.0  \n')).rejects.toThrow(
    'nobody said anything',
  );
});

test('is recognised by its content, or by its name when it has no heading', () => {
  expect(aider.detect(fixture, 'x.md')).toBe(2);
  expect(aider.detect('#### hello  \n', 'repo/.aider.chat.history.md')).toBe(1);
  expect(aider.detect('#### hello  \n', 'notes.md')).toBe(0);
});
