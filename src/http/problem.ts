/** Errors as machines and people read them: `application/problem+json` (RFC 9457). */
import type { ServerResponse } from 'node:http';

export interface Problem {
  readonly status: number;
  /** A sentence for whoever asked. */
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Not ready for it',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Nothing usable',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not now',
};

export function sendProblem(response: ServerResponse, { status, detail, headers = {} }: Problem): void {
  const text = `${JSON.stringify({ type: 'about:blank', title: titles[status] ?? 'Error', status, detail })}\n`;
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(text);
}
