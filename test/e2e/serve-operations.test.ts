/**
 * A whole run of `serve` with a database of its own, as those who run it see it: probes, metrics, traces, logs; and none
 * of the secrets that it had to do with in any of them.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { cli } from '../support/command.ts';
import { word } from '../support/invented-secrets.ts';
import { servedFolder } from '../support/served.ts';
import { transcript } from '../support/transcript.ts';

const secrets = {
  inTranscript: `ghp_${word(36, 11)}`,
  inRemote: `ghs_${word(36, 12)}`,
  inConfig: `ghp_${word(36, 13)}`,
  inFileName: `ghp_${word(36, 14)}`,
  inName: `ghp_${word(36, 17)}`,
  inEnvironment: `sk-ant-api03-${word(93, 15)}AA`,
  ofCollector: `glpat-${word(20, 16)}`,
};

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dk-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

/** Keeps what it is sent. */
async function aCollector(): Promise<{ readonly url: string; readonly received: () => string }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      bodies.push(body.toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received: () => bodies.join('\n') };
}

interface Serving {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** @returns the text, whatever the status. */
  readonly get: (path: string) => Promise<string>;
}

const servingLine = z.looseObject({ msg: z.literal('serving'), port: z.number() });

async function serve(repos: string, env: Readonly<Record<string, string>>): Promise<Serving> {
  const args = [cli, 'serve', '--repos', repos, '--port', '0', '--sweep', '1', '--lease', '10'];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', LOG_LEVEL: 'trace', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error(output)));
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        output += `${line}\n`;
        const parsed = line.startsWith('{') ? servingLine.safeParse(JSON.parse(line)) : undefined;
        if (parsed?.success) resolve(parsed.data.port);
      });
  });
  const get = async (path: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  return { child, output: () => output, get };
}

it('shows how it is, and none of its secrets', async () => {
  const top = aFolder();
  const served = servedFolder(top);
  served.add('shop', { '.github/dreamkeeper.yml': 'dream:\n  dreamer: embedded\n' });
  served.git('shop', 'remote', 'add', 'origin', `https://x:${secrets.inRemote}@example.test/shop.git`);
  served.drop(
    'shop',
    'session.jsonl',
    transcript('one', `remember: deploy with pnpm release, the token is ${secrets.inTranscript}`),
  );
  served.drop('shop', `${secrets.inFileName}.jsonl`, 'no transcript');
  served.add(secrets.inName);
  served.add('broken', { '.github/dreamkeeper.yml': `mode: ${secrets.inConfig}\n` });
  const collector = await aCollector();
  const data = join(top, 'data');
  const serving = await serve(served.folder, {
    HOME: join(top, 'home'),
    DREAMKEEPER_DATA: data,
    // Where no model answers, errors tell of it.
    ANTHROPIC_API_KEY: secrets.inEnvironment,
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${secrets.ofCollector}`,
  });
  const password = readFileSync(join(data, 'postgres', 'password'), 'utf8').trim();

  expect(JSON.parse(await serving.get('/healthz'))).toEqual({ status: 'ok' });
  expect(JSON.parse(await serving.get('/readyz'))).toMatchObject({
    status: 'ready',
    checks: { database: { ok: true }, disk: { ok: true } },
  });
  await vi.waitFor(
    async () => expect(await serving.get('/metrics')).toMatch(/dreamkeeper_dreams_total\{.*\} [1-9]/),
    { timeout: 25_000, interval: 200 },
  );

  const server = Number.parseInt(readFileSync(join(data, 'postgres', 'data', 'postmaster.pid'), 'utf8'), 10);
  process.kill(server, 'SIGKILL');
  await vi.waitFor(
    async () => {
      const metrics = await serving.get('/metrics');
      expect(metrics).toContain('dreamkeeper_database_restarts_total 1');
      expect(metrics).toContain('dreamkeeper_queue_up 1');
    },
    { timeout: 15_000, interval: 200 },
  );
  const metrics = await serving.get('/metrics');
  const ready = await serving.get('/readyz');
  serving.child.kill('SIGTERM');
  const [code] = (await once(serving.child, 'exit')) as [number | null];
  expect(code).toBe(0);

  const log = serving.output();
  expect(log).toContain('"repository":"shop"');
  expect(log).toContain('"repository":"broken"');
  expect(log).toContain('"msg":"stopped"');
  // There was something to take out.
  expect(log).toContain('[redacted:');
  expect(collector.received()).toContain('dream');
  const shown = { log, metrics, ready, traces: collector.received() };
  for (const [name, secret] of Object.entries({ ...secrets, ofDatabase: password }))
    for (const [where, text] of Object.entries(shown))
      expect(text.includes(secret), `the secret ${name} in ${where}`).toBe(false);
});
