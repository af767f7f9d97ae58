/** Says where a request, an answer or a webhook departs from GitHub's published description. */
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { description, type Operation, type Schema } from './description.ts';

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  // GitHub's own answers hold addresses like "…/labels{/name}" and time zones that are not quite RFC 3339.
  formats: { 'uri-template': true, repo: true, 'repo.nwo': true, int64: true, timestamp: true },
});
formats.default(ajv, ['date-time', 'uri', 'date', 'ipv4', 'ipv6', 'uuid']);
// Bots have addresses like "1+name[bot]@users.noreply.github.com", which are none by the book.
ajv.addFormat('email', /@/);
const coercing = new Ajv({ strict: false, coerceTypes: true });
formats.default(coercing);
ajv.addSchema({ $id: 'github', components: description.components });

const compiled = new WeakMap<Schema, ValidateFunction>();

/** Schemas refer to each other as parts of the description, so each is compiled in its place. */
function compile(schema: Schema): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/');
  const validate = ajv.compile(JSON.parse(text) as Schema);
  compiled.set(schema, validate);
  return validate;
}

/**
 * Where GitHub itself departs from its description: Apps may be subscribed to merge groups, which its list of events
 * lacks, comments whose line is gone have null for it, and nobody has an installation who is both a person and an
 * enterprise, as its list of installations has it.
 */
const behindTheTimes =
  /(performed_via_github_app|app)\/events\/\d+$|^(\/\d+)?\/(line|position)$|^\/\d+\/account$/;

function problems(schema: Schema, value: unknown, what: string): string[] {
  const validate = compile(schema);
  if (validate(value)) return [];
  const errors = (validate.errors ?? []).filter(({ instancePath }) => !behindTheTimes.test(instancePath));
  return errors
    .slice(0, 8)
    .map(
      ({ instancePath, message = '', params }) =>
        `${what}${instancePath} ${message}${'allowedValues' in params ? ` (${JSON.stringify(params.allowedValues)})` : ''}`,
    );
}

export interface ReceivedRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Undefined when there was none. */
  readonly body: unknown;
}

/** What the handlers get: path, query and body in one, with numbers where the description has numbers. */
export type Input = Readonly<Record<string, unknown>>;

/** @returns the values by name, and every departure from the description. Names the description lacks are departures. */
export function readRequest(
  operation: Operation,
  request: ReceivedRequest,
): { input: Input; problems: string[] } {
  const query = Object.fromEntries(request.query);
  const found: string[] = [];
  const input: Record<string, unknown> = {};
  for (const { name, in: place, required, schema } of operation.parameters) {
    if (place === 'header') continue;
    const given = (place === 'path' ? request.path : query)[name];
    if (given === undefined) {
      if (required) found.push(`${place} parameter ${name} is missing`);
      continue;
    }
    const holder = { value: given };
    if (coercing.validate(inOneValue(schema), holder)) input[name] = holder.value;
    else found.push(`${place} parameter ${name}: ${coercing.errorsText()}`);
  }
  const described = new Set(operation.parameters.map(({ name }) => name));
  for (const name of Object.keys(query))
    if (!described.has(name)) found.push(`query parameter ${name} is unknown`);
  found.push(...bodyProblems(operation, request.body));
  const body = isObject(request.body) ? request.body : { body: request.body };
  return { input: { ...request.path, ...body, ...input }, problems: found };
}

function inOneValue(schema: Schema): Schema {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/');
  return { type: 'object', properties: { value: JSON.parse(text) as Schema } };
}

function bodyProblems(operation: Operation, body: unknown): string[] {
  const { body: described } = operation;
  if (described === undefined) {
    const empty = body === undefined || (isObject(body) && Object.keys(body).length === 0);
    return empty ? [] : ['a body was sent, and none is described'];
  }
  if (body === undefined) return described.required ? ['the body is missing'] : [];
  if (described.schema === null) return [];
  return [...problems(described.schema, body, 'body'), ...unknownNames(described.schema, body)];
}

/** GitHub ignores names it does not know; here they are mistakes. */
function unknownNames(schema: Schema, body: unknown): string[] {
  if (!isObject(body)) return [];
  const names = namesOf(schema);
  if (names === undefined) return [];
  return Object.keys(body).flatMap((name) => (names.has(name) ? [] : [`body/${name} is unknown`]));
}

/** Nothing where the schema leaves names open. */
function namesOf(schema: Schema): Set<string> | undefined {
  const names = new Set(isObject(schema.properties) ? Object.keys(schema.properties) : []);
  for (const key of ['anyOf', 'allOf'] as const) {
    const parts = schema[key];
    if (!Array.isArray(parts)) continue;
    for (const part of parts as Schema[]) for (const name of namesOf(part) ?? []) names.add(name);
  }
  return names.size === 0 ? undefined : names;
}

/** What any operation may answer with, described or not: repositories move, tokens end, servers fail. */
const everywhere = new Set([301, 304, 307, 401, 403, 404, 429, 500, 502, 503, 504]);

/** @returns the departures of an answer: a status that is not described, a body that does not fit. */
export function checkAnswer(operation: Operation, status: number, body: unknown): string[] {
  const schema = operation.responses[status];
  if (schema === undefined) return everywhere.has(status) ? [] : [`status ${status} is not described`];
  if (schema === null) return [];
  if (body === undefined) return ['the answer has no body'];
  return problems(schema, body, 'answer');
}

/** @param name as in the description: `pull-request-opened`, `push`. */
export function checkPayload(name: string, payload: unknown): string[] {
  const schema = description.webhooks[name];
  if (schema === undefined) return [`the webhook ${name} is not described`];
  return problems(schema, payload, 'payload');
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
