import { describe, expect, test } from 'vitest';
import { gatherAsks } from '../../../../src/core/dream/gather/asks.ts';
import { readSession } from '../../../../src/core/dream/gather/reading.ts';
import { agent, person, session } from '../../../support/session.ts';

const topics = (text: string) =>
  gatherAsks(readSession(session({ id: 's1', day: 1 }, agent('Done.'), person(text)))).map(
    ({ topic }) => topic,
  );

describe('what a person has to ask for', () => {
  test.each([
    ['can we add tests for this?', 'tests'],
    ['ok, then write a unit test for the empty case', 'tests'],
    ['are we sure this is not duplicated somewhere?', 'duplication'],
    ['please update the README as well', 'documentation'],
    ['add it to the changelog', 'changelog'],
  ])('%s', (text, topic) => {
    expect(topics(text)).toContain(topic);
  });

  test.each(['fix the tests', 'why do the tests fail?', 'run the tests again', 'looks good, push it'])(
    'is not: %s',
    (text) => {
      expect(topics(text)).toEqual([]);
    },
  );

  test('counts once for a session', () => {
    const twice = session(
      { id: 's1', day: 1 },
      agent('Done.'),
      person('add a test'),
      agent('Done.'),
      person('add another test'),
    );
    expect(gatherAsks(readSession(twice))).toHaveLength(1);
  });
});
