/** Runs `git http-backend` as the CGI program it is, and turns what it says into an HTTP answer. */
import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { gitEnvironment } from '../git/run.ts';

export interface BackendCall {
  /** The bare repository. */
  readonly dir: string;
  /** What of it is asked for: `info/refs`, `git-upload-pack`, `git-receive-pack`. */
  readonly rest: string;
  readonly user: string;
  /** For the update hook: the refs it refuses. */
  readonly refused: string;
}

/** @param write gets the output, headers first. */
export async function runBackend(
  request: IncomingMessage,
  call: BackendCall,
  write: (chunk: Buffer) => void,
): Promise<void> {
  const child = spawn('git', ['http-backend'], { env: environmentOf(request, call) });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  // git may have heard enough before the client has said all.
  const sent = pipeline(body, child.stdin).catch(() => undefined);
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) write(chunk);
  await sent;
  await ended;
}

function environmentOf(request: IncomingMessage, { dir, rest, user, refused }: BackendCall) {
  return {
    ...gitEnvironment,
    GIT_PROJECT_ROOT: dirname(dir),
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    PATH_INFO: `/${basename(dir)}/${rest}`,
    QUERY_STRING: (request.url ?? '').split('?')[1] ?? '',
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    REMOTE_USER: user,
    REMOTE_ADDR: '127.0.0.1',
    STAND_IN_REFUSED: refused,
  };
}

interface Reply {
  readonly write: (chunk: Buffer) => void;
  readonly end: () => void;
}

/** Turns CGI output into an HTTP answer. @param silent the answer is lost: the connection breaks instead. */
export function createReply(response: ServerResponse, silent: boolean): Reply {
  let head: Buffer | undefined = Buffer.alloc(0);
  return {
    write(chunk: Buffer): void {
      if (silent) return;
      if (head === undefined) return void response.write(chunk);
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return;
      writeHead(response, head.subarray(0, end).toString());
      response.write(head.subarray(end + 4));
      head = undefined;
    },
    end(): void {
      if (silent) response.destroy();
      else response.end();
    },
  };
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const [name = '', ...rest] = line.split(': ');
    const value = rest.join(': ');
    if (name.toLowerCase() === 'status') status = Number(value.split(' ')[0]);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
