/** The log of a server: one JSON object per line, and no secret in it. */
import { levels, pino, stdTimeFunctions, type Logger } from 'pino';
import { DreamkeeperError } from '../core/error.ts';
import type { Redactor } from '../core/sessions/redact.ts';
import { createCleaner } from './clean-lines.ts';
import { errorFields } from './error-fields.ts';

export interface LogOptions {
  /** trace, debug, info, warn, error, fatal or silent. */
  readonly level: string;
  /** On every line: what tells this process from others. Process id and host are there anyway. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What it takes for a secret never reaches `write`. */
  readonly redactor: Redactor;
  /** Takes whole lines, in order; standard output in an entry. */
  readonly write: (lines: string) => void;
}

export interface Logging {
  /**
   * Children carry what a line is about: `log.child({ repository, job, delivery })`, ids all of them.
   * Errors go in as `err`, and come out with their causes.
   */
  readonly log: Logger;
  /** From now on this very text, which no pattern may know, is taken out too. */
  hide: (secret: string) => void;
  /** Lines are redacted in the next moment, not at once: wait for this before the process ends. Never throws. */
  flush: () => Promise<void>;
}

/** Lines that may wait to be redacted; the oldest make room for newer ones. */
const mostWaiting = 10_000;

/** @throws {DreamkeeperError} `usage` when there is no such level. */
export function createLog(options: LogOptions): Logging {
  const { level, write } = options;
  if (level !== 'silent' && !(level in levels.values))
    throw new DreamkeeperError('usage', `there is no log level "${level}"`, {
      remedy: `Set LOG_LEVEL to one of ${Object.keys(levels.values).join(', ')} or silent.`,
    });
  const cleaner = createCleaner(options.redactor);
  let waiting: string[] = [];
  let dropped = 0;
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    // What is logged in this turn of the event loop is redacted in one scan.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      if (dropped > 0)
        lines.push(JSON.stringify({ level: 'warn', msg: `${dropped} log lines were dropped` }));
      dropped = 0;
      write(await cleaner.clean(lines));
    }
  };
  const take = (line: string): void => {
    waiting.push(line);
    if (waiting.length > mostWaiting) {
      waiting.shift();
      dropped += 1;
    }
    working ??= work().finally(() => (working = undefined));
  };

  const log = pino(
    {
      level,
      timestamp: stdTimeFunctions.isoTime,
      serializers: { err: errorFields, error: errorFields },
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: take },
  );
  return {
    log: options.fields === undefined ? log : log.child({ ...options.fields }),
    hide: cleaner.hide,
    async flush() {
      while (working !== undefined) await working;
    },
  };
}
