import { expect, test } from 'vitest';
import { fuzz } from '../bench/fuzz/run.ts';

test('500 broken or hostile files crash nothing and hang nothing', async () => {
  expect(await fuzz(1, 500)).toEqual([]);
}, 120_000);
