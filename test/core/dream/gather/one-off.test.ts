import { describe, expect, test } from 'vitest';
import { isTiedToNow } from '../../../../src/core/dream/gather/one-off.ts';

describe('tied to the work at hand', () => {
  test.each([
    ['points at a thing', 'Always log the id in this handler.'],
    ['points back', 'Put a comment in that file.'],
    ['names a part of the work', 'Drop the second paragraph.'],
    ['names a line', 'Leave line 40 alone.'],
    ['is for the hours around it', 'Skip the slow tests until Monday.'],
    ['is under way', 'Leave the parser alone, I am rewriting it.'],
    ['is for the speaker', 'Print a summary for me.'],
  ])('%s', (_, text) => {
    expect(isTiedToNow(text)).toBe(true);
  });
});

describe('said for all work', () => {
  test.each([
    'Nobody here may push to main.',
    'Keep timestamps in UTC until the report.',
    'Name branches after the ticket.',
    'From now on run the linter.',
    'In this repository tests live beside the code.',
    'Run the formatter whenever you touch this code.',
    'Never put arrays above 256 bytes on the stack.',
  ])('%s', (text) => {
    expect(isTiedToNow(text)).toBe(false);
  });
});
