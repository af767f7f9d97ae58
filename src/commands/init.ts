/** `dreamkeeper init`: the config with comments, and what a person should know before the first dream. */
import type { Command } from 'commander';
import { openWorkplace, type Workplace } from '../compose.ts';
import { configPath } from '../core/config.ts';
import { audienceOf } from '../core/memory/audience.ts';
import { memoryMatcher } from '../core/memory/memory-paths.ts';
import { parseStore } from '../core/memory/parse.ts';
import { visible } from '../core/review/visible.ts';
import { tokens } from '../core/text/tokens.ts';
import { onboardingConfig, type FoundMemory } from '../onboarding.ts';
import { readWorkingFile, writeWorkingFile } from '../working-tree.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

export function addInit(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'init',
    about: `Write ${configPath} with comments, and say what memory was found. Never overwrites.`,
    examples: [['dreamkeeper init'], ['dreamkeeper init --repo ~/code/shop']],
  }).action(async (options: CommonOptions) => {
    const workplace = await openWorkplace(options.repo, shell.settings);
    const memory = await findMemory(workplace);
    const written = await writeConfig(workplace, memory);
    answer(shell, options, { config: configPath, written, memory }, () => text(memory, written, workplace));
  });
}

async function findMemory({ repository, config }: Workplace): Promise<FoundMemory[]> {
  const head = await repository.resolve('HEAD');
  const files = head === undefined ? [] : await repository.readFiles(head, memoryMatcher(config.memory));
  const store = parseStore(files);
  return store.files.map((file) => {
    return {
      path: file.path,
      entries: file.entries.filter(({ kind }) => kind !== 'lead-in').length,
      tokens: tokens(file.text),
      audience: audienceOf(file.path, store),
    };
  });
}

/** @returns false when the file was there, or there is no working tree to write it into. */
async function writeConfig(
  { repository: { site } }: Workplace,
  memory: readonly FoundMemory[],
): Promise<boolean> {
  if (site.workTree === undefined) return false;
  if ((await readWorkingFile(site.workTree, configPath)) !== undefined) return false;
  await writeWorkingFile(site.workTree, configPath, onboardingConfig(memory));
  return true;
}
