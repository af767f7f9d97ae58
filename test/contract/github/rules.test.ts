/** What keeps a pull request from being merged besides checks and approvals: rulesets, code owners, signatures. */
import { execa } from 'execa';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gitEnvironment } from '../../support/forge/git/run.ts';
import { aPull, aSetting, refusal } from '../../support/forge/setting.ts';
import { scratchFolder } from '../../support/repository.ts';

const pull = { pull_number: 1 };

it('tells everybody of rulesets, and nobody but administrators of classic protection', async () => {
  const { github, octokit, repository, at } = await aSetting();
  await github.as('ana').rest.repos.updateBranchProtection({
    ...at,
    branch: 'main',
    required_status_checks: { strict: true, contexts: ['ci'] },
    enforce_admins: true,
    required_pull_request_reviews: { required_approving_review_count: 1 },
    restrictions: null,
  });
  const rules = async () =>
    (await octokit.rest.repos.getBranchRules({ ...at, branch: 'main' })).data.map(({ type }) => type);
  expect(await rules()).toEqual([]);
  github.rule(repository, 'main', { approvals: 1, checks: ['lint'], signatures: true });
  expect(await rules()).toEqual(['pull_request', 'required_status_checks', 'required_signatures']);
  expect((await refusal(octokit.rest.repos.getBranchProtection({ ...at, branch: 'main' }))).status).toBe(403);
});

it('waits for the owner of a file that changes, and for nobody when it is nobody’s', async () => {
  const files = {
    'CLAUDE.md': '# Notes\n',
    '.github/CODEOWNERS': '* @rea\n/CLAUDE.md @ana # memory\n/docs/\n',
  };
  const setting = await aSetting({ files, people: { ana: 'admin', ben: 'write', rea: 'write' } });
  const { github, octokit, repository, at } = setting;
  await aPull(setting);
  github.rule(repository, 'main', { codeOwners: true });
  await github.as('ben').rest.pulls.createReview({ ...at, ...pull, event: 'APPROVE' });
  const merge = () => octokit.rest.pulls.merge({ ...at, ...pull });
  expect(await refusal(merge())).toMatchObject({
    status: 405,
    message: expect.stringContaining('Waiting on code owner review from ana') as string,
  });
  await octokit.rest.pulls.get({ ...at, ...pull });
  expect((await octokit.rest.pulls.get({ ...at, ...pull })).data.mergeable_state).toBe('blocked');
  await github.as('ana').rest.pulls.createReview({ ...at, ...pull, event: 'APPROVE' });
  expect((await merge()).data.merged).toBe(true);
});

it('refuses unsigned commits where signatures are required, pushed or to be merged', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const dir = join(scratchFolder(), 'clone');
  const env = { ...gitEnvironment, GIT_TERMINAL_PROMPT: '0' };
  const git = (...args: string[]) => execa('git', args, { env, extendEnv: false, reject: false });
  await git('clone', '-q', github.cloneUrl(repository, 'ben'), dir);
  await git('-C', dir, 'commit', '-q', '--allow-empty', '-m', 'Unsigned');
  await git('-C', dir, 'push', '-q', 'origin', 'HEAD:dream/one');
  await octokit.rest.pulls.create({ ...at, head: 'dream/one', base: 'main', title: 'Dream' });
  github.rule(repository, 'main', { signatures: true });
  expect((await refusal(octokit.rest.pulls.merge({ ...at, ...pull }))).message).toContain(
    'verified signatures',
  );
  github.rule(repository, 'dream/*', { signatures: true });
  const push = await git('-C', dir, 'push', 'origin', 'HEAD:dream/two');
  expect(push.stderr).toContain('Commits must have verified signatures.');
  // What GitHub writes itself is signed.
  const { head } = await aPull(setting, 'dream/three');
  expect((await octokit.rest.git.getCommit({ ...at, commit_sha: head.sha })).data.verification.verified).toBe(
    true,
  );
  await octokit.rest.pulls.merge({ ...at, pull_number: 2 });
});
