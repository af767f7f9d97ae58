/**
 * Cuts what the tests need out of GitHub's published description of its API: `node scripts/github-openapi.ts [version]`.
 * Which operations and webhooks is said in `operations.json` beside the result. The package is fetched into a temporary
 * folder, because it is 385 MB unpacked: too much for a dependency.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const packageName = '@octokit/openapi';
const defaultVersion = '23.0.2';
const folder = join(import.meta.dirname, '../test/support/forge/fixtures');

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Node = Record<string, Json>;

interface Wanted {
  readonly operations: readonly string[];
  readonly webhooks: readonly string[];
}

/** Prose and pictures of the description; also what JSON Schema does not know. */
const leftOut = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'title',
  'deprecated',
]);

function main(): void {
  const version = process.argv[2] ?? defaultVersion;
  const wanted = JSON.parse(readFileSync(join(folder, 'operations.json'), 'utf8')) as Wanted;
  const description = download(version);
  const operations = pickOperations(description, wanted.operations);
  const webhooks = pickWebhooks(description, wanted.webhooks);
  const components = referenced(description, [operations, webhooks]);
  writeFileSync(
    join(folder, 'openapi.json'),
    render({ source: `${packageName}@${version} (api.github.com)`, operations, webhooks, components }),
  );
}

function download(version: string): Node {
  const scratch = mkdtempSync(join(tmpdir(), 'github-openapi-'));
  try {
    execFileSync('npm', ['pack', '--silent', `${packageName}@${version}`], { cwd: scratch, stdio: 'pipe' });
    const [archive = ''] = readdirSync(scratch);
    const member = 'package/generated/api.github.com.json';
    execFileSync('tar', ['xzf', archive, member], { cwd: scratch });
    return JSON.parse(readFileSync(join(scratch, member), 'utf8')) as Node;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** By operation id: method, path, parameters, schemas of the body and of the answers, and whether people are notified. */
function pickOperations(description: Node, ids: readonly string[]): Node {
  const found = new Map<string, Node>();
  for (const [path, methods] of Object.entries(node(description.paths))) {
    for (const [method, operation] of Object.entries(node(methods))) {
      const { operationId } = node(operation);
      if (typeof operationId === 'string')
        found.set(operationId, slim(description, method, path, node(operation)));
    }
  }
  return Object.fromEntries(ids.map((id) => [id, known(found, id)]));
}

function slim(description: Node, method: string, path: string, operation: Node): Node {
  const body = operation.requestBody === undefined ? undefined : resolved(description, operation.requestBody);
  const parameters = list(operation.parameters).map((parameter) => resolved(description, parameter));
  const responses = Object.entries(node(operation.responses)).map(([status, response]): [string, Json] => [
    status,
    jsonSchemaOf(resolved(description, response)),
  ]);
  return {
    method: method.toUpperCase(),
    path,
    // What is said of no operation in the description counts as silent.
    notifies: node(operation['x-github'] ?? {}).triggersNotification === true,
    parameters: parameters.map((parameter) => ({
      name: parameter.name ?? '',
      in: parameter.in ?? '',
      required: parameter.required === true,
      schema: toJsonSchema(parameter.schema ?? {}),
    })),
    ...(body === undefined ? {} : { body: { required: body.required === true, schema: jsonSchemaOf(body) } }),
    responses: Object.fromEntries(responses),
  };
}

function pickWebhooks(description: Node, names: readonly string[]): Node {
  const all = node(description['x-webhooks']);
  const schemaOf = (name: string): Json => {
    const post = node(node(known(new Map(Object.entries(all)), name)).post);
    return jsonSchemaOf(node(post.requestBody));
  };
  return Object.fromEntries(names.map((name) => [name, schemaOf(name)]));
}

/** The schema of a JSON body; null when there is none. */
function jsonSchemaOf(content: Node): Json {
  const types = content.content === undefined ? {} : node(content.content);
  const json = types['application/json'] ?? types['application/json+sarif'];
  return json === undefined ? null : toJsonSchema(node(json).schema ?? {});
}

/**
 * OpenAPI 3.0 to JSON Schema: `nullable` becomes a type. `oneOf` becomes `anyOf`, since the alternatives in the description
 * overlap and would refuse GitHub's own answers.
 */
function toJsonSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (schema === null || typeof schema !== 'object') return schema;
  const { nullable, oneOf, properties, enum: values, ...rest } = schema;
  const kept = Object.entries(rest).filter(([key]) => !leftOut.has(key) && !key.startsWith('x-'));
  const result: Node = Object.fromEntries(
    kept.map(([key, value]) => [key, key === 'default' ? value : toJsonSchema(value)]),
  );
  if (oneOf !== undefined) result.anyOf = toJsonSchema(oneOf);
  if (values !== undefined) result.enum = values;
  if (properties !== undefined) {
    const named = Object.entries(node(properties));
    result.properties = Object.fromEntries(named.map(([key, value]) => [key, toJsonSchema(value)]));
  }
  return nullable === true ? orNull(result) : result;
}

function orNull(schema: Node): Node {
  if (typeof schema.type !== 'string' || schema.allOf !== undefined || schema.anyOf !== undefined)
    return Object.keys(schema).length === 0 ? {} : { anyOf: [schema, { type: 'null' }] };
  const values = schema.enum;
  return {
    ...schema,
    type: [schema.type, 'null'],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  };
}

/** The component schemas that are needed, and those they need. */
function referenced(description: Node, roots: readonly Json[]): Node {
  const schemas = node(node(description.components).schemas);
  const found = new Map<string, Json>();
  const queue = roots.flatMap(referencesIn);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    const schema = toJsonSchema(schemas[name] ?? null);
    found.set(name, schema);
    queue.push(...referencesIn(schema));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function referencesIn(value: Json): string[] {
  const names = JSON.stringify(value).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
  return [...new Set([...names].map(([, name = '']) => name))];
}

/** One line for each operation, webhook and schema, so that a newer version can be read as a diff. */
function render(parts: { source: string; operations: Node; webhooks: Node; components: Node }): string {
  const lines = (group: Node): string =>
    Object.entries(group)
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join(',\n');
  return [
    `{"source":${JSON.stringify(parts.source)},`,
    `"operations":{\n${lines(parts.operations)}},`,
    `"webhooks":{\n${lines(parts.webhooks)}},`,
    `"components":{"schemas":{\n${lines(parts.components)}}}}\n`,
  ].join('\n');
}

function resolved(description: Node, value: Json): Node {
  const reference = node(value).$ref;
  if (typeof reference !== 'string') return node(value);
  return node(
    reference
      .slice(2)
      .split('/')
      .reduce<Json>((at, key) => node(at)[key] ?? null, description),
  );
}

function known<T>(all: ReadonlyMap<string, T>, name: string): T {
  const value = all.get(name);
  if (value === undefined) throw new Error(`The description has no ${name}.`);
  return value;
}

function node(value: Json | undefined): Node {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Error('An object was expected.');
  return value;
}

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

main();
