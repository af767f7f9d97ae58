import { describe, expect, test } from 'vitest';
import { statedClaim } from '../../../../src/core/dream/gather/claims.ts';
import { requestedLesson } from '../../../../src/core/dream/gather/remember-requests.ts';

const requested = (text: string, previous?: string): string | undefined =>
  requestedLesson({ text, previous });

describe('a request to remember', () => {
  test.each([
    ['Remember that the staging database is read-only.', 'The staging database is read-only.'],
    ['please remember: we deploy from the release branch only', 'We deploy from the release branch only.'],
    ['From now on, run the migrations before the tests', 'Run the migrations before the tests.'],
    ['for future reference the API keys live in 1Password', 'The API keys live in 1Password.'],
    ['Going forward use pnpm for everything', 'Use pnpm for everything.'],
    ['keep in mind that invoices are stored in cents', 'Invoices are stored in cents.'],
    ['Add to CLAUDE.md: never edit generated files by hand', 'Never edit generated files by hand.'],
    ['Use the billing sandbox for manual tests, remember that.', 'Use the billing sandbox for manual tests.'],
    ['Squash commits before merging from now on please', 'Squash commits before merging.'],
    ['note that the CI runners have no Docker', 'The CI runners have no Docker.'],
    ["Don't forget: timestamps are always in UTC", 'Timestamps are always in UTC.'],
    [
      'make a note: the linter config is shared with the mobile app',
      'The linter config is shared with the mobile app.',
    ],
  ])('%s', (said, lesson) => {
    expect(requested(said)).toBe(lesson);
  });

  test('that only points takes the sentence before it', () => {
    expect(requested('Please remember that.', 'Prices are stored in cents, never in euros.')).toBe(
      'Prices are stored in cents, never in euros.',
    );
    expect(requested('Add this to CLAUDE.md', 'Feature flags live in config/flags.ts.')).toBe(
      'Feature flags live in config/flags.ts.',
    );
  });

  test.each([
    'Do you remember what we did yesterday?',
    'I remember the old layout',
    'remember when this broke last week',
    'Remember that bug with the parser',
    'remember to push this branch before you finish',
    'Please remember that.',
    'for now use the mock',
  ])('is not: %s', (said) => {
    expect(requested(said)).toBeUndefined();
  });
});

describe('a general statement', () => {
  test.each([
    ['We always squash before merging', 'We always squash before merging.', true],
    ['never commit generated files', 'Never commit generated files.', true],
    ['you should always run the formatter first', 'Always run the formatter first.', true],
    [
      'we should be using the strong types instead of string wherever we can',
      'Use the strong types instead of string wherever we can.',
      true,
    ],
    ['In this repo we use tabs', 'We use tabs.', true],
    ['we use pnpm, not npm', 'We use pnpm, not npm.', true],
    ['no, use vitest instead of jest', 'Use vitest instead of jest.', false],
    [
      "Please don't mock the database in integration tests",
      "Don't mock the database in integration tests.",
      false,
    ],
    ['Prefer composition over inheritance', 'Prefer composition over inheritance.', false],
  ])('%s', (said, text, general) => {
    expect(statedClaim(said)).toMatchObject({ text, general });
  });

  test.each([
    'can you fix the tests?',
    'fix lint errors',
    'add a test that checks we are sending the full command',
    'Commit and push',
    'this is always failing',
    'why do we always do that?',
    'yes',
    "don't do that",
    'remove this function instead of deprecating it',
    "let's sort the branches by date",
    'not as a comment',
    'it should always be green',
  ])('is not: %s', (said) => {
    expect(statedClaim(said)).toBeUndefined();
  });

  test('keeps the reason that was given', () => {
    expect(statedClaim('We always pin actions by SHA because tags can be moved')?.reason).toBe(
      'tags can be moved',
    );
  });
});

describe('a request is found by its head', () => {
  test.each([
    [
      'Could you add a line to the docs for agents that says to run the linter with `make check`?',
      'Run the linter with `make check`.',
    ],
    ['update the memory: take the time from `clock.Now`', 'Take the time from `clock.Now`.'],
    ['new rule, please save it: prices are kept in cents', 'Prices are kept in cents.'],
    ['I want you to remember this for good: deploys need two people.', 'Deploys need two people.'],
    [
      'Please add guidance to AGENTS.md so that every agent knows to pin the base image.',
      'Pin the base image.',
    ],
  ])('%s', (said, lesson) => {
    expect(requested(said)).toBe(lesson);
  });
});

describe('talk is no rule', () => {
  test.each([
    'Always a pleasure.',
    'Never seen that before.',
    'You never fail to surprise me :)',
    'Nice job, as always',
    'Always return true here until I have the real thing.',
  ])('%s', (said) => {
    expect(statedClaim(said, true)).toBeUndefined();
  });
});

test.each([
  'Add guidance for that to CLAUDE.md, so that the next one does not fall into it.',
  'also add guidance into CLAUDE.md for that',
  'Write that into AGENTS.md please',
  'Add guidance to CLAUDE.md for future migrations if there is nothing yet.',
  'yes, add those please - and also write a section into CLAUDE.md for later migrations',
])('words that ask for memory and hold no lesson teach nothing by themselves: %s', (said) => {
  expect(requested(said)).toBeUndefined();
});

describe('what opens a session is its task', () => {
  const opening = (said: string): unknown => statedClaim(said, false, new Set(), true);

  test.each([
    'Never show the spinner longer than 5 seconds in the wishlist',
    'Every request to the gateway should carry an id.',
    'All users should be able to cancel.',
    'Ensure that the totals never show negative numbers',
  ])('and no rule: %s', (said) => {
    expect(opening(said)).toBeUndefined();
  });

  test.each([
    'In this repository we format with dprint.',
    'We always squash before merging.',
    'keep our docs in Linear.',
  ])('unless it speaks of how people work: %s', (said) => {
    expect(opening(said)).toMatchObject({ general: true });
  });
});

describe('what a thing is to be able to do is built once', () => {
  test.each([
    'Less is more: make the invoices work without a template',
    'Simplicity first: make checkout faster',
    'get the importer to accept empty files',
  ])('and no rule, whatever stands before it: %s', (said) => {
    expect(statedClaim(said, true)).toBeUndefined();
    expect(statedClaim(said, false, new Set(), true)).toBeUndefined();
  });

  test('but what every such thing must do is one', () => {
    expect(statedClaim('we always make new endpoints work without a session', true)).toMatchObject({
      general: true,
    });
    expect(statedClaim('Team rule: make every job run twice without harm', true)).toMatchObject({
      general: true,
    });
  });
});

test('praise that is none forbids', () => {
  expect(statedClaim('Interesting choice to commit the build output', true)?.text).toBe(
    "Don't commit the build output.",
  );
});

describe('what happens is no rule', () => {
  test.each([
    'We always get a 500 when the name has an umlaut.',
    'We always end up here, funny.',
    'Look into the flaky test, it never fails locally.',
    'Never change a running system, as they say.',
    'No, all good, go ahead.',
    'Note that I changed the parser in the meantime, pull first.',
  ])('%s', (said) => {
    expect(statedClaim(said, true)).toBeUndefined();
    expect(requested(said)).toBeUndefined();
  });

  test('and "no tests" is not turned into "tests"', () => {
    expect(statedClaim('no tests please, it is a throwaway', true)).toBeUndefined();
  });
});

describe('where something is to be kept makes a request of it', () => {
  test.each([
    ['for the memory: ask Ada before touching forecasts', 'Ask Ada before touching forecasts.'],
    ["i'd like this in CLAUDE.md: add types to public functions", 'Add types to public functions.'],
    ['to remember: write error messages in lower case', 'Write error messages in lower case.'],
    ['add a rule to the linter config so that unused imports are errors', undefined],
  ])('%s', (said, lesson) => {
    expect(requested(said)).toBe(lesson);
  });
});

describe('a correction that begins with a reproach', () => {
  test.each([
    ["don't do that, we name branches after the ticket", 'Name branches after the ticket.'],
    ['stop it, we name branches after the ticket', 'Name branches after the ticket.'],
    ["it's better to name branches after the ticket", 'Name branches after the ticket.'],
    ['The right way is to name branches after the ticket.', 'Name branches after the ticket.'],
  ])('%s', (said, text) => {
    expect(statedClaim(said, true)?.text).toBe(text);
  });
});
