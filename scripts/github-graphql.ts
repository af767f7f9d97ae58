/**
 * Cuts what the tests need out of GitHub's published GraphQL schema: `node scripts/github-graphql.ts [version]`.
 * `graphql-selection.json`, beside the result, says which fields of which types; inputs and enums come along whole.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Kind,
  parse,
  print,
  visit,
  type ASTNode,
  type DefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';

const packageName = '@octokit/graphql-schema';
const defaultVersion = '15.26.1';
const folder = join(import.meta.dirname, '../test/support/forge/fixtures');

type Selection = Readonly<Record<string, readonly string[]>>;
type Named = Extract<DefinitionNode, { readonly name: { readonly value: string } }>;

function main(): void {
  const version = process.argv[2] ?? defaultVersion;
  const selection = JSON.parse(readFileSync(join(folder, 'graphql-selection.json'), 'utf8')) as Selection;
  const types = typesOf(download(version));
  const chosen = Object.entries(selection).map(([name, fields]) => cut(types, name, fields));
  const all = [...chosen, ...neededBy(chosen, types)].map((type) => print(bare(type)));
  writeFileSync(join(folder, 'schema.graphql'), `# ${packageName}@${version}\n\n${all.join('\n\n')}\n`);
}

function download(version: string): string {
  const scratch = mkdtempSync(join(tmpdir(), 'github-graphql-'));
  try {
    execFileSync('npm', ['pack', '--silent', `${packageName}@${version}`], { cwd: scratch, stdio: 'pipe' });
    const [archive = ''] = readdirSync(scratch);
    execFileSync('tar', ['xzf', archive, 'package/schema.graphql'], { cwd: scratch });
    return readFileSync(join(scratch, 'package/schema.graphql'), 'utf8');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function typesOf(schema: string): Map<string, Named> {
  const named = parse(schema, { noLocation: true }).definitions.filter(
    (definition): definition is Named => 'name' in definition && definition.name !== undefined,
  );
  return new Map(named.map((definition) => [definition.name.value, definition]));
}

/** The type with the chosen fields only, and without its interfaces. */
function cut(
  types: ReadonlyMap<string, Named>,
  name: string,
  wanted: readonly string[],
): ObjectTypeDefinitionNode {
  const type = types.get(name);
  if (type?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error(`The schema has no type ${name}.`);
  const fields = (type.fields ?? []).filter((field) => wanted.includes(field.name.value));
  if (fields.length !== wanted.length) throw new Error(`${name} has not all of ${wanted.join(', ')}.`);
  return { ...type, interfaces: [], fields };
}

/** Inputs, enums and scalars that the chosen types name, and those that these name. */
function neededBy(chosen: readonly Named[], types: ReadonlyMap<string, Named>): Named[] {
  const found = new Map(chosen.map((type) => [type.name.value, type]));
  const queue = chosen.flatMap(namesIn);
  const extra: Named[] = [];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const type = types.get(name);
    if (type === undefined || found.has(name)) continue;
    if (type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION)
      throw new Error(`${name} is needed and not in graphql-selection.json.`);
    found.set(name, type);
    extra.push(type);
    queue.push(...namesIn(type));
  }
  return extra.sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
}

function namesIn(type: ASTNode): string[] {
  const names: string[] = [];
  visit(type, { NamedType: ({ name }) => void names.push(name.value) });
  return names;
}

/** Without prose, and without directives that are GitHub's own. */
function bare(type: ASTNode): ASTNode {
  return visit<ASTNode>(type, {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
    Directive: () => null,
  });
}

main();
