import { describe, expect, test } from 'vitest';
import { teachesNothing } from '../../../../src/core/dream/gather/teaches-nothing.ts';

describe('nothing is taught', () => {
  test.each([
    ['a thing of which nothing is said', 'The scroll position.'],
    ['a thing that the product should keep', 'The last filter.'],
    ['a deed without what tells it from others', 'Add a test.'],
    ['what somebody does themselves', "I'll be quiet."],
  ])('by %s', (_what, lesson) => {
    expect(teachesNothing(lesson)).toBe(true);
  });
});

describe('something is taught', () => {
  test.each([
    ['by what is said of a thing', 'The staging database is read-only.'],
    ['by a thing that has a value', 'The port 5433 of staging.'],
    ['by a rule, however short', 'Use tabs.'],
    ['by a deed with its occasion', 'Run the migrations before the tests.'],
    ['by a wish about how work is done', 'I want small commits.'],
  ])('%s', (_what, lesson) => {
    expect(teachesNothing(lesson)).toBe(false);
  });
});
