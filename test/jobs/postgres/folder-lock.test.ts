/** Who may run the database of a folder: one at a time, by a lock that ends with its process. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder } from '../../../src/jobs/postgres/folder-lock.ts';
import { aFolder, failureElsewhere } from './embedded-server.ts';

const refused = {
  code: 'conflict',
  message: expect.stringContaining(`process ${process.pid} already`) as string,
};

describe('the lock of a folder', () => {
  it('keeps out other processes, and the same one again, until it is released', async () => {
    const folder = aFolder();
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject(refused);
    // The attempt of before did not loosen it.
    expect(await failureElsewhere('folder-lock.ts', 'lockFolder', [folder])).toMatchObject(refused);
    lock.release();
    (await lockFolder(folder)).release();
  });

  it('is free when the process that had it just ended', async () => {
    const folder = aFolder();
    expect(await failureElsewhere('folder-lock.ts', 'lockFolder', [folder])).toBeUndefined();
    (await lockFolder(folder)).release();
  });

  it('of several at once goes to one', async () => {
    const folder = aFolder();
    const starts = await Promise.allSettled([1, 2, 3, 4].map(() => lockFolder(folder)));
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('cannot be read by others, whose reading would hold it', async () => {
    const folder = aFolder();
    await lockFolder(folder);
    expect(statSync(join(folder, 'lock')).mode & 0o777).toBe(0o600);
  });
});
