import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { embeddedDreamer } from '../../src/dreamers/embedded/dreamer.ts';
import { hostedRepositories, type HostedPlace } from '../../src/github/repositories.ts';
import { openRemoteLedger } from '../../src/github/remote-ledger.ts';
import { scratchFolder } from '../support/repository.ts';
import { aHosting, type Hosting } from './hosted.ts';
import { aClone } from './person.ts';

const config = '.github/dreamkeeper.yml';
const ledger = 'refs/heads/dreamkeeper';

async function open(hosting: Hosting): Promise<HostedPlace> {
  const { client, dataFolder, env: git, repository, installation } = hosting;
  const source = hostedRepositories({ client, dataFolder, git, dreamerOf: () => embeddedDreamer });
  const signal = new AbortController().signal;
  const place = await source.open(String(repository.id), signal, String(installation.id));
  if (place === undefined) throw new Error('The repository is not there.');
  return place;
}

const paused = (at: string) => () =>
  Promise.resolve({ decisions: [{ type: 'paused' as const, at, person: 'ana' }] });

describe('the ledger of a repository on GitHub', () => {
  it('is on GitHub when it is written, and read from there by the next job', async () => {
    const hosting = await aHosting();
    const place = await open(hosting);
    const view = await place.ledger.write('Pause', paused('2026-03-01T12:00:00.000Z'));
    expect(hosting.repository.refs.get(ledger)).toBe(view.commit);
    expect(await (await (await open(hosting)).ledger.read()).decisions()).toHaveLength(1);
  });

  it('keeps what two writers wrote at once, each once', async () => {
    const hosting = await aHosting();
    const [one, two] = [await hosting.copy(), await hosting.copy(undefined, scratchFolder())];
    const [first, second] = [openRemoteLedger(one), openRemoteLedger(two)];
    await first.write('One', paused('2026-03-01T12:00:00.000Z'));
    await second.write('Two', paused('2026-03-02T12:00:00.000Z'));
    const view = await first.write('Three', paused('2026-03-03T12:00:00.000Z'));
    expect((await view.decisions()).map(({ at }) => at.slice(0, 10))).toEqual([
      '2026-03-01',
      '2026-03-02',
      '2026-03-03',
    ]);
    expect(hosting.repository.refs.get(ledger)).toBe(view.commit);
  });

  it('holds nothing of what GitHub refused', async () => {
    const hosting = await aHosting();
    const place = await open(hosting);
    hosting.github.refusePushes(hosting.repository, ledger, 'Not here.');
    await expect(place.ledger.write('Pause', paused('2026-03-01T12:00:00.000Z'))).rejects.toMatchObject({
      code: 'repository',
      message: /Not here/,
    });
    expect((await place.ledger.read()).commit).toBeUndefined();
  });

  it('is not written where everybody can read it, unless the config agrees', async () => {
    const hosting = await aHosting();
    const place = await open(hosting);
    hosting.repository.private = false;
    await expect(place.ledger.write('Pause', paused('2026-03-01T12:00:00.000Z'))).rejects.toThrow(/public/);
    expect(hosting.repository.refs.has(ledger)).toBe(false);
    await expect(open(hosting)).resolves.toMatchObject({ asleep: { reason: 'not-onboarded' } });
    const onboarded = { 'CLAUDE.md': 'A\n', [config]: 'mode: manual\n' };
    const silent = await aHosting({ private: false, files: onboarded });
    await expect(open(silent)).resolves.toMatchObject({ asleep: { reason: 'public' } });
    const files = { 'CLAUDE.md': 'A\n', [config]: 'ledger:\n  public: true\n' };
    const agreeing = await aHosting({ private: false, files });
    expect((await open(agreeing)).asleep).toBeUndefined();
  });
});

describe('the configuration', () => {
  it('is that of the default branch, on top of the organisation', async () => {
    const files = { 'CLAUDE.md': 'A\n', [config]: 'dream:\n  apart: 9\n' };
    const hosting = await aHosting({ files });
    const own = 'memory: [notes]\ndream:\n  apart: 1\n  after: 48\n';
    await hosting.github.repository('acme/.github', { files: { [config]: own } });
    const place = await open(hosting);
    expect(place.config).toMatchObject({ memory: ['notes'], dream: { apart: 9, after: 48 } });
    expect(place.mistakes).toEqual([]);
  });

  it('that is wrong is told, and the last valid one stays in force', async () => {
    const hosting = await aHosting({ files: { 'CLAUDE.md': 'A\n', [config]: 'dream:\n  apart: 9\n' } });
    const person = await aClone(hosting);
    person.commit('Break it', { [config]: 'dream:\n  apart: often\n' });
    await person.push('main');
    const place = await open(hosting);
    expect(place.config.dream.apart).toBe(9);
    expect(place.mistakes).toEqual([expect.stringContaining(`${config}:2`)]);
    expect(place.asleep).toBeUndefined();
  });

  it('that never was valid lets the repository sleep', async () => {
    const hosting = await aHosting({ files: { 'CLAUDE.md': 'A\n', [config]: 'dream:\n  apart: often\n' } });
    const { asleep } = await open(hosting);
    expect(asleep).toMatchObject({
      reason: 'config',
      message: expect.stringContaining(`${config}:2`) as string,
    });
  });
});

it('keeps no copy of what the App was taken off', async () => {
  const hosting = await aHosting();
  const { copy } = await open(hosting);
  const folder = copy.repository.site.gitDir;
  expect(existsSync(folder)).toBe(true);
  hosting.github.uninstall(hosting.installation, hosting.github.account('ana'));
  await expect(open(hosting)).rejects.toThrow('not there');
  expect(existsSync(folder)).toBe(false);
});

it('lets an archived repository sleep', async () => {
  const hosting = await aHosting();
  hosting.repository.archived = true;
  expect((await open(hosting)).asleep).toEqual({ reason: 'archived', message: 'acme/shop is archived' });
});

it('tells renamed from deleted as a full clone does, for what memory names', async () => {
  const lines = Array.from({ length: 60 }, (_, n) => `export const value${n} = ${n * 7919};\n`).join('');
  const hosting = await aHosting({
    files: {
      'NOTES.md': '# Notes\n\nSee `src/old.ts` and `src/gone.ts`.\n',
      'src/old.ts': lines,
      'src/gone.ts': 'x\n',
    },
  });
  const person = await aClone(hosting);
  person.git('mv', 'src/old.ts', 'src/middle.ts');
  person.git('mv', 'NOTES.md', 'CLAUDE.md');
  const text = '# Notes\n\nSee `src/old.ts` and `src/gone.ts`.\n\nMore.\n';
  person.commit('Rename and change', { 'src/middle.ts': `${lines}// more\n`, 'CLAUDE.md': text });
  person.git('mv', 'src/middle.ts', 'src/new.ts');
  person.git('rm', '-q', 'src/gone.ts');
  person.commit('Again', { 'src/new.ts': `${lines}// more\n// and more\n` });
  await person.push('main');
  const { repository } = await open(hosting);
  const head = (await repository.resolve('HEAD')) ?? '';
  const ask = { ignored: ['src/old.ts', 'src/gone.ts'], origins: ['CLAUDE.md'] };
  const facts = await repository.facts(head, ask);
  expect(facts.shallow).toBe(false);
  expect(facts.deleted.get('src/old.ts')?.renamedTo).toBe('src/new.ts');
  expect(facts.deleted.get('src/gone.ts')).toMatchObject({ commit: head });
  expect(facts.deleted.get('src/gone.ts')?.renamedTo).toBeUndefined();
  expect(facts.origins.get('CLAUDE.md')?.map(({ author }) => author)).toEqual([
    'Ada',
    'Ada',
    'Ada',
    'Ada',
    'Ada',
  ]);
});

it('knows what the repository ignores, though no file of it is checked out', async () => {
  const files = { 'CLAUDE.md': 'See dist/app.js.\n', '.gitignore': 'dist/\n', 'docs/.gitignore': '*.pdf\n' };
  const { repository } = await open(await aHosting({ files }));
  const head = (await repository.resolve('HEAD')) ?? '';
  const ignored = ['dist/app.js', 'docs/a.pdf', 'src/app.ts', '../outside'];
  const facts = await repository.facts(head, { ignored });
  expect([...facts.ignored]).toEqual(['dist/app.js', 'docs/a.pdf']);
});
