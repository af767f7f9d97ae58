/** When things that tests began come to an end: with the test, or with the last test of the file where several share them. */
import { afterAll, afterEach, onTestFinished, TestRunner } from 'vitest';

/** @param failed whether the test did, or one of those that shared it. */
type End = (failed: boolean) => unknown;

const shared: End[] = [];
let anyFailed = false;
afterEach(({ task }) => {
  anyFailed ||= task.result?.state === 'fail';
});

/** What was begun last ends first, and all of it ends whatever fails. */
afterAll(async () => {
  const failures: unknown[] = [];
  for (const end of shared.splice(0).reverse())
    try {
      await end(anyFailed);
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
});

/** Called in a test: when that test is over. In a `beforeAll`: when all tests of the file are. */
export function whenOver(end: End): void {
  if (TestRunner.getCurrentTest() === undefined) whenAllOver(end);
  else
    onTestFinished(async ({ task }) => {
      await end(task.result?.state === 'fail');
    });
}

/** When all tests of the file are over. */
export function whenAllOver(end: End): void {
  shared.push(end);
}
