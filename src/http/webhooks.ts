/** The door for webhooks: what is too big, or cannot be one, is refused before a byte of it is kept. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from './handler.ts';

export interface WebhooksOptions {
  /** Of the address, from its first slash. */
  readonly path: string;
  /** Verifies and answers. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** The header with the id of a delivery; GitHub's own unless said. */
  readonly idHeader?: string;
  /** Bytes; GitHub sends 25 MB at most. */
  readonly most?: number;
  /** Bytes of all that are being read: anybody may send, and nothing is verified before it is there. */
  readonly mostTogether?: number;
}

const megabyte = 1024 * 1024;

export function webhooksHandler(options: WebhooksOptions): RequestHandler {
  const { path, handle, idHeader = 'x-github-delivery' } = options;
  const { most = 25 * megabyte, mostTogether = 100 * megabyte } = options;
  let reading = 0;
  return async (request, response) => {
    if (request.url?.split('?', 1)[0] !== path) return false;
    const length = lengthOf(request);
    const refusal = refusalOf(request, { length, most, idHeader });
    if (refusal !== undefined) return refuse(response, ...refusal);
    if (reading + length > mostTogether) return refuse(response, 503, 'too much at once');
    reading += length;
    // Half a webhook never ends: its room is free again when its connection is gone.
    response.once('close', () => (reading -= length));
    await handle(request, response);
    return true;
  };
}

/** Node ends the body there, whatever follows. */
function lengthOf({ headers }: IncomingMessage): number {
  return Number(headers['content-length'] ?? NaN);
}

function refusalOf(
  { method, headers }: IncomingMessage,
  { length, most, idHeader }: { readonly length: number; readonly most: number; readonly idHeader: string },
): readonly [status: number, reason: string] | undefined {
  if (method !== 'POST') return [405, 'only POST'];
  if (Number.isNaN(length)) return [411, 'its length must be said'];
  if (length > most) return [413, `more than ${most} bytes`];
  // It becomes part of a key, and no signature covers it.
  if (!/^[\w-]{1,100}$/.test(String(headers[idHeader] ?? ''))) return [400, 'no id of a delivery'];
  return undefined;
}

function refuse(response: ServerResponse, status: number, reason: string): true {
  const body = `${JSON.stringify({ error: reason })}\n`;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    // What it went on to send is not read.
    connection: 'close',
    ...(status === 405 ? { allow: 'POST' } : {}),
  });
  response.end(body);
  return true;
}
