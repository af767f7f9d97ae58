/** What all verbs share: where they work, how they answer. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { jsonText } from './json-text.ts';
import type { Settings } from '../settings.ts';
import type { Terminal } from './terminal.ts';
import { verbs, type VerbName } from './verbs.ts';

/** What the process gives to a verb. */
export interface Shell {
  readonly settings: Settings;
  readonly terminal: Terminal;
  /** The folder the command was started in. */
  readonly cwd: string;
  /** How the person can call the command again from here. */
  readonly self: string;
  /** ISO 8601 in UTC. */
  readonly now: () => string;
  /** Aborted when the person presses Ctrl-C. */
  readonly signal: AbortSignal;
  /** The exit code for an answer that is no error and still no success. */
  readonly fail: () => void;
}

/** Options that every verb has. */
export interface CommonOptions {
  readonly repo: string;
  readonly json?: true;
}

export interface VerbText {
  readonly name: VerbName;
  /** Whole command lines, with what they do where that is not plain. */
  readonly examples: readonly (readonly [line: string, meaning?: string])[];
  /** It works on no single repository, so it has no `--repo`. */
  readonly anywhere?: true;
}

/** Adds a verb with the options that all have; its arguments and own options are added by its file. */
export function addVerb(program: Command, shell: Shell, text: VerbText): Command {
  const width = Math.max(...text.examples.map(([line]) => line.length));
  const examples = text.examples.map(([line, meaning]) =>
    meaning === undefined ? `  $ ${line}` : `  $ ${line.padEnd(width)}  # ${meaning}`,
  );
  const verb = program.command(text.name).description(verbs[text.name]);
  if (text.anywhere !== true)
    verb.addOption(
      new Option('--repo <dir>', 'the memory repository').default(
        shell.cwd,
        'the repository around the current folder',
      ),
    );
  return verb
    .option('--json', 'answer with JSON')
    .addHelpText('after', `\nExamples:\n${examples.join('\n')}`);
}

/** Prints an answer: the value as JSON, or the text a person reads. */
export function answer(shell: Shell, options: CommonOptions, value: unknown, text: () => string): void {
  shell.terminal.print(options.json === true ? jsonText(value) : text());
}

/** For options and arguments that are proposal numbers or amounts. */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}

/** For several numbers: `3`, `1,2`, `4-6`. */
export function numbers(text: string, previous: readonly number[] = []): readonly number[] {
  const found = text
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [from = '', to = from] = part.split('-');
      const [first, last] = [positiveInteger(from), positiveInteger(to)];
      if (last < first || last - first > 100) throw new InvalidArgumentError('A range goes up, as in 2-4.');
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
  if (found.length === 0) throw new InvalidArgumentError('It must be a number.');
  return [...new Set([...previous, ...found])].sort((a, b) => a - b);
}

/** For `--now`: an ISO 8601 time or date; UTC where it names no zone. */
export function time(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
  const [, date, clock = '00:00', zone = 'Z'] = match ?? [];
  const parsed = new Date(`${date ?? ''}T${clock}${zone}`);
  if (Number.isNaN(parsed.getTime()))
    throw new InvalidArgumentError('It must be a time like 2026-11-20T09:00:00Z.');
  return parsed.toISOString();
}
