/** First contact: the config a repository starts with, and what memory there is already. */
import { readFileSync } from 'node:fs';
import type { Config } from './core/config.ts';
import type { Repository } from './core/dream/repository.ts';
import { audienceOf } from './core/memory/audience.ts';
import { memoryMatcher } from './core/memory/memory-paths.ts';
import { parseStore } from './core/memory/parse.ts';
import type { FoundMemory } from './core/review/found-memory.ts';
import { tokens } from './core/text/tokens.ts';

const template = new URL('onboarding.yml', import.meta.url);

/** @returns the text of .github/dreamkeeper.yml, with comments; says the same as no file at all. */
export function onboardingConfig(found: readonly FoundMemory[]): string {
  const list = found.length === 0 ? ['#   nothing yet'] : found.map(({ path }) => `#   ${oneLine(path)}`);
  return readFileSync(template, 'utf8').replace('{found}', () => list.join('\n'));
}

/** A file name may hold a line break, and what follows it would no longer be a comment. */
function oneLine(path: string): string {
  return JSON.stringify(path).slice(1, -1);
}

/** The memory of the last commit, by path. */
export async function findMemory(
  repository: Repository,
  { memory }: Pick<Config, 'memory'>,
): Promise<readonly FoundMemory[]> {
  const head = await repository.resolve('HEAD');
  const files = head === undefined ? [] : await repository.readFiles(head, memoryMatcher(memory));
  const store = parseStore(files);
  return store.files.map((file) => ({
    path: file.path,
    entries: file.entries.filter(({ kind }) => kind !== 'lead-in').length,
    tokens: tokens(file.text),
    audience: audienceOf(store, file.path),
  }));
}
