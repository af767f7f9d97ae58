/** Which of two tools a repository has chosen, told by the files that only one of them reads. */
import type { RepositoryFacts } from '../../../core/dream/repository.ts';

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

/** @returns the first file, by path, that shows the one tool in use while none shows the other; undefined when undecided. */
export function chosenTool(
  repository: RepositoryFacts,
  first: string,
  second: string,
): { readonly tool: string; readonly path: string } | undefined {
  const [a, b] = [traceOf(repository, first), traceOf(repository, second)];
  if (a !== undefined && b === undefined && isKnown(second)) return { tool: first, path: a };
  if (b !== undefined && a === undefined && isKnown(first)) return { tool: second, path: b };
  return undefined;
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
