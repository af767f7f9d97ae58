import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goneName, goneThing } from '../../../../src/core/dream/said/gone.ts';
import { readSaid, replacedValue } from '../../../../src/core/dream/said/replaced.ts';
import { refutes } from '../../../../src/core/dream/said/refutes.ts';

describe('one thing takes the place of another in every note that names it', () => {
  test.each([
    ['we switched from Jest to Vitest', 'Unit tests run with Jest.', 'Unit tests run with Vitest.'],
    [
      'We migrated from CircleCI to GitHub Actions last month',
      'CircleCI builds each branch.',
      'GitHub Actions builds each branch.',
    ],
    [
      '`lib/api.ts` was renamed to `src/http.ts`',
      'Calls go through `lib/api.ts`.',
      'Calls go through `src/http.ts`.',
    ],
    ['We replaced Moment.js with date-fns', 'Format dates with Moment.js.', 'Format dates with date-fns.'],
    [
      'We replaced the Moxa relay with a Pilz relay in January',
      'The Moxa relay switches the pump.',
      'The Pilz relay switches the pump.',
    ],
  ])('%s', (said, note, text) => {
    expect(replacedValue(note, readSaid(said))?.text).toBe(text);
  });

  test('but not where it was said of something else', () => {
    const said = readSaid('The owner of the kiln changed from Ada to Bo');
    expect(replacedValue('Ada keeps the keys of the shed.', said)).toBeUndefined();
    expect(replacedValue('The owner of the kiln is Ada.', said)?.text).toBe('The owner of the kiln is Bo.');
  });
});

describe('a value gives way', () => {
  const note = 'The metrics gateway listens on port 9090.';
  test.each([
    'mate, the port of the metrics gateway has been 9191 since ages',
    'We bumped the port of the metrics gateway to 9191.',
    'The documentation is behind: the metrics gateway was moved over to 9191 weeks ago',
    'We use 9191 as the port of the metrics gateway these days, 9090 is no more',
    'I believe you still assume 9090. In reality the metrics gateway is on 9191.',
    '9090 -> 9191 for the metrics gateway, fyi',
    'the metrics gateway is on 9090? not since the audit, its port is 9191 now. the metrics gateway moved.',
    'old news, the port of the metrics gateway has been changed to 9191',
    "pretty sure it's 9191 for the metrics gateway, not 9090",
  ])('to the one that holds: %s', (said) => {
    expect(replacedValue(note, readSaid(said))?.now).toBe('9191');
  });

  test.each([
    'is the metrics gateway on 9191 now?',
    'the metrics gateway will be on 9191, not 9090',
    'if the metrics gateway is on 9191 now, the alert is wrong',
    'set the port of the metrics gateway to 9191',
    'we want to move the metrics gateway from 9090 to 9191',
    'the metrics gateway was on 9191 before, now it is 9090',
    'you say the metrics gateway is on 9191',
    'the notes say 9191 for the metrics gateway',
    'the metrics exporter listens on 9191 now, not on 9090',
    'the metrics gateway took 9191 ms to answer',
    'in this test the metrics gateway is on 9191',
  ])('not to one that is asked for, supposed, told of, or of something else: %s', (said) => {
    expect(replacedValue(note, readSaid(said))).toBeUndefined();
  });

  test('to one of its own kind', () => {
    const tokens = 'Login tokens expire after 15 minutes.';
    expect(replacedValue(tokens, readSaid('login tokens expire after 1 hour now'))?.now).toBe('1 hour');
    expect(replacedValue(tokens, readSaid('login tokens are 64 bytes now'))).toBeUndefined();
    expect(
      replacedValue(
        'The deploy window is Tuesday at 10:00.',
        readSaid('since Monday the deploy window is Wednesday at 14:00'),
      )?.text,
    ).toBe('The deploy window is Wednesday at 14:00.');
  });
});

describe('a thing is no more', () => {
  const note = 'The nightly link checker opens an issue for each dead link.';
  test.each([
    'btw the nightly link checker has been taken offline for good',
    "we've done away with the nightly link checker",
    'the nightly link checker: gone since the reorg',
    'that memory about the nightly link checker is stale: we retired it',
    'who still has the nightly link checker in the notes?? we axed it',
    'yeah so the nightly link checker we actually got rid of that one',
    'nobody maintains the nightly link checker any more',
    'there used to be the nightly link checker, but not any longer',
    'we had to give up the nightly link checker for cost reasons',
    'the nightly link checker was decommissioned back in May',
  ])('%s', (said) => {
    expect(goneThing(note, said)).toBe('nightly link checker');
  });

  test.each([
    'the nightly link checker failed again, it is dead',
    "the nightly link checker doesn't open issues any more",
    'why was the nightly link checker removed from the README?',
    'we removed the nightly link checker from the lint job',
    'the docs of the nightly link checker are gone',
    'we may drop the nightly link checker next month',
    'drop the nightly link checker',
    'we have no nightly link checker for fonts',
    'the nightly link checker logs were deleted',
  ])('unless it only fails, is planned to go, or is gone in part: %s', (said) => {
    expect(goneThing(note, said)).toBeUndefined();
  });

  test('is not a thing of another that is called so in code', () => {
    const note = 'The `depot` fixture starts one file per worker.';
    expect(goneThing(note, 'that one is no more, the staging depot was decommissioned')).toBeUndefined();
    expect(goneThing(note, 'we are removing depot, it is gone')).toBe('depot');
  });

  test('so is what carries its name, but for notes that deny it themselves', () => {
    expect(goneName('Sessions are in Redis.', 'We no longer use Redis')).toBe('Redis');
    expect(goneName('Never put sessions in Redis.', 'We no longer use Redis')).toBeUndefined();
    expect(goneName('Sessions are in Redis.', 'Redis is gone, sessions are in Postgres')).toBeUndefined();
  });
});

test.each([
  'should we switch from Jest to Vitest?',
  "if we don't use Jest anymore, remove it",
  "let's move this from Jest to Vitest",
  'it is not working any more',
  'I removed it',
  "we don't have time for that anymore",
])('refutes nothing: %s', (said) => {
  expect(refutes(said, 'Unit tests run with Jest.')).toBe(false);
});

test('what is said, in whatever order, is read without harm, and a correction changes the note', () => {
  const word = fc.constantFrom(
    ...'the port of kiln is was not no 7000 7001 , . ? it we moved from to removed `a` -> gone if since'.split(
      ' ',
    ),
  );
  const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (said, note) => {
      expect(typeof refutes(said, note)).toBe('boolean');
      expect(replacedValue(note, readSaid(said))?.text).not.toBe(note);
    }),
  );
});

test('a kind of a thing that is gone leaves the thing that is called so in code', () => {
  const said = 'the legacy importer is gone, we deleted it';
  expect(goneThing('The `importer` reads CSV files.', said)).toBeUndefined();
  expect(goneThing('The legacy importer reads CSV files.', said)).toBe('legacy importer');
});
