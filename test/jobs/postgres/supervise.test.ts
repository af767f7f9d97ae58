/** How often a server that ends by itself is started again; with servers that are none. */
import { describe, expect, it, vi } from 'vitest';
import { DreamkeeperError } from '../../../src/core/error.ts';
import type { PostgresEvent } from '../../../src/jobs/postgres/events.ts';
import type { Exit, Running } from '../../../src/jobs/postgres/launch.ts';
import { superviseServer } from '../../../src/jobs/postgres/supervise.ts';

const patience = { crashes: 3, windowMilliseconds: 60_000, firstPause: 1, longestPause: 5 };

/** A server that ends when the test says so. */
function aServer(pid = 1): Running & { crash(): void; readonly stopped: () => boolean } {
  let stopped = false;
  let end: (exit: Exit) => void = () => undefined;
  const exit = new Promise<Exit>((resolve) => (end = resolve));
  return {
    pid,
    exit,
    stop() {
      stopped = true;
      end({ code: 0, signal: null });
      return Promise.resolve();
    },
    crash: () => end({ code: 1, signal: null }),
    stopped: () => stopped,
  };
}

function crashed(): Running {
  const server = aServer();
  server.crash();
  return server;
}

describe('a supervised server', () => {
  it('is started again when it ends by itself, until it lives', async () => {
    const alive = aServer(2);
    const start = vi
      .fn<() => Promise<Running>>()
      .mockRejectedValueOnce(new Error('not yet'))
      .mockResolvedValueOnce(alive);
    const events: PostgresEvent[] = [];
    const supervised = superviseServer(crashed(), start, (event) => events.push(event), patience);
    await vi.waitFor(() => expect(start).toHaveBeenCalledTimes(2));
    expect(events).toEqual([{ kind: 'crashed', code: 1, signal: null }]);
    await supervised.stop();
    expect(alive.stopped()).toBe(true);
  });

  it('is given up when it ends too often, with an error that says why', async () => {
    const start = vi.fn(() => Promise.resolve(crashed()));
    const events: PostgresEvent[] = [];
    const supervised = superviseServer(crashed(), start, (event) => events.push(event), patience);
    await vi.waitFor(() => expect(events.at(-1)?.kind).toBe('gave-up'));
    expect(start).toHaveBeenCalledTimes(3);
    const last = events.at(-1);
    expect(last?.kind === 'gave-up' && last.error).toBeInstanceOf(DreamkeeperError);
    expect(last?.kind === 'gave-up' && last.error.message).toContain('exit code 1');
    await supervised.stop();
  });

  it('is not given up for single crashes far apart', async () => {
    const servers = Array.from({ length: 10 }, () => aServer());
    const [first = aServer(), ...others] = servers;
    const start = vi.fn(() => Promise.resolve(others.shift() ?? aServer()));
    const tell = vi.fn();
    const supervised = superviseServer(first, start, tell, { ...patience, windowMilliseconds: 0 });
    for (const [index, server] of servers.slice(0, 8).entries()) {
      server.crash();
      await vi.waitFor(() => expect(start).toHaveBeenCalledTimes(index + 1));
    }
    expect(tell).not.toHaveBeenCalledWith(expect.objectContaining({ kind: 'gave-up' }));
    await supervised.stop();
  });

  it('that comes up while it is to stop is stopped, too', async () => {
    const late = aServer(2);
    let arrive: (server: Running) => void = () => undefined;
    const start = vi.fn(() => new Promise<Running>((resolve) => (arrive = resolve)));
    const supervised = superviseServer(crashed(), start, () => undefined, patience);
    await vi.waitFor(() => expect(start).toHaveBeenCalled());
    const stopped = supervised.stop();
    arrive(late);
    await stopped;
    expect(late.stopped()).toBe(true);
  });
});
