/** What `dreamkeeper serve` with its own database costs before it has anything to do. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { passableFolder } from './jobs-server.ts';
import { megabytes, seconds, type Line } from './measure.ts';

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');

export async function benchServe(): Promise<Line[]> {
  const folder = passableFolder();
  try {
    const repos = join(folder, 'repos');
    mkdirSync(join(repos, 'one'), { recursive: true });
    execFileSync('git', ['init', '-q', join(repos, 'one')]);
    const ofFolder = { arguments: ['--repos', repos], env: {} };
    const first = await run(folder, ofFolder);
    const again = await run(folder, ofFolder);
    const github = await quietGitHub();
    const app = await run(folder, { arguments: [], env: github.env });
    github.stop();
    return [
      {
        name: 'serve, until ready, with a new database',
        measured: seconds(first.start),
        reference: '',
        goal: '',
        ok: true,
      },
      { name: 'serve, until ready', measured: seconds(again.start), reference: '', goal: '', ok: true },
      idleLine('serve, idle, with its PostgreSQL', again.memory),
      idleLine('serve as the App, idle, with its PostgreSQL', app.memory),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function idleLine(name: string, memory: number | undefined): Line {
  const measured = memory === undefined ? 'Linux only' : megabytes(memory);
  return { name, measured, reference: '', goal: '< 200 MB', ok: (memory ?? 0) < 200 };
}

/** Knows the App, and no installation of it. */
async function quietGitHub(): Promise<{ readonly env: Readonly<Record<string, string>>; stop(): void }> {
  const server = createHttpServer((request, response) => {
    const app = {
      id: 1,
      slug: 'dreamkeeper',
      name: 'Dreamkeeper',
      node_id: 'A_1',
      permissions: {},
      events: [],
    };
    const body = /\/app(?:\?|$)/.test(request.url ?? '') ? app : [];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return {
    env: {
      APP_ID: '1',
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: 'a secret of the benchmark',
      GHE_HOST: `127.0.0.1:${port}`,
      GHE_PROTOCOL: 'http',
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function run(
  folder: string,
  serve: { readonly arguments: readonly string[]; readonly env: Readonly<Record<string, string>> },
): Promise<{ readonly start: number; readonly memory: number | undefined }> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [cli, 'serve', ...serve.arguments, '--port', String(port)], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      DREAMKEEPER_DATA: join(folder, 'data'),
      LOG_LEVEL: 'warn',
      ...serve.env,
    },
    stdio: 'ignore',
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error('serve ended at its start');
    await sleep(20);
  }
  const start = (performance.now() - started) / 1_000;
  await sleep(6_000);
  const memory = child.pid === undefined ? undefined : proportionalMemory(child.pid);
  child.kill('SIGTERM');
  await exited;
  return { start, memory };
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** MB of a process and all below it, shared pages divided among those who share them; undefined beyond Linux. */
function proportionalMemory(root: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? /^PPid:\s+(\d+)/m.exec(read(`/proc/${name}/status`))?.[1] : undefined;
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (pid: number): boolean =>
    pid === root || (parents.has(pid) && isBelow(parents.get(pid) ?? 0));
  const kilobytes = [...parents.keys()]
    .filter(isBelow)
    .map((pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return kilobytes.reduce((sum, value) => sum + value, 0) / 1_024;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
