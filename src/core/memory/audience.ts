/** Which agents load a file, and when (DESIGN section 4). */
import { parse as parseYaml } from 'yaml';
import type { MemoryFile, Store } from './entry.ts';
import { isIndex } from './index-file.ts';
import { folderOf, resolved } from './paths.ts';
import { scopeOf } from './scope.ts';

export interface Load {
  readonly agent: 'claude-code' | 'codex' | 'gemini-cli' | 'copilot' | 'cursor' | 'any';
  /** folder: when work is in `where`; paths: for files that match `where`; demand: when the agent follows a link. */
  readonly when: 'always' | 'folder' | 'paths' | 'demand';
  /** The folder, the patterns separated by commas, or the file of a skill; empty for the others. */
  readonly where: string;
}

/** Sorted; empty when nothing that is loaded leads to the file. */
export type Audience = readonly Load[];

/** Imports of imports are followed this far, as Claude Code does. */
const importHops = 5;
// The graph of a store is asked for once per entry; a store never changes.
const graphs = new WeakMap<Store, ReadonlyMap<string, Audience>>();

/** Who loads a file of the store. */
export function audienceOf(store: Store, path: string): Audience {
  const graph = graphs.get(store) ?? audiences(store);
  graphs.set(store, graph);
  return graph.get(path) ?? byHost({ path, text: '', entries: [], headings: [] });
}

/** Whether two files are read by the same agents under the same conditions, and belong to the same scope. */
export function sameAudience(store: Store, a: string, b: string): boolean {
  return a === b || (keyOf(audienceOf(store, a)) === keyOf(audienceOf(store, b)) && sameScope(a, b));
}

/** Whether some agent has the file in its context from the start, wherever it works. */
export function alwaysLoaded(store: Store, path: string): boolean {
  return audienceOf(store, path).some(({ when }) => when === 'always');
}

function sameScope(a: string, b: string): boolean {
  const [first, second] = [scopeOf(a), scopeOf(b)];
  return first.kind === second.kind && first.name === second.name;
}

function keyOf(audience: Audience): string {
  return audience.map(({ agent, when, where }) => `${agent} ${when} ${where}`).join('\n');
}

function audiences(store: Store): ReadonlyMap<string, Audience> {
  const files = new Map(store.files.map((file) => [file.path, file]));
  const loads = new Map(
    store.files.map((file) => [file.path, new Map(byHost(file).map((load) => [keyOf([load]), load]))]),
  );
  let edge = store.files.filter((file) => (loads.get(file.path)?.size ?? 0) > 0);
  for (let hop = 0; hop < importHops && edge.length > 0; hop += 1)
    edge = spread(edge, importsOf, (load) => load, files, loads);
  // What is linked is read when the agent follows the link, however long the way.
  edge = store.files.filter((file) => (loads.get(file.path)?.size ?? 0) > 0);
  while (edge.length > 0) {
    edge = spread(
      edge,
      (file) => linksOf(file, files),
      ({ agent }) => ({ agent, when: 'demand', where: '' }),
      files,
      loads,
    );
  }
  return new Map(
    [...loads].map(([path, map]) => [
      path,
      [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, load]) => load),
    ]),
  );
}

/** Passes loads on to the files that some files name. @returns those that got new ones. */
function spread(
  from: readonly MemoryFile[],
  targets: (file: MemoryFile) => readonly string[],
  passed: (load: Load) => Load,
  files: ReadonlyMap<string, MemoryFile>,
  loads: ReadonlyMap<string, Map<string, Load>>,
): MemoryFile[] {
  const changed = new Set<MemoryFile>();
  for (const file of from) {
    for (const target of targets(file)) {
      const [of, to] = [loads.get(target), files.get(target)];
      for (const load of loads.get(file.path)?.values() ?? []) {
        const next = passed(load);
        const covered =
          of === undefined ||
          of.has(keyOf([next])) ||
          (next.when === 'demand' && [...of.values()].some(({ agent }) => agent === next.agent));
        if (covered || to === undefined) continue;
        of.set(keyOf([next]), next);
        changed.add(to);
      }
    }
  }
  return [...changed];
}

/** What hosts load by its name. */
function byHost({ path, text }: MemoryFile): Load[] {
  const name = path.split('/').at(-1) ?? path;
  const folder = folderOf(path).replace(/(?:^|\/)\.claude$/, '');
  const inFolder = (agent: Load['agent']): Load[] => [
    folder === '' ? { agent, when: 'always', where: '' } : { agent, when: 'folder', where: folder },
  ];
  if (/^CLAUDE(?:\.local)?\.md$/.test(name)) return inFolder('claude-code');
  if (/^AGENTS(?:\.override)?\.md$/i.test(name)) return inFolder('codex');
  if (name === 'GEMINI.md') return inFolder('gemini-cli');
  if (/(?:^|\/)\.claude\/rules\//.test(path))
    return forPaths('claude-code', frontMatter(text).paths, 'always');
  if (path === '.github/copilot-instructions.md') return [{ agent: 'copilot', when: 'always', where: '' }];
  if (/^\.github\/instructions\/.*\.instructions\.md$/.test(path))
    return forPaths('copilot', frontMatter(text).applyTo, 'demand');
  if (/(?:^|\/)\.cursor\/rules\/.*\.mdc$/.test(path)) {
    const { alwaysApply, globs } = frontMatter(text);
    return alwaysApply === true
      ? [{ agent: 'cursor', when: 'always', where: '' }]
      : forPaths('cursor', globs, 'demand');
  }
  const part = /(?:^|\/)\.(\w+)\/(?:agents|commands|skills|prompts|workflows|chatmodes)\//.exec(path)?.[1];
  // A sub-agent, command or skill is read when it is called, each by itself.
  if (part !== undefined) return [{ agent: hosts[part] ?? 'any', when: 'demand', where: path }];
  return isIndex(path) ? [{ agent: 'any', when: 'always', where: '' }] : [];
}

const hosts: Readonly<Record<string, Load['agent']>> = {
  claude: 'claude-code',
  codex: 'codex',
  gemini: 'gemini-cli',
  github: 'copilot',
  cursor: 'cursor',
};

function forPaths(agent: Load['agent'], patterns: unknown, otherwise: 'always' | 'demand'): Load[] {
  const list = (Array.isArray(patterns) ? patterns : typeof patterns === 'string' ? patterns.split(',') : [])
    .filter((pattern): pattern is string => typeof pattern === 'string')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
    .sort();
  if (list.length === 0) return [{ agent, when: otherwise, where: '' }];
  if (list.some((pattern) => pattern === '**' || pattern === '**/*' || pattern === '*'))
    return [{ agent, when: 'always', where: '' }];
  return [{ agent, when: 'paths', where: list.join(',') }];
}

function frontMatter(text: string): Readonly<Record<string, unknown>> {
  const source = /^\ufeff?---[ \t]*\r?\n([\s\S]{0,20000}?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text)?.[1];
  if (source === undefined) return {};
  try {
    const value: unknown = parseYaml(source, { maxAliasCount: 10 });
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    // Cursor's globs (`globs: *.ts`) are not valid YAML: read plain `key: value` lines.
    return Object.fromEntries(
      [...source.matchAll(/^(\w+):[ \t]*(.+?)[ \t]*\r?$/gm)].map(([, key = '', value = '']) => [
        key,
        value === 'true' ? true : value,
      ]),
    );
  }
}

/** Files that `@path` draws in, outside code. */
function importsOf({ path, text }: MemoryFile): string[] {
  const prose = withoutCode(text);
  return [...prose.matchAll(/(?:^|\s)@((?:\.{0,2}\/)?[\w.-][^\s,;:!?()]*)/gm)]
    .map((match) => resolved(folderOf(path), (match[1] ?? '').replace(/\.$/, '')))
    .filter((target) => target !== undefined);
}

/** Memory files that a file points to: links, wiki links, and paths written out. */
function linksOf({ path, text }: MemoryFile, files: ReadonlyMap<string, MemoryFile>): string[] {
  const named = [
    ...text.matchAll(/\]\(\s*<?([^\s)>#]+)|\[\[([^\][|#]+)|(?<![\w./-])([\w./-]{1,300}\.mdc?)\b/g),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
  const folder = folderOf(path);
  return [...new Set(named)]
    .flatMap((link) => [resolved(folder, link), resolved('', link), resolved(folder, `${link}.md`)])
    .filter((target): target is string => target !== undefined && target !== path && files.has(target));
}

function withoutCode(text: string): string {
  return text
    .replace(/^[ \t]*(`{3,}|~{3,})[\s\S]*?(?:^[ \t]*\1|$(?![\s\S]))/gm, '')
    .replace(/`[^`\n]*`/g, '');
}
