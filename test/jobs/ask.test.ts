import { expect, it } from 'vitest';
import { createAsk } from '../../src/jobs/ask.ts';
import type { Queue } from '../../src/jobs/queue.ts';
import { aJob, openQueue } from '../support/jobs.ts';

it('remembers what comes together in few steps, in its order', async () => {
  const { queue } = await openQueue();
  let steps = 0;
  const counting: Pick<Queue, 'sendAll'> = {
    sendAll(jobs) {
      steps += 1;
      return queue.sendAll(jobs);
    },
  };
  const ask = createAsk(counting, 8);
  const slots = Array.from({ length: 50 }, (_, at) => `s${at}`);
  await Promise.all(slots.map((slot) => ask([{ payload: aJob('r', slot) }])));
  expect(steps).toBeLessThan(5);
  const jobs = await queue.list({ repository: 'r' });
  expect(jobs).toHaveLength(50);
});

it('fails when it takes too long, so that it is asked for again', async () => {
  const ask = createAsk({ sendAll: () => new Promise(() => undefined) }, 0.05);
  await expect(ask([{ payload: aJob('r') }])).rejects.toThrow(/within 0.05 s/);
});
