/** GitHub's published description of its API, as far as the App uses it; cut out by scripts/github-openapi.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Schema = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  /** GitHub says that calling it may notify people: such writes count against the limit on content creation. */
  readonly notifies: boolean;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly required: boolean; readonly schema: Schema | null };
  /** By status; null where there is no JSON body. */
  readonly responses: Readonly<Record<string, Schema | null>>;
}

export interface Operation extends DescribedOperation {
  readonly id: string;
  readonly pattern: RegExp;
}

interface Description {
  readonly source: string;
  readonly operations: Readonly<Record<string, DescribedOperation>>;
  readonly webhooks: Readonly<Record<string, Schema>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export const description = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/openapi.json'), 'utf8'),
) as Description;

/** Placeholders that stand for several path segments; in the others a slash ends the value. */
const long = new Set(['path', 'ref', 'branch', 'basehead', 'base', 'head']);

function patternOf(path: string): RegExp {
  const source = path
    .split(/\{([^}]+)\}/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replaceAll(/[.*+?^$()[\]|\\]/g, String.raw`\$&`);
      return `(?<${part}>${long.has(part) ? '.*' : '[^/]+'})`;
    })
    .join('');
  return new RegExp(`^${source}$`);
}

/** Those with more fixed text come first, so that `/pulls/comments` is not the pull request "comments". */
const operations: readonly Operation[] = Object.entries(description.operations)
  .map(([id, operation]) => ({ ...operation, id, pattern: patternOf(operation.path) }))
  .sort((a, b) => fixedLength(b.path) - fixedLength(a.path));

function fixedLength(path: string): number {
  return path.replaceAll(/\{[^}]+\}/g, '').length;
}

export const operationIds: readonly string[] = operations.map(({ id }) => id);

/** @returns the operation a request is for, with the values in its path; nothing when none is described. */
export function matchOperation(
  method: string,
  path: string,
): { operation: Operation; path: Record<string, string> } | undefined {
  for (const operation of operations) {
    if (operation.method !== method) continue;
    const groups = operation.pattern.exec(path)?.groups;
    if (groups === undefined && !operation.pattern.test(path)) continue;
    const values = Object.entries(groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { operation, path: Object.fromEntries(values) as Record<string, string> };
  }
  return undefined;
}
