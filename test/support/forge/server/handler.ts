/** What answers one operation: what it needs of the caller, and what it does. */
import type { Account, Actor, Role } from '../state/account.ts';
import { isPull, type Issue, type PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import type { Document, World } from '../world.ts';

export interface Call {
  readonly world: World;
  readonly actor: Actor;
  /** Path, query and body in one; fits the description. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** A call on a repository that the caller can see, with the permission that is needed. */
export interface RepositoryCall extends Call {
  readonly repository: Repository;
  /** Who writes: the person, or the App's bot. */
  readonly account: Account;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of a body: what is shown a page at a time, under `key` with `total_count`, or alone. */
  readonly list?: { readonly items: readonly unknown[]; readonly show: Show; readonly key?: string };
}

type Show = (item: never) => Document | Promise<Document>;

/** `contents:write`, as GitHub names what an App may do. */
export type Permission = `${string}:${'read' | 'write'}`;

export interface RepositoryHandler {
  /** An App needs one of these. */
  readonly needs: readonly [Permission, ...Permission[]];
  /** A person needs this role; without it, `read` or `write` as the permission says. */
  readonly role?: Role;
  readonly answer: (call: RepositoryCall) => Answer | Promise<Answer>;
}

export interface GlobalHandler {
  /** Who may call: the App as itself, an installation, a signed-in person or installation, everybody. */
  readonly by: 'app' | 'installation' | 'somebody' | 'anybody';
  readonly answer: (call: Call) => Answer | Promise<Answer>;
}

export type RepositoryHandlers = Readonly<Record<string, RepositoryHandler>>;
export type GlobalHandlers = Readonly<Record<string, GlobalHandler>>;

/** An answer that is an error, in GitHub's words. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly Document[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, errors?: readonly Document[], headers = {}) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const nothing: Answer = { status: 204 };

export function listed<T>(
  items: Iterable<T>,
  show: (item: T) => Document | Promise<Document>,
  key?: string,
): Answer {
  return { status: 200, list: { items: [...items], show, ...(key === undefined ? {} : { key }) } };
}

export const notFound = (): Refusal => new Refusal(404, 'Not Found');

/** @throws {Refusal} 422 in the form GitHub gives it. */
export function invalid(message: string, resource?: string, field?: string): Refusal {
  if (resource === undefined) return new Refusal(422, message);
  return new Refusal(422, 'Validation Failed', [{ resource, code: 'custom', field: field ?? '', message }]);
}

export function text(input: Call['input'], name: string): string {
  const value = input[name];
  if (typeof value !== 'string') throw invalid(`Invalid request.\n\n"${name}" wasn't supplied.`);
  return value;
}

export function optionalText(input: Call['input'], name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

export function integer(input: Call['input'], name: string): number {
  const value = input[name];
  if (typeof value !== 'number') throw invalid(`Invalid request.\n\n"${name}" wasn't supplied.`);
  return value;
}

export function optionalInteger(input: Call['input'], name: string): number | undefined {
  const value = input[name];
  return typeof value === 'number' ? value : undefined;
}

/** The thing under an id. @throws {Refusal} 404 */
export function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound();
  return value;
}

export function issueOf({ repository, input }: RepositoryCall): Issue {
  return found(repository.issues.get(integer(input, 'issue_number')));
}

export function pullOf({ repository, input }: RepositoryCall): PullIssue {
  const issue = found(repository.issues.get(integer(input, 'pull_number')));
  if (!isPull(issue)) throw notFound();
  return issue;
}
