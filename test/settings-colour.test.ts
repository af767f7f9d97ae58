import { expect, it } from 'vitest';
import { readSettings } from '../src/settings.ts';

it.each([
  [{}, 'auto'],
  [{ NO_COLOR: '1' }, 'never'],
  [{ NO_COLOR: '' }, 'auto'],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, 'never'],
  [{ FORCE_COLOR: '1' }, 'always'],
  [{ FORCE_COLOR: '0' }, 'never'],
  [{ TERM: 'dumb' }, 'never'],
])('%j: colours are %s', (env, colour) => {
  expect(readSettings(env).colour).toBe(colour);
});
