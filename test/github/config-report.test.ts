import { expect, it } from 'vitest';
import { embeddedDreamer } from '../../src/dreamers/embedded/dreamer.ts';
import { reportConfig } from '../../src/github/config-report.ts';
import { hostedRepositories } from '../../src/github/repositories.ts';
import { aHosting, type Hosting } from './hosted.ts';
import { aClone, type Person } from './person.ts';

const config = '.github/dreamkeeper.yml';
const at = { owner: 'acme', repo: 'shop' };

/** As a job finds it. */
async function report({ client, dataFolder, env: git, repository }: Hosting): Promise<void> {
  const source = hostedRepositories({ client, dataFolder, git, dreamerOf: () => embeddedDreamer });
  const place = await source.open(String(repository.id), new AbortController().signal);
  if (place === undefined) throw new Error('The repository is not there.');
  await reportConfig(place);
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
