import { expect, it } from 'vitest';
import { askedVerb } from '../../src/commands/verbs.ts';

it.each([
  ['dream', ['dream', '--json']],
  ['dream', ['--json', 'dream', 'status']],
  ['show', ['show', '--repo', 'dream']],
  [undefined, ['--help']],
  [undefined, ['--version']],
  [undefined, ['drem']],
  [undefined, ['toString']],
  [undefined, []],
])('%s is asked for by %j', (verb, args) => {
  expect(askedVerb(args)).toBe(verb);
});
