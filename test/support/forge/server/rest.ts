/** Answers REST requests: description, caller, faults, permission, handler, description again. */
import { checkAnswer, readRequest, type Input } from '../openapi/conformance.ts';
import { matchOperation, type Operation } from '../openapi/description.ts';
import type { Actor } from '../state/account.ts';
import { fullName, type Repository } from '../state/repository.ts';
import { findRepository, sha256 } from '../state/state.ts';
import type { World } from '../world.ts';
import { accountOf, authenticate } from './authenticate.ts';
import { authorize, authorizeGlobal, canSee } from './authorize.ts';
import { underFault, type Faults, type Outcome } from './faults.ts';
import { notFound, Refusal, type Answer, type GlobalHandlers, type RepositoryHandlers } from './handler.ts';
import { paged } from './paging.ts';
import { rateHeaders, type RateLimits } from './rate-limit.ts';
import type { Journal, RecordedRequest } from './record.ts';
import type { Serially } from './serially.ts';

export interface RestRequest {
  readonly method: string;
  /** The whole address. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

export interface RestParts {
  readonly world: World;
  readonly global: GlobalHandlers;
  readonly ofRepository: RepositoryHandlers;
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly journal: Journal;
  readonly serially: Serially;
  /** Runs after each write: what it may have made possible. */
  readonly afterwards: (repository: Repository) => Promise<void>;
}

export async function answerRest(parts: RestParts, request: RestRequest): Promise<Outcome<Answer>> {
  const { world, journal, faults } = parts;
  const path = currentPath(world, request.url.pathname.slice('/api/v3'.length));
  const match = matchOperation(request.method, path);
  if (match === undefined) {
    journal.violations.push(
      `${request.method} ${path}: this operation is not in the description's part that is kept`,
    );
    return refused(world, notFound());
  }
  const { operation } = match;
  const record = recordOf(operation, request);
  journal.requests.push(record);
  const outcome = await underFault(faults.next(record), async () => {
    const answer = await conformingAnswer(parts, operation, match.path, request, record);
    record.status = answer.status;
    return answer;
  });
  if (typeof outcome !== 'string') record.status = outcome.status;
  return outcome;
}

function recordOf(operation: Operation, { method, url, body, headers }: RestRequest): RecordedRequest {
  const token = headers.authorization;
  return {
    operation: operation.id,
    method,
    path: url.pathname.slice('/api/v3'.length) + url.search,
    by: token === undefined ? 'anonymous' : 'person',
    ...(body === undefined ? {} : { body }),
    status: 0,
    notifies: operation.notifies,
    points: method === 'GET' ? 1 : 5,
  };
}

async function conformingAnswer(
  parts: RestParts,
  operation: Operation,
  path: Readonly<Record<string, string>>,
  request: RestRequest,
  record: RecordedRequest,
): Promise<Answer> {
  const { world, journal, limits } = parts;
  const name = `${operation.method} ${operation.path} (${operation.id})`;
  let actor: Actor = { kind: 'anonymous' };
  let answer: Answer;
  try {
    actor = authenticate(world, request.headers.authorization);
    record.by = actor.kind;
    limits.count(actor, record);
    const { input, problems } = readRequest(operation, {
      path,
      query: request.url.searchParams,
      body: request.body,
    });
    journal.violations.push(...problems.map((problem) => `request ${name}: ${problem}`));
    if (problems.length > 0) throw new Refusal(422, `Invalid request.\n\n${problems.join('\n')}`);
    answer = await paged(await handle(parts, operation, actor, input, request), request.url);
  } catch (error) {
    answer = refused(world, error instanceof Refusal ? error : crash(journal, name, error));
  }
  const problems = checkAnswer(operation, answer.status, answer.body);
  journal.violations.push(...problems.map((problem) => `answer ${answer.status} to ${name}: ${problem}`));
  const headers = { ...rateHeaders(limits.of(actor)), ...answer.headers };
  return unchanged({ ...answer, headers }, request);
}

function crash(journal: Journal, name: string, error: unknown): Refusal {
  journal.violations.push(
    `the stand-in failed at ${name}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
  );
  return new Refusal(500, 'Server Error');
}

async function handle(
  { world, global, ofRepository, serially, afterwards }: RestParts,
  operation: Operation,
  actor: Actor,
  input: Input,
  request: RestRequest,
): Promise<Answer> {
  const plain = global[operation.id];
  const writes = operation.method !== 'GET';
  if (plain !== undefined) {
    authorizeGlobal(actor, plain);
    const work = async (): Promise<Answer> => plain.answer({ world, actor, input });
    return writes ? serially(work) : work();
  }
  const handler = ofRepository[operation.id];
  if (handler === undefined) throw new Error(`The stand-in does not answer ${operation.id} yet.`);
  const work = async (): Promise<Answer> => {
    const repository = findRepository(world.state, String(input.owner), String(input.repo));
    if (repository === undefined || !canSee(actor, repository)) throw notFound();
    if (isFormerName(repository, input)) return moved(world, repository, request);
    authorize(actor, repository, handler);
    const account = actor.kind === 'anonymous' ? repository.owner : accountOf(world, actor);
    const answer = await handler.answer({ world, actor, input, repository, account });
    if (writes) await afterwards(repository);
    return answer;
  };
  // A poll of a merge moves branches, too.
  return writes || operation.id === 'pulls/get-merge-async-result' ? serially(work) : work();
}

function isFormerName(repository: Repository, input: Input): boolean {
  return `${String(input.owner)}/${String(input.repo)}`.toLowerCase() !== fullName(repository).toLowerCase();
}

function moved(world: World, repository: Repository, { method, url }: RestRequest): Answer {
  const rest = url.pathname.split('/').slice(6).join('/');
  const location = `${world.api}/repositories/${repository.id}${rest === '' ? '' : `/${rest}`}${url.search}`;
  const message = method === 'GET' ? 'Moved Permanently' : 'Temporary Redirect';
  return {
    status: method === 'GET' ? 301 : 307,
    headers: { location },
    body: { message, url: location, documentation_url: '' },
  };
}

/** `/repositories/<id>` is what renamed repositories are redirected to. */
function currentPath(world: World, path: string): string {
  const [, id, rest = ''] = /^\/repositories\/(\d+)(.*)$/.exec(path) ?? [];
  const repository = id === undefined ? undefined : world.state.repositories.get(Number(id));
  return repository === undefined ? path : `/repos/${fullName(repository)}${rest}`;
}

function refused(world: World, refusal: Refusal): Answer {
  const { status, message, errors, headers } = refusal;
  const documentation = world.enterprise ? 'enterprise-server@3.19/rest' : 'rest';
  return {
    status,
    headers,
    body: {
      message,
      ...(errors === undefined ? {} : { errors }),
      documentation_url: `https://docs.github.com/${documentation}`,
      status: String(status),
    },
  };
}

/** 304 for who has it already. */
function unchanged(answer: Answer, { method, headers }: RestRequest): Answer {
  if (method !== 'GET' || answer.status !== 200) return answer;
  const etag = `"${sha256(JSON.stringify(answer.body))}"`;
  if (headers['if-none-match']?.replace(/^W\//, '') === etag)
    return { status: 304, headers: { ...answer.headers, etag } };
  return { ...answer, headers: { ...answer.headers, etag } };
}
