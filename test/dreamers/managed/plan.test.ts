import { expect, it } from 'vitest';
import { stepFor, type Versions } from '../../../src/dreamers/managed/sync/plan.ts';

it.each<[string, Versions, string]>([
  ['both are the same', { ours: 'a', theirs: 'a', before: undefined }, 'nothing'],
  ['neither is there', { ours: undefined, theirs: undefined, before: { wrote: 'a' } }, 'nothing'],
  ['it is new', { ours: 'a', theirs: undefined, before: undefined }, 'write'],
  ['it changed here', { ours: 'b', theirs: 'a', before: { wrote: 'a' } }, 'write'],
  ['it went here', { ours: undefined, theirs: 'a', before: { wrote: 'a' } }, 'remove'],
  ['it changed there', { ours: 'a', theirs: 'x', before: { wrote: 'a' } }, 'take in'],
  ['it changed on both sides', { ours: 'b', theirs: 'x', before: { wrote: 'a' } }, 'take in'],
  ['it is new there', { ours: undefined, theirs: 'x', before: undefined }, 'take in'],
  ['it was there before us', { ours: 'a', theirs: 'x', before: undefined }, 'take in'],
  ['it went there', { ours: 'a', theirs: undefined, before: { wrote: 'a' } }, 'take in'],
  [
    'it was taken in',
    { ours: 'a', theirs: 'x', before: { wrote: 'a', seen: { theirs: 'x', ours: 'a' } } },
    'leave',
  ],
  [
    'it changed there again',
    { ours: 'a', theirs: 'y', before: { seen: { theirs: 'x', ours: 'a' } } },
    'take in',
  ],
  [
    'somebody decided since',
    { ours: 'b', theirs: 'x', before: { seen: { theirs: 'x', ours: 'a' } } },
    'write',
  ],
  [
    'somebody decided for theirs',
    { ours: 'x', theirs: 'x', before: { seen: { theirs: 'x', ours: 'a' } } },
    'nothing',
  ],
])('where %s', (_when, versions, does) => {
  expect(stepFor(versions)).toEqual({ does });
});
