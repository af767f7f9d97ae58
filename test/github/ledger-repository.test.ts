/** The ledger of a repository in another one: `ledger.repository`. */
import { existsSync } from 'node:fs';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { copyFolder, ledgerFolder } from '../../src/github/copy-folder.ts';
import { githubWorks } from '../../src/github/handlers.ts';
import type { HostedPlace } from '../../src/github/repositories.ts';
import { openRepository } from '../../src/git/repository.ts';
import { dreamWork } from '../../src/jobs/handlers.ts';
import { forget } from '../../src/ledger/forget.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import type { StoredView } from '../../src/ledger/view.ts';
import type { NewRepository } from '../support/forge/scene.ts';
import type { Repository } from '../support/forge/state/repository.ts';
import { transcript } from '../support/transcript.ts';
import { aJobContext, askingSessions, dreamedAt } from './dreamed.ts';
import { aHosting, type Hosting } from './hosted.ts';
import { jobsOn, type Jobs } from './opened.ts';
import { aClone } from './person.ts';
import { onlyPull } from './pull-request/seen.ts';
import { aServer } from './submit/submitting.ts';

const config = '.github/dreamkeeper.yml';
const own = 'refs/heads/dreamkeeper';
const naming = (name: string): Readonly<Record<string, string>> => ({
  'CLAUDE.md': '# Notes\n\n- Run the tests before you push.\n',
  [config]: `ledger:\n  repository: ${name}\n`,
});
const notNamed = /acme\/ledgers does not agree: name acme\/shop under "sources:"/;
const agreed = { [config]: 'sources: [other/one, Acme/Shop]\n' };

interface Scene extends Jobs {
  readonly hosting: Hosting;
  readonly home: Repository;
  /** The branch in the other repository. */
  readonly ref: string;
  /** The ledger as it is there. */
  readonly there: () => Promise<StoredView>;
}

/** A public repository that keeps its ledger in a private one. */
async function aScene(home: NewRepository = {}, name = 'acme/ledgers'): Promise<Scene> {
  const hosting = await aHosting({ private: false, files: naming('acme/Ledgers') });
  const ref = `${own}-${hosting.repository.id}`;
  const made = await hosting.github.repository(name, {
    files: agreed,
    people: { ben: 'write' },
    ...home,
  });
  const there = async (): Promise<StoredView> => {
    const repository = await openRepository(made.dir, hosting.env);
    return openLedger(repository, { branch: ref.slice('refs/heads/'.length) }).read();
  };
  return { hosting, home: made, ref, there, ...jobsOn(hosting) };
}

const take = async (place: HostedPlace): Promise<StoredView> =>
  place.ledger.write('Take in sessions', () => Promise.resolve({ sessions: askingSessions }));

const idsOf = async (view: StoredView): Promise<readonly string[]> =>
  (await view.sessions()).map(({ summary }): string => summary.id).sort();

describe('a ledger in another repository', { timeout: 60_000 }, () => {
  it('is there when it is written, read from there by the next job, and nowhere else', async () => {
    const { hosting, home, ref, open, stored, there } = await aScene();
    const place = await open();
    expect(place.asleep).toBeUndefined();
    const view = await take(place);
    expect(home.refs.get(ref)).toBe(view.commit);
    expect([...home.refs.keys()].sort()).toEqual([ref, 'refs/heads/main']);
    expect([...hosting.repository.refs.keys()]).toEqual(['refs/heads/main']);
    expect(await idsOf(await stored())).toEqual(['session-1', 'session-2', 'session-3']);
    expect(await idsOf(await there())).toHaveLength(3);
  });

  it('is a branch of its own, so that several repositories keep theirs there', async () => {
    const { hosting, home, ref, open } = await aScene({
      files: { [config]: 'sources: [acme/shop, acme/till]\n' },
    });
    const till = await hosting.github.repository('acme/till', { files: naming('acme/ledgers') });
    await take(await open());
    const other = jobsOn({ ...hosting, repository: till });
    expect(await idsOf(await other.stored())).toEqual([]);
    await take(await other.open());
    expect([...home.refs.keys()].sort()).toEqual([ref, `${own}-${till.id}`, 'refs/heads/main']);
  });

  it('is dreamed from, and the public pull request shows no word of a session', async () => {
    const { hosting, ref, home, open, stored } = await aScene();
    await take(await open());
    const payload = { kind: 'dream', repository: String(hosting.repository.id), asked: true } as const;
    await dreamWork(await open(), payload, dreamedAt, aJobContext());
    const [journal] = await (await stored()).journals();
    expect(JSON.stringify(journal)).toContain('Remember: always run');
    const { body, number } = onlyPull(hosting);
    expect(journal?.pullRequest).toBe(number);
    expect(body).toContain('because this repository is public');
    expect(body).not.toContain('Remember: always run');
    expect(hosting.repository.refs.has(own)).toBe(false);
    expect(home.refs.has(ref)).toBe(true);
  });

  it('forgets, and loses what is over its time, from history too', async () => {
    const { open, there } = await aScene();
    const before = await take(await open());
    await forget((await open()).ledger, { session: 'session-2' }, { now: dreamedAt });
    expect(await idsOf(await there())).toEqual(['session-1', 'session-3']);
    const place = await open();
    expect(await place.retain('2026-09-07T12:00:00.000Z')).toEqual(['session-1']);
    expect(await idsOf(await there())).toEqual(['session-3']);
    expect((await there()).commit).not.toBe(before.commit);
    // The copy held what went: the next job makes it anew.
    const { ledgerCopy } = await open();
    expect(await ledgerCopy.repository.resolve(before.commit ?? '')).toBeUndefined();
  });

  it('takes what people push there, checked and in their name', async () => {
    const { hosting, home, ref, open, ingest, stored } = await aScene();
    await take(await open());
    await ingest('push');
    const ben = await aClone({ ...hosting, repository: home });
    ben.git('checkout', '-q', '-b', 'mine', ref.replace('refs/heads', 'origin'));
    ben.commit('By hand', {
      'decisions.jsonl': '{"type":"paused","at":"2026-03-01T00:00:00.000Z","person":"eve"}\n',
    });
    await ben.push(`HEAD:${ref}`);
    expect(await ingest('push')).toMatchObject({ outcome: 'restored' });
    expect(await (await stored()).decisions()).toEqual([]);
  });

  it('goes with its copy when the App is taken off', async () => {
    const { hosting, open } = await aScene();
    await take(await open());
    const { dataFolder, repository, github, installation } = hosting;
    const folders = [copyFolder(dataFolder, repository.id), ledgerFolder(dataFolder, repository.id)];
    expect(folders.map((folder) => existsSync(folder))).toEqual([true, true]);
    github.uninstall(installation, github.account('ana'));
    await expect(open()).rejects.toThrow('not there');
    expect(folders.map((folder) => existsSync(folder))).toEqual([false, false]);
  });

  it('is where sessions come that are handed in over HTTP', async () => {
    const { hosting, send } = await aServer({ private: false, files: naming('acme/ledgers') });
    const token = hosting.github.tokenOf('ben');
    const body = transcript('one', 'Always use pnpm here, never npm.', 'Understood.');
    const early = await send(body, { token });
    expect(early).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('not ready') as string },
    });
    const home = await hosting.github.repository('acme/ledgers', { files: agreed });
    expect(await send(body, { token })).toMatchObject({ status: 201 });
    expect(home.refs.has(`${own}-${hosting.repository.id}`)).toBe(true);
    expect(hosting.repository.refs.has(own)).toBe(false);
  });
});

describe('a repository whose ledger may not be where its config says', { timeout: 60_000 }, () => {
  it.each<{ why: string; words: RegExp; home: NewRepository; name?: string }>([
    {
      why: 'there is none',
      words: /Ledgers is not there, or not in the installation/,
      home: {},
      name: 'acme/x',
    },
    { why: 'it is public', words: /acme\/ledgers is public.*make it private/, home: { private: false } },
    { why: 'it names others', words: notNamed, home: { files: { [config]: 'sources: [acme/shops]\n' } } },
    { why: 'it has no config', words: notNamed, home: { files: {} } },
    {
      why: 'its config is broken',
      words: /cannot be read; name/,
      home: { files: { [config]: 'sources: a/b\n' } },
    },
  ])('sleeps when $why, and says what to do', async ({ words, home, name }) => {
    const { open, home: other, hosting } = await aScene(home, name);
    const place = await open();
    expect(place.asleep).toMatchObject({ reason: 'ledger-elsewhere', message: words });
    await expect(take(place)).rejects.toThrow(words);
    for (const { refs } of [other, hosting.repository])
      expect([...refs.keys()].filter((ref) => ref.startsWith(own))).toEqual([]);
  });

  it('sleeps when another owner has it, whatever that one says', async () => {
    const hosting = await aHosting({ files: naming('rival/ledgers') });
    await hosting.github.repository('rival/ledgers', { files: agreed });
    hosting.github.install(hosting.github.account('rival'), hosting.github.account('rita'));
    const { asleep } = await jobsOn(hosting).open();
    expect(asleep?.message).toContain('not in the installation of the App that covers acme/shop');
  });

  it('sleeps when it is archived, or does not agree any more, and keeps no copy of it', async () => {
    const { hosting, home, open } = await aScene();
    await take(await open());
    home.archived = true;
    expect((await open()).asleep?.message).toBe('ledger.repository: acme/ledgers is archived: unarchive it');
    home.archived = false;
    await take(await open());
    const ana = await aClone({ ...hosting, repository: home });
    ana.commit('Agree no more', { [config]: 'sources: []\n' });
    await ana.push('main');
    expect((await open()).asleep?.reason).toBe('ledger-elsewhere');
    expect(existsSync(ledgerFolder(hosting.dataFolder, hosting.repository.id))).toBe(false);
  });

  it('has the reason in the log of the server', async () => {
    const { open, hosting } = await aScene({ files: {} });
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const works = githubWorks({
      queue: { send: () => Promise.reject(new Error('Nothing is asked for.')) },
      installedAt: () => Promise.reject(new Error('Nobody asks.')),
    });
    const payload = { kind: 'ingest', repository: String(hosting.repository.id), source: 'push' } as const;
    await works.asleep?.(await open(), payload, dreamedAt, { ...aJobContext(), log });
    expect(lines.join('')).toContain('acme/ledgers does not agree');
  });

  it('gets nothing pushed when it was made public since', async () => {
    const { home, ref, open } = await aScene();
    const place = await open();
    home.private = false;
    await expect(take(place)).rejects.toThrow(/acme\/ledgers is public/);
    expect(home.refs.has(ref)).toBe(false);
  });

  it('does not take the word of the organisation for that of the other repository', async () => {
    const { hosting, open } = await aScene({ files: {} });
    await hosting.github.repository('acme/.github', { files: agreed });
    expect((await open()).asleep?.reason).toBe('ledger-elsewhere');
  });
});

it('is as without the key when a repository names itself', async () => {
  const hosting = await aHosting({ files: naming('ACME/shop') });
  await take(await jobsOn(hosting).open());
  expect([...hosting.repository.refs.keys()]).toEqual([own, 'refs/heads/main']);
  hosting.repository.private = false;
  expect((await jobsOn(hosting).open()).asleep?.reason).toBe('public');
});
