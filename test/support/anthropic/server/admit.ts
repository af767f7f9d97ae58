/** What the API looks at before it reads what is asked: the key, the version, the beta, the size, the encoding. */
import type { IncomingHttpHeaders } from 'node:http';
import type { World } from '../world.ts';
import { invalid, Refusal } from './refusal.ts';
import type { Route } from './route.ts';

/** @throws {Refusal} as the API does. */
export function admit(world: World, headers: IncomingHttpHeaders, raw: string, route?: Route): void {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (bearer !== world.key && headers['x-api-key'] !== world.key) throw new Refusal(401, 'invalid x-api-key');
  if (headers['anthropic-version'] === undefined) throw invalid('anthropic-version: header is required');
  const said = String(headers['anthropic-beta'] ?? '').split(/,\s*/);
  const needed = route?.betas ?? said;
  if (!needed.some((beta) => said.includes(beta)))
    throw invalid(`this API is in beta: add \`${needed.join('` or `')}\` to the \`anthropic-beta\` header`);
  if (Buffer.byteLength(raw) > world.limits.requestBytes)
    throw new Refusal(413, 'Request exceeds the maximum size');
  if (raw === '') return;
  const body = parsed(raw);
  if (holdsLoneSurrogate(body))
    throw invalid('The request body is not valid JSON: no low surrogate in string');
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    throw invalid('The request body is not valid JSON');
  }
}

/** JavaScript can write half a character into JSON; the API cannot read it. */
function holdsLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => !key.isWellFormed() || holdsLoneSurrogate(inner));
}
