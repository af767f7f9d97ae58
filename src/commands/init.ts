/** `dreamkeeper init`: the config with comments, and what a person should know before the first dream. */
import type { Command } from 'commander';
import { openWorkplace, type Workplace } from '../compose.ts';
import { configPath } from '../core/config.ts';
import { whoLoads, type FoundMemory } from '../core/review/found-memory.ts';
import { visible } from '../core/review/visible.ts';
import { findMemory, onboardingConfig } from '../onboarding.ts';
import { readWorkingFile, writeWorkingFile } from '../working-tree.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

export function addInit(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'init',
    examples: [['dreamkeeper init'], ['dreamkeeper init --repo ~/code/shop']],
  }).action(async (options: CommonOptions) => {
    const workplace = await openWorkplace(options.repo, shell.settings);
    const memory = await findMemory(workplace.repository, workplace.config);
    const written = await writeConfig(workplace, memory);
    answer(shell, options, { config: configPath, written, memory }, () => text(memory, written, workplace));
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

function text(
  memory: readonly FoundMemory[],
  written: boolean,
  { repository: { site }, config }: Workplace,
): string {
  const { sessions, after, apart } = config.dream;
  return [
    configText(written, site.workTree !== undefined),
    '',
    memory.length === 0
      ? 'No memory was found in the last commit. A dream starts one when there is something to remember.'
      : `Memory in the last commit, and who loads it:`,
    ...memoryTable(memory),
    '',
    'What will happen:',
    '  Transcripts you hand in are redacted and kept on the branch "dreamkeeper", which is never merged.',
    `  A dream is due after ${sessions} new sessions or ${after} h, at least ${apart} h apart; it proposes on a branch "dream/…".`,
    '  Memory changes only when you accept.',
    '',
    'Next:',
    '  dreamkeeper ingest <folder with transcripts>',
    '  dreamkeeper dream',
  ].join('\n');
}

function configText(written: boolean, hasWorkTree: boolean): string {
  if (written) return `Wrote ${configPath}. Read it, change what you like, commit it.`;
  return hasWorkTree
    ? `${configPath} is there already and stays as it is.`
    : `This repository has no working tree to write ${configPath} into.`;
}

function memoryTable(memory: readonly FoundMemory[]): string[] {
  const width = Math.max(0, ...memory.map(({ path }) => visible(path).length));
  return memory.map(({ path, entries, tokens: size, audience }) => {
    const much = `${entries} ${entries === 1 ? 'entry' : 'entries'}, ${size} tokens`;
    return `  ${visible(path).padEnd(width)}  ${much.padEnd(24)}  ${whoLoads(audience, visible)}`;
  });
}
