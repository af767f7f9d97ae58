/** What answers one operation. */
import type { FalseAnswer } from '../../forge/server/faults.ts';
import type { World } from '../world.ts';
import type { Manner } from './faults.ts';

export interface Call {
  readonly world: World;
  /** What the path names. */
  readonly at: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface ServerEvent {
  readonly type: string;
}

export interface Answer extends FalseAnswer {
  /** Instead of a body: a stream of events, or lines of JSON. */
  readonly events?: readonly ServerEvent[];
  readonly lines?: readonly unknown[];
  /** How it goes out, when not whole and at once. */
  readonly manner?: Manner;
}

export interface Route {
  /** As the SDK names it. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/dreams/:dream`. */
  readonly path: string;
  /** One of which `anthropic-beta` must contain. */
  readonly betas?: readonly string[];
  readonly answer: (call: Call) => Answer | Promise<Answer>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** @returns the route of a request, with what its path names; undefined when there is none. */
export function routeOf(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; at: Readonly<Record<string, string>> } | undefined {
  for (const route of routes) {
    const at = route.method === method ? matched(route.path, path) : undefined;
    if (at !== undefined) return { route, at };
  }
  return undefined;
}

function matched(pattern: string, path: string): Record<string, string> | undefined {
  const names = pattern.split('/');
  const parts = path.split('/');
  if (names.length !== parts.length) return undefined;
  const at: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const part = decodeURIComponent(parts[index] ?? '');
    if (name.startsWith(':')) at[name.slice(1)] = part;
    else if (name !== part) return undefined;
  }
  return at;
}
