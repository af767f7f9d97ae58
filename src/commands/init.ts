/** `dreamkeeper init`: the config with comments, and what a person should know before the first dream. */
import type { Command } from 'commander';
import { openWorkplace, type Workplace } from '../compose.ts';
import { configPath } from '../core/config.ts';
import { audienceOf, type Load } from '../core/memory/audience.ts';
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
      audience: audienceOf(store, file.path),
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
    return `  ${visible(path).padEnd(width)}  ${much.padEnd(24)}  ${loadText(audience)}`;
  });
}

/** Agents by when they load a file: "claude-code always; codex in docs/". */
function loadText(audience: readonly Load[]): string {
  if (audience.length === 0) return 'nobody loads it: nothing links to it';
  const when = ({ when: kind, where }: Load): string => {
    switch (kind) {
      case 'always':
        return 'always';
      case 'folder':
        return `in ${visible(where)}/`;
      case 'paths':
        return `for ${visible(where)}`;
      case 'demand':
        return 'by link';
    }
  };
  const groups = Map.groupBy(audience, when);
  return [...groups].map(([at, loads]) => `${loads.map(({ agent }) => agent).join(', ')} ${at}`).join('; ');
}
