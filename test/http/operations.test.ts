import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { diskCheck } from '../../src/http/disk-check.ts';
import { listen, type Listening } from '../../src/http/listen.ts';
import { operationsHandler, type OperationsOptions } from '../../src/http/operations.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const well = (): Promise<void> => Promise.resolve();

async function served(options: Partial<OperationsOptions> = {}): Promise<string> {
  const { registry } = createMetrics({ version: '1.2.3' });
  const handler = operationsHandler({ registry, checks: { database: well }, freshSeconds: 0, ...options });
  const onError = (error: unknown): void => expect.fail(String(error));
  const listening: Listening = await listen({ port: 0, host: '127.0.0.1', handlers: [handler], onError });
  closing.push(() => listening.close());
  return `http://127.0.0.1:${listening.port}`;
}

describe('/healthz', () => {
  it('is well as long as the process answers, whatever fails around it', async () => {
    const url = await served({ checks: { database: () => Promise.reject(new Error('down')) } });
    const response = await fetch(`${url}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });
});

describe('/readyz', () => {
  it('is ready when all checks hold, and tells each', async () => {
    const url = await served({ checks: { database: well, disk: well, github: well } });
    const response = await fetch(`${url}/readyz?verbose`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ready',
      checks: {
        database: { ok: true, milliseconds: expect.any(Number) as unknown },
        disk: { ok: true, milliseconds: expect.any(Number) as unknown },
        github: { ok: true, milliseconds: expect.any(Number) as unknown },
      },
    });
  });

  it('is not ready when one fails; why is for the log, not for whoever asks', async () => {
    const errors: unknown[] = [];
    const url = await served({
      checks: {
        database: () => Promise.reject(new Error('password of postgres://u:p@h is wrong')),
        disk: well,
      },
      onError: (error, check) => errors.push([check, error]),
    });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({
      status: 'not-ready',
      checks: { database: { ok: false, reason: 'failed' }, disk: { ok: true } },
    });
    expect(body).not.toContain('postgres');
    expect(errors).toEqual([
      ['database', expect.objectContaining({ message: expect.stringContaining('wrong') as string })],
    ]);
  });

  it('does not wait for a check that hangs, and tells it to stop', async () => {
    let stopped = false;
    const url = await served({
      limitSeconds: 0.05,
      checks: {
        github: (signal) => {
          signal.addEventListener('abort', () => (stopped = true));
          return new Promise(() => undefined);
        },
      },
    });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ checks: { github: { ok: false, reason: 'timeout' } } });
    expect(stopped).toBe(true);
  });

  it('asks once for many that ask at once', async () => {
    let asked = 0;
    const url = await served({
      freshSeconds: 60,
      checks: { github: () => Promise.resolve((asked += 1)) },
    });
    await Promise.all(Array.from({ length: 5 }, () => fetch(`${url}/readyz`)));
    expect(asked).toBe(1);
  });

  it('is over as soon as the process is to stop', async () => {
    const url = await served({ stopping: () => true });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'stopping', checks: {} });
  });
});

describe('/metrics', () => {
  it('speaks the format of Prometheus', async () => {
    const response = await fetch(`${await served()}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toContain('dreamkeeper_build_info{version="1.2.3"} 1');
  });
});

describe('any path', () => {
  it('is only read', async () => {
    const response = await fetch(`${await served()}/readyz`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('answers HEAD without a body', async () => {
    const response = await fetch(`${await served()}/healthz`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('16');
    expect(await response.text()).toBe('');
  });

  it.each(['/', '/healthz/', '/healthzz', '/constructor', '/__proto__'])(
    '%s is none of ours',
    async (path) => {
      expect((await fetch((await served()) + path)).status).toBe(404);
    },
  );

  it('leaves to others what is theirs, as in Probot', async () => {
    const handler = operationsHandler({ registry: createMetrics({ version: '1' }).registry, checks: {} });
    const server: Server = createServer((request, response) => {
      void Promise.resolve(handler(request, response)).then((was) => {
        if (!was) response.end('the webhook');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    expect(await (await fetch(`http://127.0.0.1:${port}/api/github/webhooks`)).text()).toBe('the webhook');
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toContain('ok');
  });
});

describe('the server', () => {
  it('says why it cannot listen', async () => {
    const url = new URL(await served());
    const again = listen({
      port: Number(url.port),
      host: '127.0.0.1',
      handlers: [],
      onError: () => undefined,
    });
    await expect(again).rejects.toThrow('EADDRINUSE');
  });

  it('closes although somebody keeps a connection open', async () => {
    const handlers = [operationsHandler({ registry: createMetrics({ version: '1' }).registry, checks: {} })];
    const listening = await listen({ port: 0, host: '127.0.0.1', handlers, onError: () => undefined });
    await fetch(`http://127.0.0.1:${listening.port}/healthz`);
    await listening.close();
    const refused = new Promise((resolve) => {
      httpRequest({ port: listening.port, host: '127.0.0.1' }).on('error', resolve).end();
    });
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('the check of the disk', () => {
  it('holds while there is room', async () => {
    await expect(diskCheck(import.meta.dirname, 1)(AbortSignal.timeout(1_000))).resolves.toBeUndefined();
  });

  it('fails when too little is left, and when the folder is gone', async () => {
    const full = diskCheck(import.meta.dirname, Number.MAX_SAFE_INTEGER)(AbortSignal.timeout(1_000));
    await expect(full).rejects.toThrow('bytes left');
    await expect(diskCheck('/no/such/folder')(AbortSignal.timeout(1_000))).rejects.toThrow('ENOENT');
  });
});
