import { describe, expect, test } from 'vitest';
import { readSession } from '../../../../src/core/dream/gather/reading.ts';
import { gatherRefutations } from '../../../../src/core/dream/gather/refutations.ts';
import { person, session } from '../../../support/session.ts';

describe('the words around a denial', () => {
  const gathered = (...texts: readonly string[]) =>
    gatherRefutations(readSession(session({ id: 's', day: 1 }, ...texts.map((text) => person(text)))));

  test('are kept with it, each sentence quoted as it stands', () => {
    const [signal, ...others] = gathered('Hm, not 3000. The port of the dev server is 5173');
    expect(others).toEqual([]);
    expect(signal?.text).toBe('Hm, not 3000.\nThe port of the dev server is 5173');
    expect(signal?.quotes.map(({ quote }) => quote)).toEqual([
      'Hm, not 3000.',
      'The port of the dev server is 5173',
    ]);
  });

  test('are those of the same message only, at most three sentences', () => {
    expect(gathered('The cache is warm.', 'That is outdated.').map(({ text }) => text)).toEqual([
      'That is outdated.',
    ]);
    const [signal] = gathered('The tests pass. Sam is here. The relay is gone. It rains. We go on.');
    expect(signal?.quotes).toHaveLength(3);
  });

  test.each([
    'Please change the port of the dev server to 4000',
    'Should the dev server be on 4000 instead of 3000?',
    'If the old job is gone, add a new one',
    "Let's drop the nightly export",
    'We are going to retire the relay soon',
    'The tests pass and the page looks fine',
  ])('are none in: %s', (said) => {
    expect(gathered(said)).toEqual([]);
  });

  test('count only where a person typed them', () => {
    const claimed = session({ id: 's', day: 1 }, person('The relay is gone', 'claimed'));
    expect(gatherRefutations(readSession(claimed))).toEqual([]);
  });
});
