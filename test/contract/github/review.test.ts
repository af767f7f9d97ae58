import { expect, it } from 'vitest';
import { aPull, aSetting, refusal, told } from '../../support/forge/setting.ts';

it('lets people approve, and nobody their own', async () => {
  const setting = await aSetting();
  const { github, octokit, at } = setting;
  await aPull(setting);
  const own = refusal(octokit.rest.pulls.createReview({ ...at, pull_number: 1, event: 'APPROVE' }));
  expect((await own).message).toContain('Can not approve your own pull request');
  await github.as('ben').rest.pulls.createReview({ ...at, pull_number: 1, event: 'APPROVE', body: 'Good.' });
  const { data } = await octokit.rest.pulls.listReviews({ ...at, pull_number: 1 });
  expect(data.map(({ state, user }) => [user?.login, state])).toEqual([['ben', 'APPROVED']]);
  expect(told(setting).at(-1)).toBe('pull_request_review.submitted');
});

it('takes comments on lines of the diff only, and replies to them', async () => {
  const setting = await aSetting();
  const { github, octokit, at } = setting;
  const { head } = await aPull(setting);
  const ben = github.as('ben');
  const on = { ...at, pull_number: 1, commit_id: head.sha, path: 'CLAUDE.md', side: 'RIGHT' } as const;
  const outside = refusal(ben.rest.pulls.createReviewComment({ ...on, line: 40, body: 'Here?' }));
  expect((await outside).message).toContain('must be part of the diff');
  const { data } = await ben.rest.pulls.createReviewComment({
    ...on,
    line: 4,
    body: '```suggestion\n- Use npm.\n```',
  });
  expect(data).toMatchObject({ line: 4, diff_hunk: expect.stringMatching(/\+- Use pnpm\.$/) as string });
  await octokit.rest.pulls.createReplyForReviewComment({
    ...at,
    pull_number: 1,
    comment_id: data.id,
    body: 'Done.',
  });
  await octokit.rest.reactions.createForPullRequestReviewComment({
    ...at,
    comment_id: data.id,
    content: 'eyes',
  });
  const { data: all } = await octokit.rest.pulls.listReviewComments({ ...at, pull_number: 1 });
  expect(all.map(({ in_reply_to_id, user }) => [user.login, in_reply_to_id])).toEqual([
    ['ben', undefined],
    ['dreamkeeper[bot]', data.id],
  ]);
  expect(all[0]?.reactions).toMatchObject({ eyes: 1, total_count: 1 });
  expect(told(setting).slice(-4)).toEqual([
    'pull_request_review.submitted',
    'pull_request_review_comment.created',
    'pull_request_review.submitted',
    'pull_request_review_comment.created',
  ]);
});

it('marks a comment outdated once its line has changed', async () => {
  const setting = await aSetting();
  const { github, octokit, at } = setting;
  const { head } = await aPull(setting);
  const on = {
    ...at,
    pull_number: 1,
    commit_id: head.sha,
    path: 'CLAUDE.md',
    side: 'RIGHT',
    line: 4,
  } as const;
  await github.as('ben').rest.pulls.createReviewComment({ ...on, body: 'Really?' });
  const { data: file } = await octokit.rest.repos.getContent({ ...at, path: 'CLAUDE.md', ref: 'dream/one' });
  if (!('sha' in file)) throw new Error('CLAUDE.md is a file.');
  const content = Buffer.from('# Notes\n\n- Run the tests before you push.\n- Use npm.\n').toString('base64');
  const change = { ...at, path: 'CLAUDE.md', branch: 'dream/one', message: 'Revise', sha: file.sha, content };
  await octokit.rest.repos.createOrUpdateFileContents(change);
  const { data } = await octokit.rest.pulls.listReviewComments({ ...at, pull_number: 1 });
  expect(data[0]).toMatchObject({ line: null, original_line: 4 });
});

it('tells of comments, edits and what they were before', async () => {
  const setting = await aSetting();
  const { github, octokit, at } = setting;
  await aPull(setting);
  await github.as('ben').rest.pulls.update({ ...at, pull_number: 1, body: 'One change, un-ticked.' });
  const { data } = await octokit.rest.issues.createComment({ ...at, issue_number: 1, body: 'Status' });
  await octokit.rest.issues.updateComment({ ...at, comment_id: data.id, body: 'Status: dropped 1' });
  expect(data.performed_via_github_app).toMatchObject({ slug: 'dreamkeeper' });
  const changes = github.webhooks.list
    .slice(-3)
    .map(({ event, action, payload }) => [event, action, payload.changes]);
  expect(changes).toEqual([
    ['pull_request', 'edited', { body: { from: 'One change.' } }],
    ['issue_comment', 'created', undefined],
    ['issue_comment', 'edited', { body: { from: 'Status' } }],
  ]);
  const tooLong = refusal(
    octokit.rest.issues.createComment({ ...at, issue_number: 1, body: 'x'.repeat(65_537) }),
  );
  expect((await tooLong).message).toContain('too long');
  const longer = octokit.rest.pulls.update({ ...at, pull_number: 1, body: 'x'.repeat(65_537) });
  expect((await refusal(longer)).message).toContain('too long');
});

it('labels, closes and reopens', async () => {
  const setting = await aSetting();
  const { octokit, at } = setting;
  await aPull(setting);
  await octokit.rest.issues.addLabels({ ...at, issue_number: 1, labels: ['dream', 'audit'] });
  await octokit.rest.issues.removeLabel({ ...at, issue_number: 1, name: 'audit' });
  await octokit.rest.pulls.update({ ...at, pull_number: 1, state: 'closed' });
  await octokit.rest.pulls.update({ ...at, pull_number: 1, state: 'open' });
  expect((await octokit.rest.issues.get({ ...at, issue_number: 1 })).data.labels).toMatchObject([
    { name: 'dream' },
  ]);
  expect(
    told(setting)
      .slice(-5)
      .map((name) => name.replace('pull_request.', '')),
  ).toEqual(['labeled', 'labeled', 'unlabeled', 'closed', 'reopened']);
});

it('posts check runs with annotations and buttons, which people press', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const { head } = await aPull(setting);
  const { data: run } = await octokit.rest.checks.create({
    ...at,
    name: 'dreamkeeper',
    head_sha: head.sha,
    status: 'in_progress',
  });
  await octokit.rest.checks.update({
    ...at,
    check_run_id: run.id,
    conclusion: 'success',
    output: {
      title: '1 change',
      summary: 'All is well.',
      annotations: [
        { path: 'CLAUDE.md', start_line: 4, end_line: 4, annotation_level: 'notice', message: 'New' },
      ],
    },
    actions: [{ label: 'Drop 1', description: 'Drop proposal 1', identifier: 'drop-1' }],
  });
  const { data } = await octokit.rest.checks.listForRef({ ...at, ref: 'dream/one' });
  expect(data.check_runs).toMatchObject([
    { status: 'completed', output: { annotations_count: 1 }, pull_requests: [{ number: 1 }] },
  ]);
  expect((await octokit.rest.checks.listAnnotations({ ...at, check_run_id: run.id })).data).toHaveLength(1);
  github.pressAction(repository, run.id, 'drop-1', github.account('ben'));
  expect(told(setting).slice(-3)).toEqual([
    'check_run.created',
    'check_run.completed',
    'check_run.requested_action',
  ]);
  const eleven = Array.from({ length: 51 }, () => ({
    path: 'a',
    start_line: 1,
    end_line: 1,
    annotation_level: 'notice' as const,
    message: 'm',
  }));
  const many = octokit.rest.checks.update({
    ...at,
    check_run_id: run.id,
    output: { title: 't', summary: 's', annotations: eleven },
  });
  expect((await refusal(many)).status).toBe(422);
  expect(github.violations.splice(0).join()).toContain('must NOT have more than 50 items');
});

it('commits what a comment suggests, in the name of whoever pressed the button', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const { head } = await aPull(setting);
  const { data: comment } = await github.as('ben').rest.pulls.createReviewComment({
    ...{ ...at, pull_number: 1, commit_id: head.sha, path: 'CLAUDE.md', line: 4 },
    body: 'Say which.\n\n```suggestion\n- Use pnpm 10.\n- Not npm.\n```',
  });
  const sha = await github.commitSuggestion(repository, comment.id, github.account('ana'));
  const { data } = await octokit.rest.repos.getCommit({ ...at, ref: 'dream/one' });
  expect(data).toMatchObject({ sha, author: { login: 'ana' } });
  expect(data.commit.message).toMatch(/^Update CLAUDE.md\n\nCo-authored-by: ben </);
  expect(data.files?.[0]?.patch).toContain('-- Use pnpm.\n+- Use pnpm 10.\n+- Not npm.');
  expect(told(setting).at(-1)).toBe('pull_request.synchronize');
});

it('reopens what was closed with the commits that came meanwhile, but no branch that was rewritten', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const { head } = await aPull(setting);
  const ben = github.as('ben').rest;
  const change = (state: 'open' | 'closed') => ben.pulls.update({ ...at, pull_number: 1, state });
  await change('closed');
  expect((await octokit.rest.issues.get({ ...at, issue_number: 1 })).data.closed_by?.login).toBe('ben');
  const content = Buffer.from('new\n').toString('base64');
  const file = { ...at, path: 'new.md', message: 'Add', branch: 'dream/one', content };
  const { data: added } = await ben.repos.createOrUpdateFileContents(file);
  expect((await change('open')).data.head.sha).toBe(added.commit.sha);
  await change('closed');
  await octokit.rest.git.updateRef({ ...at, ref: 'heads/dream/one', sha: head.sha, force: true });
  expect((await refusal(change('open'))).message).toContain('force-pushed');
  await octokit.rest.git.deleteRef({ ...at, ref: 'heads/dream/one' });
  expect((await refusal(change('open'))).status).toBe(422);
  expect(repository.issues.get(1)?.closed?.by.login).toBe('ben');
});
