/** Runs `git http-backend` as the CGI program it is, and turns what it says into an HTTP answer. */
import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { gitEnvironment } from '../git/run.ts';

export interface BackendCall {
  /** The bare repository. */
  readonly dir: string;
  /** What of it is asked for: `info/refs`, `git-upload-pack`, `git-receive-pack`. */
  readonly rest: string;
  readonly user: string;
  /** For the update hook: the refs it refuses. */
  readonly refused: string;
  readonly body: Buffer;
}

/** What git sent, unpacked. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const body = await buffer(request);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

/** The full names of the refs that a push moves; none when git only asks whether it may push. */
export function pushedRefs(body: Buffer): string[] {
  const refs: string[] = [];
  for (let at = 0; at + 4 <= body.length;) {
    const length = Number.parseInt(body.subarray(at, at + 4).toString(), 16);
    if (Number.isNaN(length) || length < 4) break;
    const line = body.subarray(at + 4, at + length).toString();
    const ref = /^[0-9a-f]{40} [0-9a-f]{40} ([^\0\n]+)/.exec(line)?.[1];
    if (ref !== undefined) refs.push(ref);
    at += length;
  }
  return refs;
}

/** @returns the output as it is: headers first. */
export async function runBackend(request: IncomingMessage, call: BackendCall): Promise<Buffer> {
  const child = spawn('git', ['http-backend'], {
    env: environmentOf(request, call),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // git may have heard enough before all is said.
  child.stdin.on('error', () => undefined);
  child.stdin.end(call.body);
  return buffer(child.stdout);
}

function environmentOf(request: IncomingMessage, { dir, rest, user, refused, body }: BackendCall) {
  return {
    ...gitEnvironment,
    GIT_PROJECT_ROOT: dirname(dir),
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    PATH_INFO: `/${basename(dir)}/${rest}`,
    QUERY_STRING: (request.url ?? '').split('?')[1] ?? '',
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    CONTENT_LENGTH: String(body.length),
    REMOTE_USER: user,
    REMOTE_ADDR: '127.0.0.1',
    STAND_IN_REFUSED: refused,
  };
}

/** Sends CGI output as an HTTP answer. */
export function sendBackend(response: ServerResponse, output: Buffer): void {
  const end = output.indexOf('\r\n\r\n');
  let status = 200;
  for (const line of output.subarray(0, Math.max(0, end)).toString().split('\r\n')) {
    const [name = '', ...rest] = line.split(': ');
    const value = rest.join(': ');
    if (name.toLowerCase() === 'status') status = Number(value.split(' ')[0]);
    else response.setHeader(name, value);
  }
  response.writeHead(end === -1 ? 500 : status);
  response.end(end === -1 ? undefined : output.subarray(end + 4));
}
