/** Clone, fetch and push over HTTP: git's own `http-backend`, behind the stand-in's tokens and branch protection. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusedRefs } from '../resources/protection.ts';
import { atLeast, type Actor, type Grant } from '../state/account.ts';
import { fullName, type Repository } from '../state/repository.ts';
import { covers, findRepository, roleOf } from '../state/state.ts';
import { noticeRefs } from '../webhooks/pushes.ts';
import type { World } from '../world.ts';
import { accountOf, authenticate } from './authenticate.ts';
import { canSee } from './authorize.ts';
import { underFault, type Faults } from './faults.ts';
import { Refusal } from './handler.ts';
import { bodyOf, pushedRefs, runBackend, sendBackend } from './http-backend.ts';
import type { Journal, RecordedRequest } from './record.ts';
import type { Serially } from './serially.ts';

export interface GitParts {
  readonly world: World;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly serially: Serially;
  /** Pushes to these refs are refused with a message, as by push protection or a ruleset. */
  readonly refusedPushes: { readonly repository: number; readonly ref: string; readonly message: string }[];
  readonly afterwards: (repository: Repository) => Promise<void>;
}

interface GitRequest {
  readonly owner: string;
  readonly name: string;
  readonly rest: string;
  readonly service: 'git-upload-pack' | 'git-receive-pack';
}

/** @returns nothing when the address is not git's. */
export function gitRequestOf(url: URL): GitRequest | undefined {
  const match = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(
    url.pathname,
  );
  if (match === null) return undefined;
  const [, owner = '', name = '', rest = ''] = match;
  const service = rest === 'info/refs' ? url.searchParams.get('service') : rest;
  if (service !== 'git-upload-pack' && service !== 'git-receive-pack') return undefined;
  return { owner, name, rest, service };
}

export async function answerGit(
  parts: GitParts,
  git: GitRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world, journal } = parts;
  const record: RecordedRequest = {
    operation: git.service,
    method: request.method ?? '',
    path: request.url ?? '',
    by: 'anonymous',
    status: 200,
    notifies: false,
    points: 0,
  };
  journal.requests.push(record);
  try {
    const actor = authenticate(world, request.headers.authorization);
    record.by = actor.kind;
    const repository = admit(world, actor, git);
    const current = fullName(repository);
    if (current.toLowerCase() !== `${git.owner}/${git.name}`.toLowerCase()) {
      const { search } = new URL(request.url ?? '', world.origin);
      response.writeHead(301, { location: `${world.origin}/${current}.git/${git.rest}${search}` }).end();
      return;
    }
    await serve(parts, git, { actor, repository, request, response, record });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    record.status = error.status;
    const challenge = error.status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
    response
      .writeHead(error.status, { 'content-type': 'text/plain', ...challenge })
      .end(`${error.message}\n`);
  }
}

/** @throws {Refusal} 401 to make git ask for a password, 403, or 404 */
function admit(world: World, actor: Actor, { owner, name, service }: GitRequest): Repository {
  const repository = findRepository(world.state, owner, name);
  if (repository === undefined || !canSee(actor, repository))
    throw actor.kind === 'anonymous'
      ? new Refusal(401, 'Authentication required.')
      : new Refusal(404, 'Repository not found.');
  if (actor.kind === 'installation') admitInstallation(actor, repository, service);
  if (actor.kind === 'person' && actor.grant !== undefined) admitGrant(actor.grant, repository, service);
  if (service === 'git-upload-pack') return repository;
  if (actor.kind === 'anonymous') throw new Refusal(401, 'Authentication required.');
  if (repository.archived) throw new Refusal(403, 'This repository was archived so it is read-only.');
  if (actor.kind === 'person' && !atLeast(roleOf(repository, actor.account), 'write'))
    throw new Refusal(403, `Permission to ${fullName(repository)}.git denied to ${actor.account.login}.`);
  return repository;
}

/** GitHub says of a fine-grained token that lacks the permission what it says of a person who lacks it. */
function admitGrant(
  { repositories, permissions: { contents } }: Grant,
  repository: Repository,
  service: GitRequest['service'],
): void {
  if (service === 'git-upload-pack' && !repository.private) return;
  const enough = service === 'git-receive-pack' ? contents === 'write' : contents !== undefined;
  if (!enough || !repositories.has(repository.id))
    throw new Refusal(403, 'Write access to repository not granted.');
}

function admitInstallation(
  { token }: Extract<Actor, { kind: 'installation' }>,
  repository: Repository,
  service: GitRequest['service'],
): void {
  if (token.installation.suspended !== undefined)
    throw new Refusal(403, 'This installation has been suspended');
  if (service === 'git-upload-pack' && !repository.private) return;
  const reached = covers(token.installation, repository) && (token.repositories?.has(repository.id) ?? true);
  if (!reached) throw new Refusal(404, 'Repository not found.');
  const { contents } = token.permissions;
  if (contents === undefined || (service === 'git-receive-pack' && contents !== 'write'))
    throw new Refusal(403, 'Write access to repository not granted.');
}

interface Session {
  readonly actor: Actor;
  readonly repository: Repository;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: RecordedRequest;
}

async function serve(parts: GitParts, git: GitRequest, session: Session): Promise<void> {
  const { world, faults, serially, afterwards } = parts;
  const { request, response, repository, actor, record } = session;
  const body = await bodyOf(request);
  const refs = git.rest === 'git-receive-pack' ? pushedRefs(body) : [];
  if (refs.length > 0) record.body = { refs };
  const refused = refusedLines(parts, repository, actor);
  const call = { dir: repository.dir, rest: git.rest, user: actor.kind, refused, body };
  const push = async (): Promise<Buffer> => {
    const output = await runBackend(request, call);
    // Whoever pushed hears of it when everything has followed: webhooks are under way, pull requests have moved.
    await noticeRefs(world, repository, accountOf(world, actor));
    await afterwards(repository);
    return output;
  };
  const effect = () => (refs.length > 0 ? serially(push) : runBackend(request, call));
  // Git asks what there is before it fetches or pushes, and whether it may push much: no fault is wasted on that.
  const real = git.rest === 'git-upload-pack' || refs.length > 0;
  const outcome = await underFault(real ? faults.next(record) : undefined, effect);
  if (outcome === 'cut') response.destroy();
  else if (outcome === 'silent') return;
  else if (Buffer.isBuffer(outcome)) sendBackend(response, outcome);
  else response.writeHead(outcome.status, outcome.headers).end();
}

/** In the form the update hook reads. */
function refusedLines({ refusedPushes }: GitParts, repository: Repository, actor: Actor): string {
  const scripted = refusedPushes.filter((one) => one.repository === repository.id);
  return [
    ...refusedRefs(repository, actor).map(
      ({ ref, forceOnly, message }) => `${forceOnly ? '+' : ''}${ref} ${message}`,
    ),
    ...scripted.map(({ ref, message }) => `${ref} ${message}`),
  ].join('\n');
}
