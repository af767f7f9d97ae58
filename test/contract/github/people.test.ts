/** Who people are, what they may do, and what their tokens may. */
import { expect, it } from 'vitest';
import { aSetting, refusal } from '../../support/forge/setting.ts';

it.each([
  ['admin', 'admin'],
  ['maintain', 'write'],
  ['write', 'write'],
  ['triage', 'read'],
  ['read', 'read'],
] as const)('tells the App that a person may %s, in the old words too', async (role, permission) => {
  const { octokit, at } = await aSetting({ people: { pat: role } });
  const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...at, username: 'pat' });
  expect(data).toMatchObject({ permission, role_name: role });
});

it('says who a token belongs to, of either kind', async () => {
  const { github, repository } = await aSetting();
  const classic = github.tokenOf('ben');
  const fine = github.tokenOf('ben', { repositories: [repository] });
  expect(classic).toMatch(/^ghp_\w{36}$/);
  expect(fine).toMatch(/^github_pat_\w{22}_\w{59}$/);
  for (const token of [classic, fine]) {
    const { data } = await github.withToken(token).rest.users.getAuthenticated();
    expect(data).toMatchObject({ login: 'ben', id: github.account('ben').id });
  }
});

it('holds a fine-grained token to the repositories and permissions it names', async () => {
  const { github, repository, at } = await aSetting();
  const other = await github.repository('acme/other', { files: { 'a.md': 'a\n' }, people: { ben: 'admin' } });
  const ben = github.withToken(
    github.tokenOf('ben', { repositories: [repository], permissions: { contents: 'read' } }),
  );
  expect((await ben.rest.repos.get(at)).data.permissions).toMatchObject({ push: true });
  await ben.rest.repos.getContent({ ...at, path: 'CLAUDE.md' });
  const label = refusal(ben.rest.issues.createLabel({ ...at, name: 'dream' }));
  expect(await label).toMatchObject({
    status: 403,
    message: expect.stringContaining('personal access token') as string,
  });
  expect((await refusal(ben.rest.repos.get({ owner: 'acme', repo: other.name }))).status).toBe(404);
});
