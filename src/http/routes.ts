/** Paths and what answers them. GET and HEAD only: all that Dreamkeeper says here is read. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from './handler.ts';

export interface Answer {
  readonly status: number;
  /** Media type of a text; without it the body is an object and goes out as JSON. */
  readonly type?: string;
  readonly body: unknown;
}

/** @param routes by path, without query. An answer that throws becomes a 500 without a word of the error. */
export function routes(
  byPath: Readonly<Record<string, () => Answer | Promise<Answer>>>,
  onError: (error: unknown) => void = () => undefined,
): RequestHandler {
  return async (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const respond = Object.hasOwn(byPath, path) ? byPath[path] : undefined;
    if (respond === undefined) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      send(request, response, { status: 405, body: { error: 'only GET and HEAD' } });
      return true;
    }
    try {
      send(request, response, await respond());
    } catch (error) {
      onError(error);
      send(request, response, { status: 500, body: { error: 'internal error' } });
    }
    return true;
  };
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  const text = type === undefined ? `${JSON.stringify(body)}\n` : String(body);
  response.writeHead(status, {
    'content-type': type ?? 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}
