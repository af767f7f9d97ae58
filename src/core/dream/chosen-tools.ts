/** Which of two tools a repository has chosen, told by the files that only one of them reads. */
import { readClaim } from '../text/claim/claim.ts';
import { without } from '../text/claim/word-sets.ts';
import { chosenAlternatives } from '../text/specifics.ts';
import { stems } from '../text/words.ts';
import type { RepositoryFacts } from './repository.ts';

/** Names of lock and config files by tool, from the documentation of each; a trailing `*` stands for any ending. */
const traces: Readonly<Record<string, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  pnpm: ['pnpm-lock.yaml', 'pnpm-workspace.yaml'],
  yarn: ['yarn.lock', '.yarnrc.yml'],
  bun: ['bun.lock', 'bun.lockb'],
  deno: ['deno.lock', 'deno.json', 'deno.jsonc'],
  pip: ['requirements.txt'],
  poetry: ['poetry.lock'],
  uv: ['uv.lock'],
  pipenv: ['Pipfile.lock'],
  jest: ['jest.config.*'],
  vitest: ['vitest.config.*'],
  mocha: ['.mocharc.*'],
  ava: ['ava.config.*'],
  eslint: ['eslint.config.*', '.eslintrc*'],
  biome: ['biome.json', 'biome.jsonc'],
  tslint: ['tslint.json'],
  oxlint: ['.oxlintrc.json'],
  prettier: ['.prettierrc*', 'prettier.config.*'],
  dprint: ['dprint.json'],
  webpack: ['webpack.config.*'],
  vite: ['vite.config.*'],
  rollup: ['rollup.config.*'],
  cypress: ['cypress.config.*'],
  playwright: ['playwright.config.*'],
  maven: ['pom.xml'],
  gradle: ['build.gradle', 'build.gradle.kts', 'settings.gradle*'],
  jenkins: ['Jenkinsfile'],
  circleci: ['.circleci/config.yml'],
  travis: ['.travis.yml'],
  prisma: ['schema.prisma'],
  drizzle: ['drizzle.config.*'],
};

/** Tools that write their lock file at each install: it shows use, where a config may be left over. */
const installers: ReadonlySet<string> = new Set('npm pnpm yarn bun deno poetry uv pipenv'.split(' '));
/** What is said of a whole repository. A note with any other word is about a part of it, where another tool may hold. */
const ofTheWhole: ReadonlySet<string> = new Set(
  stems(
    'install installs installing package packages dependency dependencies library node module manage manager tool project',
  ),
);

export interface Trace {
  readonly tool: string;
  readonly path: string;
}

/** @returns the first file, by path, that shows the one tool in use while none shows the other; undefined when undecided. */
export function chosenTool(repository: RepositoryFacts, first: string, second: string): Trace | undefined {
  const [a, b] = [traceOf(repository, first), traceOf(repository, second)];
  if (a !== undefined && b === undefined && isKnown(second)) return { tool: first, path: a };
  if (b !== undefined && a === undefined && isKnown(first)) return { tool: second, path: b };
  return undefined;
}

/**
 * The lock file that settles which of two installers a repository uses, where both notes speak of the repository as a
 * whole and of nothing else. Of a part, of a test or of a service it proves nothing: that is for a person to say.
 */
export function settlingTrace(repository: RepositoryFacts, a: string, b: string): Trace | undefined {
  const [choice, ...more] = chosenAlternatives(a, b);
  if (choice === undefined || more.length > 0) return undefined;
  const tools = [choice.a.value, choice.b.value];
  const said = [a, b].map((text) => readClaim(text).strong);
  const others = said.flatMap((strong) => without(strong, new Set([...tools, ...ofTheWhole])));
  if (others.length > 0 || !tools.every((tool) => installers.has(tool))) return undefined;
  return chosenTool(repository, choice.a.value, choice.b.value);
}

function isKnown(tool: string): boolean {
  return Object.hasOwn(traces, tool);
}

function traceOf({ paths }: RepositoryFacts, tool: string): string | undefined {
  const names = isKnown(tool) ? (traces[tool] ?? []) : [];
  const found = [...paths].filter((path) => names.some((name) => isNamed(path, name)));
  return found.sort()[0];
}

function isNamed(path: string, name: string): boolean {
  if (name.endsWith('*')) return path.slice(path.lastIndexOf('/') + 1).startsWith(name.slice(0, -1));
  return path === name || path.endsWith(`/${name}`);
}
