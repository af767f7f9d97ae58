/** `POST /api/sessions/{owner}/{repo}`: hands in one transcript. docs/ingestion.md is its manual. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isRefusal,
  type Caller,
  type Refusal,
  type Submitted,
  type Target,
} from '../core/sessions/submission.ts';
import type { RequestHandler } from './handler.ts';
import { sendProblem, type Problem } from './problem.ts';
import { createGuards, usualLimits, type Guards, type Limits } from './submission-limits.ts';
import { receive, removeOldUploads } from './upload.ts';

export interface SessionsOptions {
  /** Where bodies are kept while they are read; made when it is missing. */
  readonly folder: string;
  /** Who a token stands for, if they may hand in sessions there. Never logged. */
  readonly authenticate: (token: string, target: Target) => Promise<Caller | Refusal>;
  /** @param file the body, which is gone when this has answered. */
  readonly submit: (upload: {
    readonly target: Target;
    readonly caller: Caller;
    readonly file: string;
  }) => Promise<Submitted | Refusal>;
  readonly onError: (error: unknown) => void;
  readonly limits?: Partial<Limits>;
}

const address = /^\/api\/sessions\/([\w.-]{1,100})\/([\w.-]{1,100})$/;
/** By media type, the ending that a file of it has. */
const endings: Readonly<Record<string, string>> = {
  'application/jsonl': 'jsonl',
  'application/x-ndjson': 'jsonl',
  'application/json': 'json',
  'text/markdown': 'md',
  'text/plain': 'txt',
  'application/octet-stream': 'jsonl',
};

export function sessionsHandler(options: SessionsOptions): RequestHandler {
  const limits = { ...usualLimits, ...options.limits };
  const guards = createGuards(limits);
  void removeOldUploads(options.folder).catch(options.onError);
  return async (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const [, owner, name] = address.exec(path) ?? [];
    if (owner === undefined || name === undefined) {
      if (!path.startsWith('/api/sessions/')) return false;
      refuse(request, response, notFound);
      return true;
    }
    try {
      const answer = await respond(request, { owner, name }, { options, limits, guards });
      if ('detail' in answer) refuse(request, response, answer);
      else send(response, answer);
    } catch (error) {
      options.onError(error);
      refuse(request, response, {
        status: 500,
        detail: 'It went wrong here; the log of the server says why.',
      });
    }
    return true;
  };
}

interface Parts {
  readonly options: SessionsOptions;
  readonly limits: Limits;
  readonly guards: Guards;
}

async function respond(
  request: IncomingMessage,
  target: Target,
  { options, limits, guards }: Parts,
): Promise<Submitted | Problem> {
  const body = bodyOf(request, limits.bytes);
  if ('detail' in body) return body;
  const [, token] = /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) return unauthorized('Send "Authorization: Bearer" with a token of GitHub.');
  const from = request.socket.remoteAddress ?? '';
  const banned = await guards.strangers.left(from);
  if (banned !== undefined) return banned;
  const caller = await options.authenticate(token, target);
  if (isRefusal(caller)) {
    if (caller.refused !== 503) await guards.strangers.count(from);
    return problemOf(caller);
  }
  const tooMany = (await guards.callers.count(caller.key)) ?? guards.enter();
  if (tooMany !== undefined) return tooMany;
  try {
    return await takeBody(request, { target, caller, body }, { options, limits });
  } finally {
    guards.leave();
  }
}

interface Body {
  readonly gzip: boolean;
  readonly ending: string;
}

async function takeBody(
  request: IncomingMessage,
  { target, caller, body }: { readonly target: Target; readonly caller: Caller; readonly body: Body },
  { options, limits }: Pick<Parts, 'options' | 'limits'>,
): Promise<Submitted | Problem> {
  // A folder of its own: formats look at what lies beside a transcript.
  const folder = join(options.folder, randomUUID());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const file = join(folder, `transcript.${body.ending}`);
    const received = await receive(request, file, { gzip: body.gzip, most: limits.bytes });
    if (received === 'too-large') return tooLarge(limits.bytes);
    if (received === 'damaged') return { status: 400, detail: 'The body is no gzip, or a damaged one.' };
    if (received === 'broken-off') return { status: 400, detail: 'The body ended early.' };
    const answer = await options.submit({ target, caller, file });
    return isRefusal(answer) ? problemOf(answer) : answer;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function bodyOf({ method, headers }: IncomingMessage, most: number): Body | Problem {
  if (method !== 'POST') return { status: 405, detail: 'Only POST.', headers: { allow: 'POST' } };
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const ending = Object.hasOwn(endings, type) ? endings[type] : undefined;
  if (ending === undefined)
    return {
      status: 415,
      detail: `Say what it is with Content-Type: one of ${Object.keys(endings).join(', ')}.`,
    };
  const coding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (coding !== 'gzip' && coding !== 'identity')
    return {
      status: 415,
      detail: 'Content-Encoding is gzip or nothing.',
      headers: { 'accept-encoding': 'gzip' },
    };
  if (Number(headers['content-length'] ?? 0) > most) return tooLarge(most);
  return { gzip: coding === 'gzip', ending };
}

const notFound: Problem = {
  status: 404,
  detail: 'There is no such repository, or you may not see it, or Dreamkeeper is not installed on it.',
};

function tooLarge(most: number): Problem {
  return { status: 413, detail: `A transcript has at most ${most / 2 ** 20} MiB, unfolded.` };
}

function unauthorized(detail: string): Problem {
  return { status: 401, detail, headers: { 'www-authenticate': 'Bearer realm="dreamkeeper"' } };
}

function problemOf({ refused, reason, retryAfter }: Refusal): Problem {
  if (refused === 404) return notFound;
  if (refused === 401) return unauthorized(reason);
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) };
  return { status: refused, detail: reason, headers };
}

function send(response: ServerResponse, { sessions, unchanged }: Submitted): void {
  const text = `${JSON.stringify({ sessions, unchanged })}\n`;
  response.writeHead(unchanged === sessions.length ? 200 : 201, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

/** Milliseconds in which a client that still sends can read why nobody listens. */
const lingerMilliseconds = 2_000;

/** What is left of the body is thrown away as it comes, for a moment; then the connection ends. */
function refuse(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  // Without "connection: close": Node would end the connection before a client that still sends reads the answer.
  sendProblem(response, problem);
  if (request.complete) return;
  request.on('error', () => undefined).resume();
  setTimeout(() => {
    if (!request.complete) request.destroy();
  }, lingerMilliseconds).unref();
}
