import { execa } from 'execa';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratchFolder } from '../../support/repository.ts';
import { gitEnvironment } from '../../support/forge/git/run.ts';
import { refusals } from '../../support/forge/server/faults.ts';
import { aPull, aSetting, refusal, told, type Setting } from '../../support/forge/setting.ts';

const env = {
  ...gitEnvironment,
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Ben',
  GIT_AUTHOR_EMAIL: 'ben@example.com',
  GIT_COMMITTER_NAME: 'Ben',
  GIT_COMMITTER_EMAIL: 'ben@example.com',
};

async function git(cwd: string, ...args: string[]) {
  return execa('git', args, { cwd, env, extendEnv: false, reject: false });
}

async function clone({ github, repository }: Setting, login = 'ben', ...more: string[]): Promise<string> {
  const top = scratchFolder();
  const done = await git(top, 'clone', '-q', ...more, github.cloneUrl(repository, login), 'clone');
  expect(done.stderr).toBe('');
  return join(top, 'clone');
}

async function commitTo(dir: string, branch: string, path: string) {
  await git(dir, 'switch', '-q', '-c', branch);
  await execa('sh', ['-c', `echo "- Another line." >> ${path}`], { cwd: dir });
  await git(dir, 'add', '-A');
  await git(dir, 'commit', '-q', '-m', `Change ${path}`);
  return git(dir, 'push', '-q', 'origin', branch);
}

it('serves clones, in part too, and takes pushes, which it tells the App of', async () => {
  const setting = await aSetting();
  const dir = await clone(setting, 'ben', '--filter=blob:none', '--no-checkout', '--sparse');
  expect((await git(dir, 'rev-list', '--all', '--objects', '--missing=print')).stdout).toContain('?');
  await git(dir, 'sparse-checkout', 'set', 'src');
  await git(dir, 'checkout', '-q', 'main');
  expect((await commitTo(dir, 'feature', 'src/app.ts')).exitCode).toBe(0);
  expect(told(setting)).toEqual(['installation.created', 'push']);
  const push = setting.github.webhooks.list.at(-1)?.payload;
  expect(push).toMatchObject({
    ref: 'refs/heads/feature',
    created: true,
    pusher: { name: 'ben' },
    head_commit: { message: 'Change src/app.ts', modified: ['src/app.ts'] },
  });
});

it('takes a token from the environment, as the App gives it to git', async () => {
  const { github, probot, installation } = await aSetting();
  const app = await probot.auth();
  const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: installation.id });
  const basic = Buffer.from(`x-access-token:${data.token}`).toString('base64');
  const asApp = {
    ...env,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${github.origin}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
  const address = `${github.origin}/acme/shop.git`;
  const read = await execa('git', ['ls-remote', address], { env: asApp, extendEnv: false });
  expect(read.stdout).toContain('refs/heads/main');
  const nobody = await execa('git', ['ls-remote', address], { env, extendEnv: false, reject: false });
  expect(nobody.exitCode).not.toBe(0);
});

it('keeps readers from pushing, and everybody from what a branch protects', async () => {
  const setting = await aSetting();
  const { github, repository, at } = setting;
  const asReader = await clone(setting, 'rea');
  expect((await commitTo(asReader, 'mine', 'CLAUDE.md')).stderr).toContain('403');
  await github.as('ana').rest.repos.updateBranchProtection({
    ...at,
    branch: 'main',
    required_status_checks: null,
    enforce_admins: true,
    required_pull_request_reviews: { required_approving_review_count: 1 },
    restrictions: null,
  });
  const dir = await clone(setting);
  await commitTo(dir, 'feature', 'CLAUDE.md');
  const refused = await git(dir, 'push', 'origin', 'feature:main');
  expect(refused.stderr).toContain('Changes must be made through a pull request.');
  github.refusePushes(repository, 'refs/heads/secret', 'Push cannot contain secrets');
  expect((await git(dir, 'push', 'origin', 'feature:secret')).stderr).toContain(
    'Push cannot contain secrets',
  );
  expect([...repository.refs.keys()]).toEqual(['refs/heads/feature', 'refs/heads/main']);
});

it('moves a pull request along with its branch, and closes it with it', async () => {
  const setting = await aSetting();
  const { octokit, at } = setting;
  const pull = await aPull(setting);
  const dir = await clone(setting);
  await git(dir, 'switch', '-q', 'dream/one');
  await commitTo(dir, 'more', 'CLAUDE.md');
  await git(dir, 'push', '-q', 'origin', 'more:dream/one');
  const { data } = await octokit.rest.pulls.get({ ...at, pull_number: 1 });
  expect(data.head.sha).not.toBe(pull.head.sha);
  expect(data.commits).toBe(2);
  await git(dir, 'push', '-q', 'origin', ':dream/one');
  expect((await octokit.rest.pulls.get({ ...at, pull_number: 1 })).data.state).toBe('closed');
  expect(told(setting).slice(-5)).toEqual([
    'push',
    'pull_request.synchronize',
    'delete',
    'push',
    'pull_request.closed',
  ]);
});

it('loses the answer to a push after its effect, when asked to', async () => {
  const setting = await aSetting();
  const dir = await clone(setting);
  setting.github.fail('git-receive-pack', { drop: 'answer' });
  expect((await commitTo(dir, 'feature', 'CLAUDE.md')).exitCode).not.toBe(0);
  await expect.poll(() => told(setting)).toContain('push');
  expect(setting.repository.refs.has('refs/heads/feature')).toBe(true);
});

it('opens pull requests of forks, whose files it has', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const fork = await github.fork(repository, 'eve');
  const dir = await clone({ ...setting, repository: fork }, 'eve');
  await commitTo(dir, 'dream/one', 'CLAUDE.md');
  const eve = github.as('eve');
  repository.private = false;
  const { data } = await eve.rest.pulls.create({
    ...at,
    head: 'eve:dream/one',
    base: 'main',
    title: 'Dream',
  });
  expect(data.head.repo).toMatchObject({ full_name: 'eve/shop', fork: true });
  expect((await octokit.rest.pulls.listFiles({ ...at, pull_number: 1 })).data).toHaveLength(1);
  const merge = refusal(eve.rest.pulls.merge({ ...at, pull_number: 1 }));
  expect((await merge).status).toBe(403);
});

it('breaks a REST call as scripted, once', async () => {
  const { github, octokit, at } = await aSetting();
  github.fail('issues/create', refusals.secondaryLimit(60));
  github.fail('issues/create', refusals.serverError());
  github.fail('issues/create', { drop: 'request' });
  github.fail('issues/create', { drop: 'answer' });
  const create = (title: string) => octokit.rest.issues.create({ ...at, title });
  expect((await refusal(create('limited'))).status).toBe(403);
  expect((await refusal(create('broken'))).status).toBe(502);
  await refusal(create('lost'));
  await refusal(create('made, but nobody was told'));
  const { data } = await octokit.rest.issues.listForRepo(at);
  expect(data.map(({ title }) => title)).toEqual(['made, but nobody was told']);
  github.rateLimits.leave(0);
  expect((await refusal(octokit.rest.repos.get(at))).message).toContain('API rate limit exceeded');
});

it('lets something happen between an effect and its answer, of the API and of a push', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const open = async () => (await octokit.rest.issues.listForRepo(at)).data.length;
  const seen: (number | boolean)[] = [];
  github.fail('issues/create', { before: async () => seen.push(await open()) });
  github.fail('issues/create', { after: async () => seen.push(await open()) });
  await octokit.rest.issues.create({ ...at, title: 'one' });
  await octokit.rest.issues.create({ ...at, title: 'two' });
  expect(seen).toEqual([0, 2]);
  const dir = await clone(setting);
  const pushed = 'refs/heads/feature';
  github.fail(({ body }) => (body as { refs?: string[] } | undefined)?.refs?.includes(pushed) === true, {
    after: () => seen.push(repository.refs.has(pushed)),
  });
  expect((await commitTo(dir, 'feature', 'CLAUDE.md')).exitCode).toBe(0);
  expect(seen.at(-1)).toBe(true);
});

it('never answers when asked to, and has done what was wanted', async () => {
  const { github, octokit, at } = await aSetting();
  github.fail('issues/create', { hang: 'answer' });
  const signal = AbortSignal.timeout(200);
  const create = octokit.rest.issues.create({ ...at, title: 'done in silence', request: { signal } });
  await expect(create).rejects.toThrow();
  expect((await octokit.rest.issues.listForRepo(at)).data).toHaveLength(1);
});
