import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reachableRoot } from '../../../src/jobs/postgres/reachable-programs.ts';
import { aFolder, nobody } from './embedded-server.ts';

const other = { uid: nobody, gid: nobody };

/** A package that is all of the shape and none of the size. */
function aPackage(mode: number): string {
  const root = join(aFolder(), 'package');
  mkdirSync(join(root, 'native', 'bin'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"version":"18.4.0-beta.1"}');
  writeFileSync(join(root, 'native', 'bin', 'postgres'), '', { mode: 0o700 });
  symlinkSync('postgres', join(root, 'native', 'bin', 'link'));
  chmodSync(join(root, 'native'), 0o700);
  chmodSync(root, mode);
  return root;
}

describe('the programs', () => {
  it('stay where they are when we run them ourselves', async () => {
    const root = aPackage(0o700);
    expect(await reachableRoot({}, root, aFolder())).toBe(root);
  });

  it('are copied to where another user can run them, once', async () => {
    const root = aPackage(0o700);
    const folder = aFolder();
    mkdirSync(join(folder, 'programs-17.0.0'));
    const copy = await reachableRoot(other, root, folder);
    expect(copy).toBe(join(folder, 'programs-18.4.0-beta.1'));
    expect(statSync(join(copy, 'native', 'bin', 'postgres')).mode & 0o777).toBe(0o755);
    expect(statSync(join(copy, 'native')).mode & 0o777).toBe(0o755);
    expect(readlinkSync(join(copy, 'native', 'bin', 'link'))).toBe('postgres');
    expect(existsSync(join(folder, 'programs-17.0.0'))).toBe(false);
    const { mtimeMs } = statSync(copy);
    expect(await reachableRoot(other, root, folder)).toBe(copy);
    expect(statSync(copy).mtimeMs).toBe(mtimeMs);
  });

  it('stay where they are when the other user can run them there', async () => {
    const root = aPackage(0o755);
    chmodSync(join(root, 'native'), 0o755);
    expect(await reachableRoot(other, root, aFolder())).toBe(root);
  });

  it('cannot be copied to a folder that a shell would misread', async () => {
    const folder = join(aFolder(), 'the "data"');
    mkdirSync(folder);
    await expect(reachableRoot(other, aPackage(0o700), folder)).rejects.toThrow(/its name needs quoting/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
