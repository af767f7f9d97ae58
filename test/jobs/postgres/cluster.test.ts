/** The files of the database, judged and put away; nothing of PostgreSQL runs here. */
import { chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  placesIn,
  readPassword,
  setAside,
  unusable,
  type Places,
} from '../../../src/jobs/postgres/cluster.ts';
import { aFolder, isRoot } from './embedded-server.ts';

/** A folder with files that say they are of this version. */
function filesOf(version?: string): Places {
  const places = placesIn(aFolder());
  mkdirSync(places.data);
  if (version !== undefined) writeFileSync(join(places.data, 'PG_VERSION'), `${version}\n`);
  return places;
}

describe('files of a database', () => {
  it('count as usable when there are none yet', async () => {
    expect(await unusable(placesIn(aFolder()), 18, {})).toBeUndefined();
  });

  it.each([
    ['18', undefined],
    ['17', 'it is of PostgreSQL 17, and this is 18'],
    ['19', 'it is of PostgreSQL 19, and this is 18'],
    ['nonsense', 'it is damaged: it says no version'],
    [undefined, 'it is damaged: it says no version'],
  ])('of version %s are of use, or it is said why not', async (version, reason) => {
    expect(await unusable(filesOf(version), 18, {})).toBe(reason);
  });

  it('that are no folder are damaged', async () => {
    const places = placesIn(aFolder());
    writeFileSync(places.data, '');
    expect(await unusable(places, 18, {})).toMatch(/damaged/);
  });

  it.runIf(isRoot)('of another user than the server’s are of no use', async () => {
    const places = filesOf('18');
    chownSync(places.data, 1, 1);
    expect(await unusable(places, 18, { uid: 2, gid: 2 })).toBe(
      'it belongs to user 1, and the server runs as 2',
    );
    expect(await unusable(places, 18, { uid: 1, gid: 1 })).toBeUndefined();
  });

  it('are kept when they are set aside, and those of the time before are not', async () => {
    const places = filesOf('17');
    const first = await setAside(places, new Date('2026-11-21T05:00:00.123Z'));
    expect(first).toBe(join(places.folder, 'data-set-aside-20261121T050000Z'));
    expect(existsSync(places.data)).toBe(false);
    mkdirSync(places.data);
    const second = await setAside(places, new Date('2026-11-22T05:00:00Z'));
    expect([existsSync(first), existsSync(second)]).toEqual([false, true]);
  });
});

describe('the password', () => {
  it('is made once, and only its user may read it', async () => {
    const places = placesIn(aFolder());
    const password = await readPassword(places);
    expect(password).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(places.password).mode & 0o777).toBe(0o600);
    expect(await readPassword(places)).toBe(password);
  });

  it('is made anew where the file holds none', async () => {
    const places = placesIn(aFolder());
    writeFileSync(places.password, '');
    const password = await readPassword(places);
    expect(readFileSync(places.password, 'utf8').trim()).toBe(password);
  });
});
