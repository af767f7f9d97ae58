/** What happens when a worker falls silent, the connection breaks, or the database is gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { aDream, aJob, ok, openQueue, untilStopped } from '../support/jobs.ts';
import { query } from '../support/postgres.ts';

const soon = { timeout: 15_000, interval: 50 };
/** As if so much time had gone by without a sign of life. */
const silence = `UPDATE dreamkeeper.job SET heartbeat_on = now() - interval '1 hour' WHERE state = 'active'`;

describe('a worker that falls silent', () => {
  it('loses its job to another, and can no longer say how it ended', async () => {
    const { url, queue, claims, worker } = await openQueue();
    const { id } = await queue.send(aJob('a'));
    const silent = claims();
    const [lost] = await silent.claim({ quick: 1, slow: 0 });
    await query(url, silence);
    const { ended } = worker({ review: () => Promise.resolve(ok) });
    await vi.waitFor(() => expect(ended).toHaveLength(1), soon);
    if (lost === undefined) throw new Error('nothing was claimed');
    expect(ended[0]?.claim).toMatchObject({ id, attempt: 1 });
    await silent.bury(lost, { code: 'late', message: 'too late' });
    await silent.retryLater(lost, { code: 'late', message: 'too late' }, 0);
    expect(await queue.show(id)).toMatchObject({ state: 'done' });
    expect(await silent.beat([lost])).toMatchObject({ lost: [lost] });
    expect(await queue.list({ states: ['dead'] })).toEqual([]);
  });

  it('is stopped when it comes back and its job is no longer its own', async () => {
    const { url, queue, worker } = await openQueue();
    const { ended } = worker({ dream: (_, context) => untilStopped(context) });
    await queue.send(aDream('a'));
    await vi.waitFor(async () => expect(await queue.list({ states: ['running'] })).toHaveLength(1), soon);
    await query(url, `UPDATE dreamkeeper.job SET retry_count = 7 WHERE state = 'active'`);
    await vi.waitFor(() => expect(ended.map(({ end }) => end)).toEqual(['lost']), soon);
  });

  it('has its job laid aside when too many workers died on it, and its repository goes on', async () => {
    const { url, queue, worker, claims } = await openQueue();
    const { id } = await queue.send(aJob('a', '1'));
    await queue.send(aJob('a', '2'));
    await claims().claim({ quick: 1, slow: 0 });
    await query(url, `UPDATE dreamkeeper.job SET retry_count = retry_limit WHERE id = '${id}'`);
    await query(url, silence);
    const { ended } = worker({ review: () => Promise.resolve(ok) });
    await vi.waitFor(() => expect(ended.map(({ claim }) => claim.payload)).toEqual([aJob('a', '2')]), soon);
    expect(await queue.list({ states: ['dead'] })).toMatchObject([
      {
        kind: 'review',
        error: { code: 'worker-died', message: expect.stringContaining('11 times') as string },
      },
    ]);
  });

  it('gives its job back later each time, so that those that died together come apart', async () => {
    const { url, queue, claims } = await openQueue();
    const { id } = await queue.send(aJob('a'));
    await claims().claim({ quick: 1, slow: 0 });
    await query(url, `UPDATE dreamkeeper.job SET retry_count = 4 WHERE id = '${id}'`);
    const from = Date.now();
    await query(url, silence);
    await vi.waitFor(async () => expect(await queue.show(id)).toMatchObject({ state: 'retrying' }), soon);
    const { startAfter } = (await queue.show(id)) ?? {};
    expect(Date.parse(startAfter ?? '') - from).toBeGreaterThan(15_000);
    expect(Date.parse(startAfter ?? '') - Date.now()).toBeLessThan(60_000);
  });

  it('leaves no dead letter of a sweep, and the next turn begins', async () => {
    const { url, queue, worker, claims } = await openQueue();
    const { id } = await queue.send({ kind: 'sweep', slot: '1' });
    await claims().claim({ quick: 1, slow: 0 });
    const next = await queue.send({ kind: 'sweep', slot: '2' });
    // One that waits will see what a third would.
    expect(await queue.send({ kind: 'sweep', slot: '3' })).toEqual({ id: next.id, isNew: false });
    // As if two had died over it before.
    await query(url, `UPDATE dreamkeeper.job SET retry_count = 2 WHERE id = '${id}'`);
    await query(url, silence);
    const { ended } = worker({ sweep: () => Promise.resolve(ok) });
    await vi.waitFor(
      () => expect(ended.map(({ claim }) => claim.payload)).toEqual([{ kind: 'sweep', slot: '2' }]),
      soon,
    );
    expect(await queue.show(id)).toBeUndefined();
    expect(await queue.list({ states: ['dead'] })).toEqual([]);
  });

  it('keeps its job for as long as it lives', async () => {
    const { queue, worker } = await openQueue();
    const workers = [0, 1].map(() => worker({ dream: async () => (await sleep(13_000), ok) }));
    await queue.send(aDream('a'));
    await vi.waitFor(() => expect(workers.flatMap(({ ended }) => ended)).toHaveLength(1), {
      timeout: 20_000,
    });
    await sleep(500);
    expect(workers.map(({ running }) => running)).toEqual([0, 0]);
    expect(workers.flatMap(({ ended }) => ended.map(({ claim }) => claim.attempt))).toEqual([0]);
  });
});

describe('a job that nobody can read', () => {
  it('is laid aside, and its repository goes on', async () => {
    const { url, queue, worker } = await openQueue();
    const { id } = await queue.send(aJob('a', '1'));
    await queue.send(aJob('a', '2'));
    await query(
      url,
      `UPDATE dreamkeeper.job SET data = '{"payload": {"kind": "of-tomorrow"}}' WHERE id = '${id}'`,
    );
    const { ended } = worker({ review: () => Promise.resolve(ok) });
    await vi.waitFor(() => expect(ended).toHaveLength(1), soon);
    expect(ended[0]?.claim.payload).toEqual(aJob('a', '2'));
  });
});

describe('the connection', () => {
  it('may break while jobs are asked for and run', async () => {
    const { url, queue, worker } = await openQueue();
    const { ended } = worker({ review: async () => (await sleep(30), ok) });
    for (let at = 0; at < 20; at += 1) {
      await queue.send(aJob(`r${at % 3}`, String(at)));
      if (at % 7 === 0)
        await query(
          url,
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
        );
    }
    await vi.waitFor(() => expect(ended.filter(({ end }) => end === 'done')).toHaveLength(20), soon);
    expect(new Set(ended.map(({ claim }) => claim.id)).size).toBe(20);
  });
});

describe('a lost database', () => {
  it('is made anew by whoever notices, and those who look are told', async () => {
    const { url, database, queue, worker } = await openQueue();
    const { ended } = worker({ review: () => Promise.resolve(ok) });
    let rebuilt = 0;
    database.onRebuilt(() => (rebuilt += 1));
    await queue.send(aJob('a', 'before'));
    await vi.waitFor(() => expect(ended).toHaveLength(1), soon);
    await query(url, 'DROP SCHEMA dreamkeeper CASCADE');
    await queue.send(aJob('a', 'after'));
    await vi.waitFor(() => expect(ended).toHaveLength(2), soon);
    expect(rebuilt).toBe(1);
  });

  it('stops what ran, since nobody knows any more whose it is', async () => {
    const { url, queue, worker } = await openQueue();
    const { ended } = worker({ dream: (_, context) => untilStopped(context) });
    await queue.send(aDream('a'));
    await vi.waitFor(async () => expect(await queue.list({ states: ['running'] })).toHaveLength(1), soon);
    await query(url, 'DROP SCHEMA dreamkeeper CASCADE');
    await vi.waitFor(() => expect(ended.map(({ end }) => end)).toEqual(['lost']), soon);
  });

  it('starts nothing in the new one before those of before have noticed', async () => {
    const { url, queue, claims, worker } = await openQueue();
    await query(url, 'DROP SCHEMA dreamkeeper CASCADE');
    const asked = performance.now();
    await queue.send(aJob('a'));
    const { ended } = worker({ review: () => Promise.resolve(ok) }, { claims: claims({ settleSeconds: 2 }) });
    await vi.waitFor(() => expect(ended).toHaveLength(1), soon);
    expect(performance.now() - asked).toBeGreaterThan(1_900);
    expect(ended[0]?.claim.failures).toBe(0);
  });
});
