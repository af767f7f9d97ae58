/** Remembers what is asked for from outside: many at once in one step, and within the time that somebody waits. */
import type { Queue } from './queue.ts';
import { createSettler } from './settler.ts';

type Asked = Parameters<Queue['sendAll']>[0];

/**
 * @param seconds after which whoever asks is told that it failed, though it may still be remembered: once, however often it
 * is asked for.
 */
export function createAsk(queue: Pick<Queue, 'sendAll'>, seconds: number): (jobs: Asked) => Promise<void> {
  // Requests that come together are few statements together; jobs of one repository keep their order.
  const remember = createSettler<Asked>(async (lists) => {
    await queue.sendAll(lists.flat());
  });
  return async (jobs) => {
    const late = Promise.withResolvers<never>();
    const words = `nothing was remembered within ${seconds} s`;
    const clock = setTimeout(() => late.reject(new Error(words)), seconds * 1_000);
    try {
      await Promise.race([remember(jobs), late.promise]);
    } finally {
      clearTimeout(clock);
    }
  };
}
