/** What every queue promises, whatever keeps it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { DreamkeeperError, RetryLaterError } from '../../src/core/error.ts';
import type { JobContext } from '../../src/jobs/handler.ts';
import { aDream, aJob, ok, untilStopped, type OpenQueue } from '../support/jobs.ts';

const soon = { timeout: 8_000, interval: 20 };

export function testQueue(name: string, open: () => Promise<OpenQueue>): void {
  describe(`${name} as a queue`, () => {
    it('runs what is asked for, and takes the same delivery once', async () => {
      const { queue, worker } = await open();
      const seen: string[] = [];
      const { ended } = worker({ sync: ({ repository }) => (seen.push(repository), Promise.resolve(ok)) });
      const payload = { kind: 'sync', repository: 'shop', delivery: 'd-1' } as const;
      const first = await queue.send(payload);
      expect(await queue.send(payload)).toEqual({ id: first.id, isNew: false });
      await vi.waitFor(() => expect(ended).toHaveLength(1), soon);
      expect(await queue.send(payload)).toEqual({ id: first.id, isNew: false });
      expect(seen).toEqual(['shop']);
      expect(await queue.show(first.id)).toMatchObject({
        state: 'done',
        kind: 'sync',
        repository: 'shop',
        attempts: 1,
      });
    });

    it('runs the jobs of a repository in order and one at a time, those of others beside them', async () => {
      // Two tenants, though their ids differ by case alone.
      const ids = ['shop', 'Shop'];
      const { queue, worker } = await open();
      const log: string[] = [];
      let most = 0;
      let now = 0;
      const handlers = {
        review: async ({ repository, slot = '' }: { repository: string; slot?: string | undefined }) => {
          most = Math.max(most, (now += 1));
          log.push(`${repository}${slot} begins`);
          await sleep(20);
          log.push(`${repository}${slot} ends`);
          now -= 1;
          return ok;
        },
      };
      for (const slot of ['1', '2', '3', '4', '5'])
        for (const repository of ids) await queue.send(aJob(repository, slot));
      const workers = [worker(handlers), worker(handlers)];
      await vi.waitFor(() => expect(workers.flatMap(({ ended }) => ended)).toHaveLength(10), soon);
      for (const repository of ids)
        expect(log.filter((line) => line.startsWith(repository))).toEqual(
          ['1', '2', '3', '4', '5'].flatMap((slot) => [
            `${repository}${slot} begins`,
            `${repository}${slot} ends`,
          ]),
        );
      expect(most).toBe(2);
    });

    it('keeps the order of what is asked for in one step', async () => {
      const { queue, worker } = await open();
      const log: string[] = [];
      worker({ review: ({ repository, slot = '' }) => (log.push(repository + slot), Promise.resolve(ok)) });
      const slots = Array.from({ length: 12 }, (_, at) => String(at));
      await queue.sendAll(slots.flatMap((slot) => ['a', 'b'].map((name) => ({ payload: aJob(name, slot) }))));
      await vi.waitFor(() => expect(log).toHaveLength(24), soon);
      for (const name of ['a', 'b'])
        expect(log.filter((line) => line.startsWith(name))).toEqual(slots.map((slot) => name + slot));
    });

    it('tries again what fails, while its repository waits and others go on', async () => {
      const { queue, worker } = await open();
      const log: string[] = [];
      let failures = 2;
      worker({
        review: ({ repository, slot = '' }) => {
          log.push(repository + slot);
          if (repository === 'a' && slot === '1' && failures-- > 0) throw new Error('not yet');
          return Promise.resolve(ok);
        },
      });
      for (const slot of ['1', '2']) await queue.send(aJob('a', slot));
      await queue.send(aJob('b', '1'));
      await vi.waitFor(
        () => expect(log.filter((line) => line.startsWith('a'))).toEqual(['a1', 'a1', 'a1', 'a2']),
        soon,
      );
      expect(log).toContain('b1');
    });

    it('comes back when it was told to, and not before', async () => {
      const { queue, worker } = await open();
      const times: number[] = [];
      worker({
        review: () => {
          times.push(performance.now());
          if (times.length === 1) throw new RetryLaterError('slow down', 1);
          return Promise.resolve(ok);
        },
      });
      await queue.send(aJob('a'));
      await vi.waitFor(() => expect(times).toHaveLength(2), soon);
      expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(990);
    });

    it('lays aside at once what is hopeless, with the reason, and lets its repository go on', async () => {
      const { queue, worker } = await open();
      let mended = false;
      const seen: string[] = [];
      const { ended } = worker(
        {
          review: ({ slot = '' }) => {
            if (slot === '1' && !mended)
              throw new DreamkeeperError('config', 'token hunter2 is wrong', { remedy: 'Mend it.' });
            seen.push(slot);
            return Promise.resolve(ok);
          },
        },
        { clean: (texts) => Promise.resolve(texts.map((text) => text.replace('hunter2', '[redacted]'))) },
      );
      await queue.send(aJob('a', '1'));
      await queue.send(aJob('a', '2'));
      await vi.waitFor(() => expect(seen).toEqual(['2']), soon);
      expect(ended[0]?.end).toBe('dead');
      const [dead] = await queue.list({ states: ['dead'] });
      expect(dead).toMatchObject({
        kind: 'review',
        repository: 'a',
        attempts: 1,
        error: { code: 'config', message: 'token [redacted] is wrong', remedy: 'Mend it.' },
      });
      mended = true;
      const replay = await queue.retry(dead?.id ?? '');
      expect(replay).toMatchObject({ isNew: true });
      await vi.waitFor(() => expect(seen).toEqual(['2', '1']), soon);
      expect(await queue.list({ states: ['dead'] })).toEqual([]);
      expect(await queue.retry(dead?.id ?? '')).toBe('unknown');
    });

    it('lays aside what has failed too often', async () => {
      const { queue, worker } = await open();
      let tries = 0;
      worker({
        review: () => {
          tries += 1;
          throw new Error(`failure ${tries}`);
        },
      });
      await queue.send(aJob('a'));
      await vi.waitFor(async () => expect(await queue.list({ states: ['dead'] })).toHaveLength(1), soon);
      expect(tries).toBe(3);
      expect((await queue.list({ states: ['dead'] }))[0]?.error?.message).toBe('failure 3');
    });

    it('lays aside a job that nobody here can do, and says so', async () => {
      const { queue, worker } = await open();
      worker({});
      await queue.send(aJob('a'));
      await vi.waitFor(
        async () =>
          expect((await queue.list({ states: ['dead'] }))[0]?.error?.message).toMatch(/no handler.*review/),
        soon,
      );
    });

    it('cancels what waits at once', async () => {
      const { queue, worker } = await open();
      const { id } = await queue.send(aJob('a', '1'));
      expect(await queue.cancel(id)).toBe('cancelled');
      expect(await queue.cancel(id)).toBe('over');
      const seen: string[] = [];
      worker({ review: ({ slot = '' }) => (seen.push(slot), Promise.resolve(ok)) });
      await queue.send(aJob('a', '2'));
      await vi.waitFor(() => expect(seen).toEqual(['2']), soon);
      expect(await queue.show(id)).toMatchObject({ state: 'cancelled' });
      expect(await queue.cancel('no id')).toBe('unknown');
    });

    it('stops what runs when it is cancelled, and begins nothing else of its repository before it has stopped', async () => {
      const { queue, worker } = await open();
      const log: string[] = [];
      const { ended } = worker({
        dream: async (_, context) => {
          log.push('dream begins');
          await untilStopped(context).catch(() => sleep(300));
          log.push('dream ends');
          throw new Error('stopped');
        },
        review: () => (log.push('review'), Promise.resolve(ok)),
      });
      const { id } = await queue.send(aDream('a'));
      await queue.send(aJob('a'));
      await vi.waitFor(() => expect(log).toEqual(['dream begins']), soon);
      expect(await queue.cancel(id)).toBe('stopping');
      await vi.waitFor(() => expect(log).toEqual(['dream begins', 'dream ends', 'review']), soon);
      expect(ended[0]?.end).toBe('cancelled');
      expect(await queue.show(id)).toMatchObject({ state: 'cancelled' });
    });

    it('stops what takes longer than it may, and tries it again', async () => {
      const { queue, worker } = await open();
      let tries = 0;
      const { ended } = worker(
        {
          review: (_, context) => {
            tries += 1;
            return tries === 1 ? untilStopped(context) : Promise.resolve(ok);
          },
        },
        { timeLimits: { review: 0.2 } },
      );
      await queue.send(aJob('a'));
      await vi.waitFor(() => expect(ended.map(({ end }) => end)).toEqual(['retry', 'done']), soon);
    });

    it('begins nothing before its time', async () => {
      const { queue, worker } = await open();
      let at = 0;
      worker({ review: () => ((at = Date.now()), Promise.resolve(ok)) });
      const startAfter = new Date(Date.now() + 1_000);
      const { id } = await queue.send(aJob('a'), { startAfter: startAfter.toISOString() });
      expect((await queue.show(id))?.startAfter).toBe(startAfter.toISOString());
      await vi.waitFor(() => expect(at).toBeGreaterThan(0), soon);
      expect(at).toBeGreaterThanOrEqual(startAfter.getTime() - 50);
    });

    it('asks for many in one step, each once', async () => {
      const { queue } = await open();
      const jobs = ['1', '2', '2', '3'].map((slot) => ({ payload: aJob('a', slot) }));
      expect(await queue.sendAll(jobs)).toBe(3);
      expect(await queue.sendAll([...jobs, { payload: aJob('a', '4') }])).toBe(1);
      expect(await queue.sendAll([])).toBe(0);
      expect(await queue.depth()).toEqual([
        { kind: 'review', state: 'waiting', jobs: 4, oldestSeconds: expect.any(Number) as number },
      ]);
    });

    it('runs no more dreams at once than an installation and a process may, and never keeps other jobs waiting', async () => {
      const { queue, worker, claims } = await open();
      const running = new Map<string, number>();
      const most = new Map<string, number>();
      const change = (key: string, by: number): void => {
        running.set(key, (running.get(key) ?? 0) + by);
        most.set(key, Math.max(most.get(key) ?? 0, running.get(key) ?? 0));
      };
      let reviews = 0;
      const workers = ['one', 'two'].map((process) =>
        worker(
          {
            dream: async ({ installation = '' }) => {
              for (const key of [process, installation, 'all']) change(key, 1);
              await sleep(150);
              for (const key of [process, installation, 'all']) change(key, -1);
              return ok;
            },
            review: () => ((reviews += 1), Promise.resolve(ok)),
          },
          { claims: claims({ dreamsPerInstallation: 2 }), slots: { quick: 2, slow: 3 } },
        ),
      );
      await queue.sendAll([
        ...Array.from({ length: 12 }, (_, at) => ({ payload: aDream(`a${at}`, 'acme') })),
        ...Array.from({ length: 6 }, (_, at) => ({ payload: aDream(`b${at}`, 'beta') })),
      ]);
      await vi.waitFor(() => expect(running.get('all')).toBeGreaterThan(1), soon);
      await queue.send(aJob('other'));
      await vi.waitFor(() => expect(reviews).toBe(1), soon);
      expect(workers.flatMap(({ ended }) => ended).length).toBeLessThan(18);
      await vi.waitFor(() => expect(workers.flatMap(({ ended }) => ended)).toHaveLength(19), soon);
      expect(most.get('acme')).toBe(2);
      expect(most.get('beta')).toBe(2);
      for (const process of ['one', 'two']) expect(most.get(process)).toBeLessThanOrEqual(3);
    });

    it('lets others in between when one repository asks for two hundred things', async () => {
      const { queue, worker } = await open();
      const order: string[] = [];
      await queue.sendAll(
        Array.from({ length: 1_000 }, (_, at) => ({ payload: aJob('greedy', String(at)) })),
      );
      for (const repository of ['a', 'b', 'c']) await queue.send(aJob(repository));
      const { ended } = worker(
        { review: ({ repository }) => (order.push(repository), Promise.resolve(ok)) },
        { slots: { quick: 1, slow: 1 } },
      );
      await vi.waitFor(() => expect(ended.length).toBeGreaterThan(50), soon);
      expect(Math.max(...['a', 'b', 'c'].map((repository) => order.indexOf(repository)))).toBeLessThan(20);
      expect(order).toContain('greedy');
    });

    it('lets a stopping worker finish, and hands back what does not finish in time', async () => {
      const { queue, worker } = await open();
      const stopping = worker({
        review: async (_, context: JobContext) => untilStopped(context, 1_500),
        dream: (_, context) => untilStopped(context),
      });
      const quick = await queue.send(aJob('a'));
      const slow = await queue.send(aDream('b'));
      await vi.waitFor(() => expect(stopping.running).toBe(2), soon);
      await stopping.stop(4);
      expect(stopping.ended.map(({ end }) => end)).toEqual(['done', 'handed-back']);
      expect(await queue.show(quick.id)).toMatchObject({ state: 'done' });
      const { ended } = worker({ dream: () => Promise.resolve(ok) });
      await vi.waitFor(() => expect(ended.map(({ claim }) => claim.id)).toEqual([slow.id]), soon);
      expect(ended[0]?.claim.failures).toBe(0);
    });
  });
}
