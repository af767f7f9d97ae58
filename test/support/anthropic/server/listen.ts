/** The one port: who asks, for which operation, under which fault; and how the answer is written. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { underFault } from '../../forge/server/faults.ts';
import type { World } from '../world.ts';
import { admit } from './admit.ts';
import { isManner, type StandInFaults } from './faults.ts';
import type { Journal, RecordedRequest } from './record.ts';
import { errorBody, notFound, Refusal } from './refusal.ts';
import { routeOf, type Answer, type Route } from './route.ts';
import { send } from './send.ts';

export interface Site {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly faults: StandInFaults;
  readonly journal: Journal;
}

export function serve(server: Server, site: Site): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(site, request, response).catch((error: unknown) => {
      site.journal.violations.push(`the stand-in failed at ${request.url}: ${String(error)}`);
      response.destroy();
    });
  });
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world, journal } = site;
  const url = new URL(request.url ?? '/', world.origin);
  const raw = await textOf(request);
  const matched = routeOf(site.routes, request.method ?? '', url.pathname);
  const record = recordOf(request, url, matched?.route.operation ?? 'unknown', parsed(raw));
  journal.requests.push(record);
  const effect = (): Promise<Answer> =>
    refusing(() => {
      admit(world, request.headers, raw, matched?.route);
      if (matched === undefined) throw notFound(`Not found: ${url.pathname}`);
      return matched.route.answer({ world, at: matched.at, query: url.searchParams, body: record.body });
    });
  const fault = site.faults.next(record);
  const outcome = await underFault(isManner(fault) ? undefined : fault, effect);
  if (outcome === 'silent') return;
  if (outcome === 'cut') {
    response.destroy();
    return;
  }
  record.status = outcome.status;
  await send(response, isManner(fault) ? { ...outcome, manner: fault } : outcome, world.newId('req'));
}

async function refusing(effect: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await effect();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, message, type, more } = error;
    return { status, body: errorBody(status, message, type, more) };
  }
}

const malformed = Symbol('malformed');

function parsed(raw: string): unknown {
  if (raw === '') return undefined;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return malformed;
  }
}

function recordOf(request: IncomingMessage, url: URL, operation: string, body: unknown): RecordedRequest {
  const betas = String(request.headers['anthropic-beta'] ?? '');
  return {
    operation,
    method: request.method ?? '',
    path: `${url.pathname}${url.search}`,
    betas: betas === '' ? [] : betas.split(/,\s*/),
    retry: Number(request.headers['x-stainless-retry-count'] ?? 0),
    body,
    status: 0,
  };
}
