import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { failureJson, failureOf, failureText } from '../../src/commands/failure.ts';
import { DreamkeeperError, type ErrorCode } from '../../src/core/error.ts';

const plain = { bold: (text: string) => text, red: (text: string) => text };

/** What commander throws for these arguments. */
function thrownFor(...args: string[]): unknown {
  const program = new Command('dreamkeeper').exitOverride().configureOutput({
    outputError: () => undefined,
    writeErr: () => undefined,
    writeOut: () => undefined,
  });
  program
    .version('1.0.0')
    .command('show')
    .option('--diff')
    .action(() => undefined);
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('exit codes', () => {
  it.each<[ErrorCode, number]>([
    ['usage', 2],
    ['config', 1],
    ['repository', 1],
    ['ledger', 1],
    ['transcript', 1],
    ['conflict', 1],
    ['limit', 1],
  ])('%s ends with %i', (code, exitCode) => {
    expect(failureOf(new DreamkeeperError(code, 'no'))).toMatchObject({ exitCode, code });
  });

  it('ends with 2 for a verb, an option or an argument that is not there', () => {
    expect(failureOf(thrownFor('shwo'))).toMatchObject({ exitCode: 2, code: 'usage' });
    expect(failureOf(thrownFor('show', '--dif'))).toMatchObject({
      exitCode: 2,
      message: "unknown option '--dif'",
    });
    expect(failureOf(thrownFor())).toMatchObject({ exitCode: 2 });
  });

  it('is no failure to show help or the version', () => {
    expect(failureOf(thrownFor('--help'))).toBeUndefined();
    expect(failureOf(thrownFor('--version'))).toBeUndefined();
  });

  it('ends with 1 for a defect, and asks for a report', () => {
    const failure = failureOf(new TypeError('x is undefined'));
    expect(failure).toMatchObject({ exitCode: 1, code: 'unexpected', message: 'x is undefined' });
    expect(failure?.remedy).toContain('report');
  });
});

describe('what a person reads', () => {
  it('is what went wrong, and below it what to do', () => {
    const failure = failureOf(new DreamkeeperError('repository', 'no dream is open', { remedy: 'Dream.' }));
    expect(failure && failureText(failure, plain)).toBe('error: no dream is open\n  Dream.');
  });

  it('indents every line of the remedy', () => {
    const failure = failureOf(new DreamkeeperError('config', 'a', { remedy: 'b\nc' }));
    expect(failure && failureText(failure, plain)).toBe('error: a\n  b\n  c');
  });

  it('cannot move the cursor', () => {
    const failure = failureOf(new DreamkeeperError('usage', 'no file \u001B[2Jx\u0007'));
    expect(failure && failureText(failure, plain)).not.toMatch(/[\u001B\u0007]/);
  });

  it('offers the nearest name', () => {
    expect(failureOf(thrownFor('show', '--dif'))?.remedy).toBe('Did you mean --diff?');
  });
});

it('is an object with an error for scripts', () => {
  const failure = failureOf(new DreamkeeperError('conflict', 'm', { remedy: 'r' }));
  expect(JSON.parse(failure ? failureJson(failure) : '')).toEqual({
    error: { code: 'conflict', message: 'm', remedy: 'r' },
  });
});
