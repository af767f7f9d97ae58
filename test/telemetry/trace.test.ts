import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createRedactor, type Redactor } from '../../src/core/sessions/redact.ts';
import { noTracing, startTracing } from '../../src/telemetry/trace.ts';
import { word } from '../support/invented-secrets.ts';

const redactor = createRedactor();

const attribute = z.object({ key: z.string(), value: z.looseObject({}) });
const sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attribute) }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              attributes: z.array(attribute),
              status: z.object({ code: z.number().optional(), message: z.string().optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
});

interface Collector {
  readonly server: Server;
  readonly requests: { readonly path: string; readonly header: string | undefined; readonly body: string }[];
  status: number;
}

let collector: Collector;

beforeEach(async () => {
  const requests: Collector['requests'] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      requests.push({ path: request.url ?? '', header: request.headers['x-team']?.toString(), body });
      response.writeHead(collector.status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  collector = { server, requests, status: 200 };
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`);
  vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-team=memory');
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment=test');
});

afterEach(() => {
  vi.unstubAllEnvs();
  collector.server.close();
});

describe('traces', () => {
  it('arrive at the collector with their parents, attributes and failures', async () => {
    const tracing = await startTracing({
      version: '1.2.3',
      redactor,
      onError: (error) => expect.fail(String(error)),
    });
    const answer = await tracing.span('job', { kind: 'dream', attempt: 0 }, async () => {
      await sleep(1);
      await tracing.span('gather', {}, () => Promise.resolve());
      const failing = tracing.span('render', {}, () =>
        Promise.reject(new TypeError('with words of a session')),
      );
      await expect(failing).rejects.toThrow('with words of a session');
      return 'done';
    });
    await tracing.span('other', {}, () => Promise.resolve());
    await tracing.stop();

    expect(answer).toBe('done');
    expect(collector.requests.map(({ path, header }) => [path, header])).toEqual([['/v1/traces', 'memory']]);
    const body = collector.requests[0]?.body ?? '';
    expect(body).not.toContain('words of a session');
    const [{ resource, scopeSpans } = expect.fail()] = sent.parse(JSON.parse(body)).resourceSpans;
    expect(resource.attributes).toEqual(
      expect.arrayContaining([
        { key: 'service.name', value: { stringValue: 'dreamkeeper' } },
        { key: 'service.version', value: { stringValue: '1.2.3' } },
        { key: 'deployment.environment', value: { stringValue: 'test' } },
      ]),
    );
    const spans = new Map(scopeSpans.flatMap(({ spans }) => spans).map((span) => [span.name, span]));
    const job = spans.get('job');
    expect(job?.attributes).toEqual([
      { key: 'kind', value: { stringValue: 'dream' } },
      { key: 'attempt', value: { intValue: 0 } },
    ]);
    expect(spans.get('gather')).toMatchObject({ parentSpanId: job?.spanId, traceId: job?.traceId });
    expect(spans.get('render')).toMatchObject({
      parentSpanId: job?.spanId,
      status: { code: 2, message: 'TypeError' },
    });
    expect(spans.get('other')?.traceId).not.toBe(job?.traceId);
  });

  it('that a collector refuses are told, and harm nobody', async () => {
    collector.status = 400;
    const errors: unknown[] = [];
    const tracing = await startTracing({ version: '1', redactor, onError: (error) => errors.push(error) });
    expect(await tracing.span('job', {}, () => Promise.resolve(7))).toBe(7);
    await tracing.stop();
    expect(errors).toHaveLength(1);
  });

  it('hold no secret, not even in the name of a repository', async () => {
    const token = `ghp_${word(36)}`;
    const tracing = await startTracing({ version: '1', redactor, onError: () => undefined });
    await tracing.span('job', { attempt: 1, repository: token, kind: 'dream' }, () => Promise.resolve());
    await tracing.stop();
    const body = collector.requests.map((request) => request.body).join();
    expect(body).toContain('[redacted:');
    expect(body).toContain('"stringValue":"dream"');
    expect(body).not.toContain(token);
  });

  it('are not sent when they cannot be checked', async () => {
    const broken: Redactor = { ...redactor, redact: () => Promise.reject(new Error('broken')) };
    const tracing = await startTracing({ version: '1', redactor: broken, onError: () => undefined });
    await tracing.span('job', { repository: 'a' }, () => Promise.resolve());
    await tracing.stop();
    expect(collector.requests).toEqual([]);
  });

  it('cost nothing where nobody collects them: the library is not even loaded', async () => {
    expect(await noTracing.span('job', {}, () => Promise.resolve(7))).toBe(7);
    const url = new URL('../../src/telemetry/trace.ts', import.meta.url).href;
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) { console.log(name); return next(name, context); } });
      const { noTracing } = await import('${url}');
      await noTracing.span('job', {}, async () => {});
    `;
    const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(loaded).toContain('trace.ts');
    expect(loaded).not.toContain('opentelemetry');
  });
});
