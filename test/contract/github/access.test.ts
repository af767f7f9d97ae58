import { expect, it } from 'vitest';
import { startGitHub } from '../../support/forge/start.ts';
import { aSetting, probotFor, refusal } from '../../support/forge/setting.ts';

it('mints tokens for some repositories and permissions only', async () => {
  const { github, probot, installation, repository } = await aSetting();
  await github.repository('acme/other', { files: { 'a.md': 'a\n' } });
  const app = await probot.auth();
  const { data } = await app.rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
    repository_ids: [repository.id],
    permissions: { contents: 'read' },
  });
  expect(data).toMatchObject({
    permissions: { contents: 'read', metadata: 'read' },
    repository_selection: 'selected',
  });
  expect(data.token).toMatch(/^ghs_[\w-]{500,}$/);
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${github.api}${path}`, { ...init, headers: { authorization: `token ${data.token}` } });
  expect((await ask('/repos/acme/shop/contents/CLAUDE.md')).status).toBe(200);
  expect((await ask('/repos/acme/other')).status).toBe(404);
  const body = JSON.stringify({ name: 'dream' });
  expect((await ask('/repos/acme/shop/labels', { method: 'POST', body })).status).toBe(403);
});

it('lets tokens expire, and knows no others', async () => {
  let later = 0;
  const { github, octokit, at } = await aSetting({}, { now: () => new Date(Date.now() + later) });
  const token = [...github.state.installationTokens.keys()];
  await octokit.rest.repos.get(at);
  const [used = ''] = [...github.state.installationTokens.keys()].filter((one) => !token.includes(one));
  const ask = (value: string) =>
    fetch(`${github.api}/repos/acme/shop`, { headers: { authorization: `token ${value}` } });
  expect((await ask(used)).status).toBe(200);
  later = 3_601_000;
  expect((await ask(used)).status).toBe(401);
  expect((await ask('ghs_invented')).status).toBe(401);
});

it('refuses an App that signs with another key', async () => {
  const { github, probot } = await aSetting();
  const app = await probot.auth();
  expect((await app.rest.apps.getAuthenticated()).data).toMatchObject({ slug: 'dreamkeeper' });
  const forged = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjQyNDJ9.AAAA';
  const answer = await fetch(`${github.api}/app`, { headers: { authorization: `bearer ${forged}` } });
  expect(answer.status).toBe(401);
});

it('hides private repositories from who may not see them, and lets readers write no more than comments', async () => {
  const { github, at } = await aSetting();
  expect((await refusal(github.as('stranger').rest.repos.get(at))).status).toBe(404);
  const reader = github.as('rea');
  expect((await reader.rest.repos.get(at)).data.permissions).toMatchObject({ pull: true, push: false });
  const { data: issue } = await reader.rest.issues.create({ ...at, title: 'A question' });
  await reader.rest.issues.createComment({ ...at, issue_number: issue.number, body: '/dream now' });
  expect((await refusal(reader.rest.issues.createLabel({ ...at, name: 'x' }))).status).toBe(403);
  const { data: level } = await github
    .as('ana')
    .rest.repos.getCollaboratorPermissionLevel({ ...at, username: 'ben' });
  expect(level).toMatchObject({ permission: 'write', role_name: 'write' });
});

it('stops an installation that is suspended, and forgets one that is removed', async () => {
  const { github, octokit, installation, at } = await aSetting();
  await octokit.rest.repos.get(at);
  const tokens = [...github.state.installationTokens.keys()];
  github.suspend(installation, github.account('ana'));
  expect((await refusal(octokit.rest.repos.get(at))).status).toBe(403);
  github.resume(installation, github.account('ana'));
  await octokit.rest.repos.get(at);
  github.uninstall(installation, github.account('ana'));
  // Its token is dead. Octokit would try again for five seconds, so ask without it.
  const [token = ''] = tokens;
  expect(
    (await fetch(`${github.api}/repos/acme/shop`, { headers: { authorization: `token ${token}` } })).status,
  ).toBe(401);
});

it('reaches only repositories that were selected', async () => {
  const github = await startGitHub();
  const one = await github.repository('acme/one', { files: { 'a.md': 'a\n' } });
  const two = await github.repository('acme/two', { files: { 'a.md': 'a\n' } });
  const ana = github.account('ana');
  const installation = github.install(github.account('acme'), ana, [one]);
  const octokit = await probotFor(github).auth(installation.id);
  const names = async () =>
    (await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation)).map(({ name }) => name);
  expect(await names()).toEqual(['one']);
  github.select(installation, { added: [two], removed: [one] }, ana);
  expect(await names()).toEqual(['two']);
  expect(github.webhooks.list.map(({ event, action }) => `${event}.${action}`)).toEqual([
    'installation.created',
    'installation_repositories.added',
    'installation_repositories.removed',
  ]);
});

it('follows a repository that was renamed, transferred, archived and made public', async () => {
  const setting = await aSetting();
  const { github, octokit, at } = setting;
  const ana = github.as('ana');
  await ana.rest.repos.update({ ...at, name: 'store' });
  expect((await octokit.rest.repos.get(at)).data.full_name).toBe('acme/store');
  await octokit.rest.issues.createLabel({ ...at, name: 'made under the old name' });
  const now = { owner: 'acme', repo: 'store' };
  await ana.rest.repos.update({ ...now, private: false });
  await ana.rest.repos.update({ ...now, archived: true });
  expect((await refusal(octokit.rest.issues.create({ ...now, title: 'x' }))).message).toContain('archived');
  await ana.rest.repos.transfer({ ...now, new_owner: github.account('zoe').login });
  const names = github.webhooks.list.map(({ event, action }) => `${event}.${action}`);
  // Its new owner has not installed the App, which is told no more.
  expect(names).toEqual([
    'installation.created',
    'repository.renamed',
    'repository.publicized',
    'repository.archived',
  ]);
});
