/** How errors end the command: what happened, what to do, and the exit code. The only place that decides it. */
import { CommanderError } from 'commander';
import { DreamkeeperError } from '../core/error.ts';
import { visible } from '../core/review/visible.ts';
import type { TerminalStyle } from '../core/review/terminal.ts';
import { jsonText } from './json-text.ts';

export interface Failure {
  /** 1 failed, 2 wrong usage. */
  readonly exitCode: 1 | 2;
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

/** @returns undefined for what is no failure: help and version were shown. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof CommanderError) return ofCommander(error);
  if (error instanceof DreamkeeperError) {
    return {
      exitCode: error.code === 'usage' ? 2 : 1,
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    exitCode: 1,
    code: 'unexpected',
    message,
    remedy:
      'This is a defect. Please report it with the command you ran; DREAMKEEPER_DEBUG=1 shows where it happened.',
  };
}

function ofCommander(error: CommanderError): Failure | undefined {
  if (error.exitCode === 0) return undefined;
  const [message = '', ...hints] = error.message.replace(/^error: /, '').split('\n');
  // Commander shows the whole help when no verb is given.
  if (error.code === 'commander.help')
    return { exitCode: 2, code: 'usage', message: 'no verb was given', remedy: 'See "dreamkeeper --help".' };
  const hint = hints
    .join(' ')
    .replace(/^\((.*)\)$/, '$1')
    .trim();
  return {
    exitCode: 2,
    code: 'usage',
    message,
    remedy: hint === '' ? 'Add --help to see what it takes.' : hint,
  };
}

/** The text a person reads; what came from files cannot move their cursor. */
export function failureText(failure: Failure, style: Pick<TerminalStyle, 'red' | 'bold'>): string {
  const lines = [
    `${style.bold(style.red('error:'))} ${visible(failure.message)}`,
    ...(failure.remedy === undefined ? [] : failure.remedy.split('\n').map((line) => `  ${visible(line)}`)),
  ];
  return lines.join('\n');
}

export function failureJson({ code, message, remedy }: Failure): string {
  return jsonText({ error: { code, message, ...(remedy === undefined ? {} : { remedy }) } });
}
