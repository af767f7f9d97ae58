import { expect, test } from 'vitest';
import { gatherLookups } from '../../../../src/core/dream/gather/lookups.ts';
import { readSession } from '../../../../src/core/dream/gather/reading.ts';
import { read, search, session } from '../../../support/session.ts';

const lookups = (...steps: Parameters<typeof session>[1][]) =>
  gatherLookups(readSession(session({ id: 's1', day: 1 }, ...steps)));

test('a search and the file it led to', () => {
  const found = lookups(
    search('parseFare', 'src/fares/parse.ts:12: export function parseFare('),
    read('/home/ada/app/src/fares/parse.ts', '…'),
  );
  expect(found).toMatchObject([{ query: 'parseFare', found: ['src/fares/parse.ts'] }]);
});

test('a search for a pattern, or one that led nowhere, is none', () => {
  expect(lookups(search('parse.*|format', 'src/a.ts:1: parse'), read('/home/ada/app/src/a.ts', '…'))).toEqual(
    [],
  );
  expect(lookups(search('parseFare', ''), read('/home/ada/app/src/b.ts', '…'))).toEqual([]);
});
