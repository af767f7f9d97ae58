import { expect, it } from 'vitest';
import { commitsBetween } from '../../support/forge/git/repository.ts';
import { readCommit } from '../../support/forge/git/commit.ts';
import { aPull, aSetting, refusal, told, type Setting } from '../../support/forge/setting.ts';

const tip = ({ repository }: Setting, branch = 'main'): string =>
  repository.refs.get(`refs/heads/${branch}`) ?? '';

const protect = (setting: Setting, checks: readonly string[], approvals = 0) =>
  setting.github.as('ana').rest.repos.updateBranchProtection({
    ...setting.at,
    branch: 'main',
    required_status_checks: { strict: false, contexts: [...checks] },
    enforce_admins: true,
    required_pull_request_reviews: approvals === 0 ? null : { required_approving_review_count: approvals },
    restrictions: null,
  });

it.each(['merge', 'squash', 'rebase'] as const)('merges by %s, with Git', async (method) => {
  const setting = await aSetting();
  const { github, repository, at } = setting;
  const before = tip(setting);
  await aPull(setting);
  const { data } = await github.as('ben').rest.pulls.merge({ ...at, pull_number: 1, merge_method: method });
  expect(tip(setting)).toBe(data.sha);
  expect(await commitsBetween(repository.dir, before, data.sha)).toHaveLength(method === 'merge' ? 2 : 1);
  const { parents, message } = await readCommit(repository.dir, data.sha);
  expect(parents).toHaveLength(method === 'merge' ? 2 : 1);
  expect(message.split('\n')[0]).toBe(
    { merge: 'Merge pull request #1 from acme/dream/one', squash: 'Dream (#1)', rebase: 'Remember pnpm' }[
      method
    ],
  );
  expect(told(setting).slice(-2)).toEqual(['pull_request.closed', 'push']);
  expect(github.webhooks.list.at(-2)?.payload.pull_request).toMatchObject({
    merged: true,
    merged_by: { login: 'ben' },
  });
});

it('rebases over a base that has moved', async () => {
  const setting = await aSetting();
  const { github, octokit, at } = setting;
  await aPull(setting);
  const content = Buffer.from('new\n').toString('base64');
  await octokit.rest.repos.createOrUpdateFileContents({ ...at, path: 'new.md', message: 'Add', content });
  const { data } = await github.as('ben').rest.pulls.merge({ ...at, pull_number: 1, merge_method: 'rebase' });
  const { data: compared } = await octokit.rest.repos.compareCommitsWithBasehead({
    ...at,
    basehead: `main...${data.sha}`,
  });
  expect(compared.status).toBe('identical');
});

it('refuses a head that has moved, a conflict, and what the branch forbids', async () => {
  const setting = await aSetting();
  const { octokit, at } = setting;
  const { head } = await aPull(setting);
  await aPull(setting, 'dream/two', '- Use npm.');
  const merge = (pull_number: number, sha?: string) =>
    refusal(octokit.rest.pulls.merge({ ...at, pull_number, ...(sha === undefined ? {} : { sha }) }));
  expect(await merge(1, '0'.repeat(40))).toMatchObject({ status: 409 });
  await protect(setting, ['ci'], 1);
  expect((await merge(1, head.sha)).message).toContain('At least 1 approving review is required');
  await setting.github.as('ben').rest.pulls.createReview({ ...at, pull_number: 1, event: 'APPROVE' });
  expect((await merge(1, head.sha)).message).toContain('Required status check "ci" is expected.');
  await setting.github.concludeCheck(setting.repository, {
    name: 'ci',
    sha: head.sha,
    conclusion: 'success',
  });
  await octokit.rest.pulls.merge({ ...at, pull_number: 1, sha: head.sha });
  await setting.github.as('ana').rest.repos.deleteBranchProtection({ ...at, branch: 'main' });
  expect(await merge(2)).toMatchObject({ status: 405 });
  await octokit.rest.pulls.get({ ...at, pull_number: 2 });
  expect((await octokit.rest.pulls.get({ ...at, pull_number: 2 })).data.mergeable_state).toBe('dirty');
});

const asyncMerge = ({ octokit, at }: Setting, sha: string) =>
  octokit.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge-async', {
    ...at,
    pull_number: 1,
    sha,
    merge_method: 'squash',
  });

async function outcome({ octokit, at }: Setting, uuid: string): Promise<string[]> {
  const statuses: string[] = [];
  for (
    let polls = 0;
    polls < 5 && !['merged', 'failed', 'enqueued'].includes(statuses.at(-1) ?? '');
    polls += 1
  ) {
    const path = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/merge-async/{uuid}';
    const { data } = (await octokit.request(path, { ...at, pull_number: 1, uuid })) as {
      data: { status: string };
    };
    statuses.push(data.status);
  }
  return statuses;
}

interface Started {
  readonly data: { readonly status: string; readonly details: { readonly uuid: string } };
}

it('merges later, when asked to, and tells how it went', async () => {
  const setting = await aSetting();
  const { head } = await aPull(setting);
  const { data } = (await asyncMerge(setting, head.sha)) as Started;
  expect(data.status).toBe('pending');
  expect((await refusal(asyncMerge(setting, head.sha))).status).toBe(409);
  expect(await outcome(setting, data.details.uuid)).toEqual(['pending', 'merged']);
  expect((await asyncMerge(setting, head.sha)).status).toBe(200);
});

it('finds out at its turn that the head has moved', async () => {
  const setting = await aSetting();
  const { octokit, at } = setting;
  const { head } = await aPull(setting);
  const { data } = (await asyncMerge(setting, head.sha)) as Started;
  const content = Buffer.from('x\n').toString('base64');
  await octokit.rest.repos.createOrUpdateFileContents({
    ...at,
    path: 'x.md',
    branch: 'dream/one',
    message: 'x',
    content,
  });
  expect(await outcome(setting, data.details.uuid)).toEqual(['pending', 'failed']);
});

it('knows no asynchronous merge on Enterprise Server', async () => {
  const setting = await aSetting({}, { enterprise: true });
  const { head } = await aPull(setting);
  expect((await refusal(asyncMerge(setting, head.sha))).status).toBe(404);
});

it('merges by itself once nothing is missing', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const pull = await aPull(setting);
  const enable = () =>
    octokit.graphql(
      `mutation ($id: ID!, $sha: GitObjectID!) {
        enablePullRequestAutoMerge(input: { pullRequestId: $id, mergeMethod: SQUASH, expectedHeadOid: $sha }) {
          pullRequest { number autoMergeRequest { mergeMethod } }
        }
      }`,
      { id: pull.node_id, sha: pull.head.sha },
    );
  expect((await refusal(enable())).message).toContain('Auto merge is not allowed');
  await github.as('ana').rest.repos.update({ ...at, allow_auto_merge: true });
  expect((await refusal(enable())).message).toContain('in clean status');
  await protect(setting, ['ci']);
  await enable();
  await github.concludeCheck(repository, { name: 'ci', sha: pull.head.sha, conclusion: 'failure' });
  expect((await octokit.rest.pulls.get({ ...at, pull_number: 1 })).data.merged).toBe(false);
  await github.concludeCheck(repository, { name: 'ci', sha: pull.head.sha, conclusion: 'success' });
  expect((await octokit.rest.pulls.get({ ...at, pull_number: 1 })).data).toMatchObject({
    merged: true,
    merged_by: { login: 'dreamkeeper[bot]' },
  });
});

it('sends a merge through the queue where there is one', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const { head } = await aPull(setting);
  repository.mergeQueues.add('main');
  const direct = refusal(octokit.rest.pulls.merge({ ...at, pull_number: 1 }));
  expect((await direct).message).toContain('merge queue');
  const { data } = (await asyncMerge(setting, head.sha)) as Started;
  expect(await outcome(setting, data.details.uuid)).toEqual(['pending', 'enqueued']);
  expect(told(setting)).toContain('merge_group.checks_requested');
  await github.leaveQueue(repository, 1, 'merged');
  expect((await octokit.rest.pulls.get({ ...at, pull_number: 1 })).data.merged).toBe(true);
});

it('writes signed commits by GraphQL, onto the head it is told', async () => {
  const setting = await aSetting();
  const { octokit, at } = setting;
  await aPull(setting);
  const commit = (expectedHeadOid: string) =>
    octokit.graphql<{ createCommitOnBranch: { commit: { oid: string } } }>(
      'mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }',
      {
        input: {
          branch: { repositoryNameWithOwner: 'acme/shop', branchName: 'dream/one' },
          expectedHeadOid,
          message: { headline: 'Remember', body: 'Dream: 1' },
          fileChanges: {
            additions: [{ path: 'memory/a.md', contents: Buffer.from('a\n').toString('base64') }],
            deletions: [{ path: 'src/app.ts' }],
          },
        },
      },
    );
  const { createCommitOnBranch } = await commit(tip(setting, 'dream/one'));
  const { data } = await octokit.rest.repos.getCommit({ ...at, ref: createCommitOnBranch.commit.oid });
  expect(data.commit).toMatchObject({ message: 'Remember\n\nDream: 1', verification: { verified: true } });
  expect(data.files?.map(({ filename, status }) => `${status} ${filename}`)).toEqual([
    'added memory/a.md',
    'removed src/app.ts',
  ]);
  expect((await refusal(commit('0'.repeat(40)))).message).toContain('Expected branch to point to');
});

it('brings a branch up to date with its base', async () => {
  const setting = await aSetting();
  const { octokit, at } = setting;
  await aPull(setting);
  const update = () => octokit.rest.pulls.updateBranch({ ...at, pull_number: 1 });
  expect((await refusal(update())).status).toBe(422);
  const content = Buffer.from('new\n').toString('base64');
  await octokit.rest.repos.createOrUpdateFileContents({ ...at, path: 'new.md', message: 'Add', content });
  await update();
  expect((await octokit.rest.pulls.get({ ...at, pull_number: 1 })).data).toMatchObject({
    commits: 2,
    changed_files: 1,
  });
});
