/** What is said when the server does not start: by PostgreSQL's own words. */
import { describe, expect, it } from 'vitest';
import { fileFailure, lastWords, machineFailure } from '../../../src/jobs/postgres/failure.ts';

describe('a server that does not start', () => {
  it.each([
    [
      'FATAL:  could not write lock file "postmaster.pid": No space left on device',
      /room on the disk/,
      false,
    ],
    ['FATAL:  could not open file "base/1/2": Permission denied', /read and write/, false],
    ['FATAL:  data directory "/d" has wrong ownership', /read and write/, false],
    [
      'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use',
      /still uses these files/,
      true,
    ],
    ['FATAL:  lock file "postmaster.pid" already exists', /still uses these files/, true],
    ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', /more memory/, true],
    ['initdb: error: could not look up effective user ID 54321: user does not exist', /passwd/, false],
    ['postgres: error while loading shared libraries: libicuuc.so.60', /package anew/, false],
  ])('because of the machine says what to do: %s', (output, remedy, retryable) => {
    const error = machineFailure('no start', `LOG:  starting\n${output}\nLOG:  database system is shut down`);
    expect(error).toMatchObject({ code: 'database', message: `no start: ${output}`, retryable });
    expect(error?.remedy).toMatch(remedy);
    expect(error?.remedy).toContain('DATABASE_URL');
  });

  it('because of its files blames no machine', () => {
    expect(machineFailure('no start', 'PANIC:  could not locate a valid checkpoint record')).toBeUndefined();
  });

  it('is told by the line that names the error, cut to a length people read', () => {
    expect(lastWords('LOG:  a\nFATAL:  b\nLOG:  c\n')).toBe('FATAL:  b');
    expect(lastWords('a\nb\n')).toBe('b');
    expect(lastWords('')).toBe('it said nothing');
    expect(lastWords('x'.repeat(10_000))).toHaveLength(500);
  });
});

describe('a call of the system that fails', () => {
  it('is an error with a remedy, and what is no such call stays what it is', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { syscall: 'write' });
    expect(fileFailure('no folder', full)).toMatchObject({ code: 'database', cause: full });
    const bug = new TypeError('of ours');
    expect(fileFailure('no folder', bug)).toBe(bug);
  });
});
