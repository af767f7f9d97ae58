/** Room on the disk of a folder: without it neither the database nor Git can write. */
import { statfs } from 'node:fs/promises';
import type { Check } from './readiness.ts';

/** Enough for the database's log to turn over, and for a clone of a small repository. */
const defaultLeast = 256 * 1024 * 1024;

/** @param least bytes that must be free for us. */
export function diskCheck(folder: string, least = defaultLeast): Check {
  return async () => {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    if (free < least) throw new Error(`${folder} has ${free} bytes left, and needs ${least}`);
  };
}
