/** Whether what `deploy/` starts is what this version understands. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { addServe } from '../../src/commands/serve.ts';
import type { Shell } from '../../src/commands/verb.ts';

export const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

export function imageTag(image: string): string | undefined {
  return /^ghcr\.io\/dreamkeeper\/dreamkeeper:(.+)$/.exec(image)?.[1];
}

/** @param args what follows the command, `serve` first. @returns what it does not know, and what it lacks. */
export function unknownOptions([verb, ...options]: readonly string[]): readonly string[] {
  const program = new Command().exitOverride();
  // Nothing is run, so nothing is asked of it.
  addServe(program, {} as Shell);
  const command = program.commands.find((each) => each.name() === verb);
  if (command === undefined) return [`verb ${verb ?? ''}`];
  const { operands, unknown } = command.parseOptions([...options]);
  const missing = command.options
    .filter((option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined)
    .map((option) => `without ${option.long ?? option.flags}`);
  return [...operands, ...unknown, ...missing];
}
