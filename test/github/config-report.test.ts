import { expect, it } from 'vitest';
import type { Config } from '../../src/core/config.ts';
import type { Dreamer } from '../../src/core/dream/dreamer.ts';
import { DreamkeeperError } from '../../src/core/error.ts';
import { embeddedDreamer } from '../../src/dreamers/embedded/dreamer.ts';
import { reportConfig } from '../../src/github/config-report.ts';
import { hostedRepositories, type HostedPlace } from '../../src/github/repositories.ts';
import { aHosting, type Hosting } from './hosted.ts';
import { aClone, type Person } from './person.ts';

const config = '.github/dreamkeeper.yml';
const at = { owner: 'acme', repo: 'shop' };

/** As a job finds it. */
async function report(
  { client, dataFolder, env: git, repository }: Hosting,
  dreamerOf: (config: Config) => Dreamer = () => embeddedDreamer,
): Promise<HostedPlace> {
  const source = hostedRepositories({ client, dataFolder, git, dreamerOf });
  const place = await source.open(String(repository.id), new AbortController().signal);
  if (place === undefined) throw new Error('The repository is not there.');
  await reportConfig(place);
  return place;
}

async function write(person: Person, text: string): Promise<void> {
  person.commit('Change the config', { [config]: text });
  await person.push('main');
}

async function issues({ github }: Hosting, state: 'open' | 'closed' = 'open') {
  return (await github.as('ana').rest.issues.listForRepo({ ...at, state })).data;
}

async function checks({ github }: Hosting) {
  return (await github.as('ana').rest.checks.listForRef({ ...at, ref: 'main' })).data.check_runs;
}

it('tells of a broken config in one check and one issue, and closes it when it is mended', async () => {
  const hosting = await aHosting({ files: { 'CLAUDE.md': 'A\n', [config]: 'mode: manual\n' } });
  const person = await aClone(hosting);
  await report(hosting);
  expect(await issues(hosting)).toEqual([]);

  await write(person, 'mode: manual\nfixes: "closes #1 @ana"\n');
  await report(hosting);
  await report(hosting);
  const [check, ...moreChecks] = await checks(hosting);
  expect(moreChecks).toEqual([]);
  expect(check).toMatchObject({
    name: 'dreamkeeper config',
    conclusion: 'failure',
    output: { title: '1 mistake in .github/dreamkeeper.yml', annotations_count: 1 },
  });
  const [issue, ...moreIssues] = await issues(hosting);
  expect(moreIssues).toEqual([]);
  expect(issue?.title).toBe('Dreamkeeper cannot read .github/dreamkeeper.yml');
  expect(issue?.body).toContain('stays in force');
  expect(issue?.body).toMatch(/dreamkeeper\.yml:2:1.*fixes/);

  await write(person, 'mode: often\n');
  await report(hosting);
  expect((await issues(hosting)).map(({ body }) => body?.includes('mode'))).toEqual([true]);

  await write(person, 'mode: manual\n');
  await report(hosting);
  expect(await issues(hosting)).toEqual([]);
  expect(await issues(hosting, 'closed')).toHaveLength(1);
  expect(await checks(hosting)).toEqual([]);
});

it('says that nothing is done where the config never was valid', async () => {
  const hosting = await aHosting({ files: { 'CLAUDE.md': 'A\n', [config]: 'mode: often\n' } });
  await report(hosting);
  expect((await issues(hosting))[0]?.body).toContain('nothing is stored and nothing is proposed');
});

it("leaves people's issues alone that look like ours", async () => {
  const hosting = await aHosting({ files: { 'CLAUDE.md': 'A\n', [config]: 'mode: often\n' } });
  const body = '<!-- dreamkeeper:config -->\n\nMine.';
  await hosting.github.as('ben').rest.issues.create({ ...at, title: 'Config', body });
  await report(hosting);
  expect((await issues(hosting)).map(({ user }) => user?.login).sort()).toEqual(['ben', 'dreamkeeper[bot]']);
});

it('makes do with the check where issues are switched off', async () => {
  const hosting = await aHosting({ files: { 'CLAUDE.md': 'A\n', [config]: 'mode: often\n' } });
  hosting.github.fail('issues/create', {
    status: 410,
    body: { message: 'Issues are disabled for this repo' },
  });
  await report(hosting);
  expect(await checks(hosting)).toHaveLength(1);
});

it('says what counts for nothing in a neutral check, and in no issue', async () => {
  const text = '_extends: evil/config\nmode: manual\n';
  const hosting = await aHosting({ files: { 'CLAUDE.md': 'A\n', [config]: text } });
  await report(hosting);
  await report(hosting);
  const [check, ...more] = await checks(hosting);
  expect(more).toEqual([]);
  expect(check).toMatchObject({
    conclusion: 'neutral',
    output: { title: '1 note on .github/dreamkeeper.yml', annotations_count: 1 },
  });
  expect(check?.output.summary).toMatch(/counts for nothing[^]*_extends/);
  expect(await issues(hosting)).toEqual([]);
});

it('puts a repository to sleep whose dreamer this server lacks, says so, and wakes it when it has it', async () => {
  const hosting = await aHosting({
    files: { 'CLAUDE.md': 'A\n', [config]: 'dream:\n  dreamer: claude\n' },
  });
  const without = (): never => {
    throw new DreamkeeperError('config', 'dream.dreamer: claude has no key', { remedy: 'Set one.' });
  };
  const place = await report(hosting, without);
  await report(hosting, without);
  expect(place.asleep).toEqual({
    reason: 'config',
    message: '.github/dreamkeeper.yml: dream.dreamer: claude has no key. Set one.',
  });
  expect((await checks(hosting)).map(({ conclusion }) => conclusion)).toEqual(['failure']);
  const [issue, ...more] = await issues(hosting);
  expect(more).toEqual([]);
  expect(issue?.body).toMatch(/nothing is stored[^]*claude has no key\. Set one\./);
  expect((await report(hosting)).asleep).toBeUndefined();
  expect(await issues(hosting)).toEqual([]);
});
