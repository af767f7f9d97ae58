/** First contact: the config a repository starts with, and what a person should know before the first dream. */
import { readFileSync } from 'node:fs';
import type { Audience } from './core/memory/audience.ts';

export interface FoundMemory {
  readonly path: string;
  readonly entries: number;
  readonly tokens: number;
  readonly audience: Audience;
}

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
