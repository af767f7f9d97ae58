/** Why PostgreSQL did not start: something about this machine, which a person must mend, or its own files. */
import { DreamkeeperError } from '../../core/error.ts';

/** Ends every remedy: the way around a server of our own. */
export const orGiven = 'Or set DATABASE_URL to a PostgreSQL server that you run.';

interface Cause {
  readonly words: RegExp;
  readonly remedy: string;
  /** Passes by itself. */
  readonly retryable?: boolean;
}

/** Texts of PostgreSQL 18 (LC_ALL=C) and of `strerror`; none of them says that the files are damaged. */
const causes: readonly Cause[] = [
  { words: /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/, remedy: 'Make room on the disk.' },
  {
    words: /Read-only file system|EROFS/,
    remedy: 'Choose a folder that can be written, with DREAMKEEPER_DATA.',
  },
  {
    words: /Permission denied|EACCES|EPERM|Operation not permitted|has wrong ownership|invalid permissions/,
    remedy: 'Let the user of the database read and write the folder, and nobody else.',
  },
  {
    words: /pre-existing shared memory block|lock file "[^"]*" already exists|Address already in use/,
    remedy: 'Another PostgreSQL still uses these files; end it, and start again.',
    retryable: true,
  },
  {
    words: /Cannot allocate memory|ENOMEM|could not (?:create|resize|map|attach to) [^\n]*shared memory/,
    remedy: 'Give it more memory; about 50 MB are enough.',
    retryable: true,
  },
  { words: /Too many open files|EMFILE|ENFILE/, remedy: 'Raise the limit of open files.', retryable: true },
  {
    words: /could not look up effective user ID/,
    remedy: 'Give this user a name in /etc/passwd, which containers that run as just any number lack.',
  },
  {
    words: /error while loading shared libraries|Library not loaded|not found \(required by/,
    remedy: 'Install the package anew, on a system with glibc (Debian and the like, not Alpine).',
  },
];

/**
 * @param output what the server, or a call of the system, said.
 * @returns undefined when it names nothing of this machine.
 */
export function machineFailure(what: string, output: string, cause?: unknown): DreamkeeperError | undefined {
  const found = causes.find(({ words }) => words.test(output));
  if (found === undefined) return undefined;
  return new DreamkeeperError('database', `${what}: ${lastWords(output)}`, {
    remedy: `${found.remedy} ${orGiven}`,
    retryable: found.retryable ?? false,
    cause,
  });
}

/** A failure whose cause is not known. */
export function otherFailure(what: string, output: string, cause?: unknown): DreamkeeperError {
  return new DreamkeeperError('database', `${what}: ${lastWords(output)}`, {
    remedy: 'Set DATABASE_URL to a PostgreSQL server that you run.',
    cause,
  });
}

/** What to throw for a call of the system that failed; other errors stay what they are. */
export function fileFailure(what: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !('syscall' in cause)) return cause;
  return machineFailure(what, cause.message, cause) ?? otherFailure(what, cause.message, cause);
}

/** The line that says most: the last that names an error, else the last. */
export function lastWords(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling = lines.findLast((line) =>
    /\b(?:PANIC|FATAL|ERROR|error|E[A-Z]{4,}):|: error while /.test(line),
  );
  return (telling ?? lines.at(-1) ?? 'it said nothing').slice(0, 500);
}
