/** An HTTP server made of handlers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestHandler } from './handler.ts';

export interface ListenOptions {
  /** 0: any free one. */
  readonly port: number;
  /** All addresses unless said otherwise. */
  readonly host?: string;
  /** Asked in order, until one says that it was meant. */
  readonly handlers: readonly RequestHandler[];
  readonly onError: (error: unknown) => void;
}

export interface Listening {
  readonly port: number;
  /** Answers what was asked, takes nothing new, and closes idle connections. */
  close(): Promise<void>;
}

/** @throws the error of Node when the port is taken or not allowed. */
export async function listen({ port, host, handlers, onError }: ListenOptions): Promise<Listening> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      for (const handle of handlers) if (await handle(request, response)) return;
      response.writeHead(404, { 'content-type': 'application/json; charset=utf-8' });
      response.end('{"error":"not found"}\n');
    };
    answer().catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.removeListener('error', reject);
      server.on('error', onError);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
