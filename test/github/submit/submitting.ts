/** A server that takes sessions in over HTTP for the stand-in, and what people and workflows send it. */
import { request as ask } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createSubmissions } from '../../../src/github/submit/submissions.ts';
import { listen } from '../../../src/http/listen.ts';
import { sessionsHandler } from '../../../src/http/sessions.ts';
import type { Limits } from '../../../src/http/submission-limits.ts';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { openRepository } from '../../../src/git/repository.ts';
import type { StoredView } from '../../../src/ledger/view.ts';
import type { NewRepository } from '../../support/forge/scene.ts';
import { aHosting, githubSettings, Hasty, type Hosting } from '../hosted.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sending {
  readonly token?: string;
  readonly to?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Submitting {
  readonly hosting: Hosting;
  readonly send: (body: string | Buffer | Iterable<Buffer>, how?: Sending) => Promise<Answer>;
  /** What was asked for after sessions came. */
  readonly afterwards: unknown[];
  readonly errors: unknown[];
  /** Where bodies and copies are while they are needed. */
  readonly dataFolder: string;
  /** The ledger on GitHub. */
  readonly stored: () => Promise<StoredView>;
  readonly close: () => Promise<void>;
}

const config = '.github/dreamkeeper.yml';
const usual = { 'CLAUDE.md': '# Notes\n', [config]: 'mode: manual\n' };
const people = { ana: 'admin', ben: 'write', rea: 'read' } as const;

export async function aServer(parts: NewRepository = {}, limits: Partial<Limits> = {}): Promise<Submitting> {
  const hosting = await aHosting({ files: usual, people, ...parts });
  const { client, dataFolder, env: git, github, logged } = hosting;
  const settings = githubSettings(github);
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const afterwards: unknown[] = [];
  const errors: unknown[] = [];
  const submissions = createSubmissions({
    ...{ client, settings, oidc: settings.oidc, dataFolder, git, log },
    octokit: { Octokit: Hasty },
    afterwards: (about) => Promise.resolve(void afterwards.push(about)),
  });
  const handler = sessionsHandler({
    folder: join(dataFolder, 'uploads'),
    authenticate: (token, target) => submissions.authenticate(token, target),
    submit: (upload) => submissions.submit(upload),
    onError: (error) => errors.push(error),
    limits,
  });
  const onError = (error: unknown): void => void errors.push(error);
  const server = await listen({ port: 0, host: '127.0.0.1', handlers: [handler], onError });
  onTestFinished(async () => {
    await submissions.close();
    await server.close();
  });
  return {
    ...{ hosting, afterwards, errors, dataFolder },
    send: (body, how = {}) => post(server.port, body, how),
    stored: async () => openLedger(await openRepository(hosting.repository.dir, git)).read(),
    close: () => submissions.close(),
  };
}

function post(port: number, body: string | Buffer | Iterable<Buffer>, how: Sending): Promise<Answer> {
  const { token, to = '/api/sessions/acme/shop', method = 'POST', headers = {} } = how;
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const sent = ask({
      ...{ host: '127.0.0.1', port, path: to, method },
      headers: { 'content-type': 'application/jsonl', ...authorization, ...headers },
    });
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const parsed = text === '' ? {} : (JSON.parse(text) as Answer['body']);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed });
        sent.destroy();
      });
    });
    // A connection that ends while we still send has been answered, or it has not: then nobody resolves.
    sent.on('error', (error) => setTimeout(() => reject(error), 1_000));
    if (typeof body === 'string' || Buffer.isBuffer(body)) sent.end(body);
    else void pour(body, sent);
  });
}

async function pour(body: Iterable<Buffer>, sent: ReturnType<typeof ask>): Promise<void> {
  for (const chunk of body) {
    if (sent.destroyed) return;
    if (!sent.write(chunk))
      await new Promise<void>((resolve) => {
        const go = (): void => {
          sent.off('drain', go).off('close', go);
          resolve();
        };
        sent.on('drain', go).on('close', go);
      });
  }
  sent.end();
}
