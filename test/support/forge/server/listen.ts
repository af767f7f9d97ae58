/** The one port: REST under /api/v3, GraphQL under /api/graphql, Git beside them, artifacts in "another place". */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { answerGraphql } from '../graphql/answer.ts';
import { answerIssuer, issuerRequestOf } from '../oidc/issuer.ts';
import type { World } from '../world.ts';
import { underFault, type Outcome } from './faults.ts';
import type { Answer } from './handler.ts';
import { answerRest, type RestParts } from './rest.ts';
import type { RecordedRequest } from './record.ts';
import { answerGit, gitRequestOf, type GitParts } from './smart-http.ts';

export interface Site extends RestParts, GitParts {}

export function serve(server: Server, site: Site): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(site, request, response).catch((error: unknown) => {
      site.journal.violations.push(`the stand-in failed at ${request.url}: ${String(error)}`);
      response.destroy();
    });
  });
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', site.world.origin);
  const git = gitRequestOf(url);
  if (git !== undefined) return answerGit(site, git, request, response);
  if (issuerRequestOf(url) !== undefined) return finish(response, await issuer(site, url));
  if (url.pathname.startsWith('/_storage/')) return sendArtifact(site.world, url, request, response);
  const body = await readJson(request);
  if (body === malformed) return send(response, { status: 400, body: { message: 'Problems parsing JSON' } });
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  if (headers['user-agent'] === undefined)
    return send(response, {
      status: 403,
      body: {
        message:
          'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
      },
    });
  if (url.pathname === '/api/graphql')
    return finish(response, await graphql(site, headers.authorization, body));
  if (!url.pathname.startsWith('/api/v3'))
    return send(response, { status: 404, body: { message: 'Not Found' } });
  finish(response, await answerRest(site, { method: request.method ?? 'GET', url, headers, body }));
}

function finish(response: ServerResponse, outcome: Outcome<Answer>): void {
  if (outcome === 'cut') response.destroy();
  else if (outcome !== 'silent') send(response, outcome);
}

/** Keys are asked for without a token, by whoever checks one. */
async function issuer(site: Site, url: URL): Promise<Outcome<Answer>> {
  const record: RecordedRequest = {
    operation: issuerRequestOf(url) ?? '',
    method: 'GET',
    path: url.pathname,
    by: 'anonymous',
    status: 200,
    notifies: false,
    points: 0,
  };
  site.journal.requests.push(record);
  return underFault(site.faults.next(record), () => Promise.resolve(answerIssuer(url)));
}

async function graphql(
  site: Site,
  authorization: string | undefined,
  body: unknown,
): Promise<Outcome<Answer>> {
  const record: RecordedRequest = {
    operation: 'graphql',
    method: 'POST',
    path: '/graphql',
    by: 'installation',
    body,
    status: 200,
    notifies: false,
    points: 5,
  };
  site.journal.requests.push(record);
  const outcome = await underFault(site.faults.next(record), () =>
    answerGraphql(site, authorization, body, record),
  );
  if (typeof outcome !== 'string') record.status = outcome.status;
  return outcome;
}

const malformed = Symbol('malformed');

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return malformed;
  }
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-github-request-id': 'STAND:IN',
    ...headers,
  });
  response.end(body === undefined || status === 304 ? undefined : JSON.stringify(body));
}

/** The address is its own key; like the real storage it refuses another one. */
function sendArtifact(world: World, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const id = Number(/(\d+)\.zip$/.exec(url.pathname)?.[1]);
  const [zip] = [...world.state.repositories.values()].flatMap(
    ({ artifacts }) => artifacts.get(id)?.zip ?? [],
  );
  if (request.headers.authorization !== undefined || zip === undefined) response.writeHead(400).end();
  else response.writeHead(200, { 'content-type': 'application/zip', 'content-length': zip.length }).end(zip);
}
