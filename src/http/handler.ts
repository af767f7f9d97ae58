/** What answers a request, in plain `node:http` and as Probot's `addHandler`. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** @returns false when the request is for somebody else; nothing was written then. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | Promise<boolean>;
