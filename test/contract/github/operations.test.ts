/** What the stories of the other files do not touch. Each answer is checked against the description as it passes. */
import { expect, it } from 'vitest';
import { aPull, aSetting, refusal, told } from '../../support/forge/setting.ts';

it('shows the App itself, and where it is installed', async () => {
  const { github, probot, installation, repository, at } = await aSetting();
  const app = (await probot.auth()).rest.apps;
  // `url` as a parameter would be where Octokit sends the request.
  await app.updateWebhookConfigForApp({ data: { url: 'https://example.com/hooks' } });
  expect((await app.getWebhookConfigForApp()).data.url).toBe('https://example.com/hooks');
  delete github.app.webhook.url;
  const { data } = await app.getRepoInstallation(at);
  expect(data).toMatchObject({ id: installation.id, account: { login: 'acme' } });
  expect((await app.getOrgInstallation({ org: 'acme' })).data.id).toBe(installation.id);
  expect((await app.getUserInstallation({ username: 'acme' })).data.id).toBe(installation.id);
  const made = await fetch(`${github.api}/app-manifests/x/conversions`, { method: 'POST' });
  expect(await made.json()).toMatchObject({ id: github.app.id, pem: github.app.privateKey });
  await app.suspendInstallation({ installation_id: installation.id });
  await app.unsuspendInstallation({ installation_id: installation.id });
  expect((await app.getInstallation({ installation_id: installation.id })).data.suspended_at).toBeNull();
  await app.deleteInstallation({ installation_id: installation.id });
  expect((await refusal(app.getRepoInstallation(at))).status).toBe(404);
  expect(repository.name).toBe('shop');
});

it('shows the site, its people, and what may still be asked', async () => {
  const { github, octokit } = await aSetting();
  await octokit.rest.meta.get();
  expect((await octokit.rest.rateLimit.get()).data.rate.limit).toBe(5000);
  expect((await octokit.rest.users.getByUsername({ username: 'dreamkeeper[bot]' })).data.type).toBe('Bot');
  expect((await github.as('ana').rest.users.getAuthenticated()).data.login).toBe('ana');
  await octokit.rest.apps.revokeInstallationAccessToken();
});

it('keeps repositories, their people and their branches', async () => {
  const setting = await aSetting();
  const { github, octokit, at } = setting;
  const ana = github.as('ana').rest.repos;
  const username = github.account('cy').login;
  await ana.addCollaborator({ ...at, username, permission: 'maintain' });
  await ana.checkCollaborator({ ...at, username });
  expect((await ana.listCollaborators(at)).data.map(({ login }) => login)).toEqual([
    'ana',
    'ben',
    'rea',
    'cy',
  ]);
  expect((await ana.getCollaboratorPermissionLevel({ ...at, username })).data.permission).toBe('write');
  await ana.removeCollaborator({ ...at, username });
  expect((await ana.getCollaboratorPermissionLevel({ ...at, username })).data.permission).toBe('none');
  await ana.updateBranchProtection({
    ...at,
    branch: 'main',
    required_status_checks: { strict: true, contexts: ['ci'] },
    enforce_admins: null,
    required_pull_request_reviews: { dismiss_stale_reviews: true },
    restrictions: null,
  });
  expect(
    (await ana.getBranchProtection({ ...at, branch: 'main' })).data.required_status_checks?.contexts,
  ).toEqual(['ci']);
  expect((await octokit.rest.repos.getBranch({ ...at, branch: 'main' })).data.protected).toBe(true);
  expect((await octokit.rest.repos.listBranches(at)).data.map(({ name }) => name)).toEqual(['main']);
  await ana.update({ ...at, visibility: 'public' });
  await ana.update({ ...at, private: true });
  await ana.update({ ...at, archived: true });
  await ana.update({ ...at, archived: false });
  await ana.delete(at);
  expect((await refusal(ana.get(at))).status).toBe(404);
  expect(
    told(setting)
      .slice(1)
      .map((name) => name.replace('repository.', '')),
  ).toEqual(['publicized', 'privatized', 'archived', 'unarchived', 'deleted']);
});

it('tells of a transfer and of another default branch', async () => {
  const setting = await aSetting();
  const { github, octokit, at } = setting;
  github.install(github.account('zoe'), github.account('zoe'));
  await aPull(setting);
  const ana = github.as('ana').rest.repos;
  await ana.update({ ...at, default_branch: 'dream/one' });
  await ana.transfer({ ...at, new_owner: 'zoe' });
  expect(told(setting).slice(-2)).toEqual(['repository.edited', 'repository.transferred']);
  expect((await refusal(octokit.rest.repos.get(at))).status).toBe(404);
});

it('reads and writes the Git database', async () => {
  const { octokit, at } = await aSetting({}, { events: ['create', 'push', 'delete'] });
  const { git, repos } = octokit.rest;
  const { data: main } = await git.getRef({ ...at, ref: 'heads/main' });
  const { data: blob } = await git.createBlob({ ...at, content: 'one\n', encoding: 'utf-8' });
  const { data: tree } = await git.createTree({
    ...at,
    base_tree: main.object.sha,
    tree: [
      { path: 'memory/a.md', mode: '100644', type: 'blob', sha: blob.sha },
      { path: 'memory/b.md', mode: '100644', type: 'blob', content: 'two\n' },
    ],
  });
  const { data: commit } = await git.createCommit({
    ...at,
    message: 'Write',
    tree: tree.sha,
    parents: [main.object.sha],
  });
  expect(commit.verification.verified).toBe(true);
  const branch = { ...at, ref: 'heads/ledger' };
  await git.createRef({ ...at, ref: 'refs/heads/ledger', sha: main.object.sha });
  expect(
    (await refusal(git.createRef({ ...at, ref: 'refs/heads/ledger', sha: main.object.sha }))).status,
  ).toBe(422);
  await git.updateRef({ ...branch, sha: commit.sha });
  const back = refusal(git.updateRef({ ...branch, sha: main.object.sha }));
  expect((await back).message).toContain('Update is not a fast forward');
  expect((await git.listMatchingRefs({ ...at, ref: 'heads/led' })).data).toHaveLength(1);
  expect((await git.getCommit({ ...at, commit_sha: commit.sha })).data.message).toBe('Write');
  const { data: all } = await git.getTree({ ...at, tree_sha: 'ledger', recursive: '1' });
  expect(all.tree.map(({ path }) => path)).toEqual([
    'CLAUDE.md',
    'memory',
    'memory/a.md',
    'memory/b.md',
    'src',
    'src/app.ts',
  ]);
  const { data: read } = await git.getBlob({ ...at, file_sha: blob.sha });
  expect(Buffer.from(read.content, 'base64').toString()).toBe('one\n');
  await repos.deleteFile({ ...at, path: 'memory/a.md', branch: 'ledger', message: 'Remove', sha: blob.sha });
  const { data: commits } = await repos.listCommits({ ...at, sha: 'ledger', path: 'memory' });
  expect(commits.map((one) => one.commit.message)).toEqual(['Remove', 'Write']);
  await git.deleteRef(branch);
  expect((await refusal(git.getRef(branch))).status).toBe(404);
});

it('finds pull requests by state, branch and commit', async () => {
  const setting = await aSetting();
  const { octokit, at } = setting;
  const { head } = await aPull(setting);
  const { pulls, repos } = octokit.rest;
  expect((await pulls.list({ ...at, head: 'acme:dream/one', base: 'main' })).data).toHaveLength(1);
  expect((await pulls.list({ ...at, state: 'closed' })).data).toEqual([]);
  expect((await pulls.listCommits({ ...at, pull_number: 1 })).data.map(({ sha }) => sha)).toEqual([head.sha]);
  const { data: of } = await repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: head.sha });
  expect(of.map(({ number }) => number)).toEqual([1]);
  expect((await refusal(pulls.checkIfMerged({ ...at, pull_number: 1 }))).status).toBe(404);
  await pulls.merge({ ...at, pull_number: 1 });
  await pulls.checkIfMerged({ ...at, pull_number: 1 });
});

it('keeps reviews and their comments', async () => {
  const setting = await aSetting();
  const { github, octokit, at } = setting;
  await aPull(setting);
  const on = { ...at, pull_number: 1 };
  const ben = github.as('ben').rest;
  const comments = [{ path: 'CLAUDE.md', line: 4, body: 'Hm.' }];
  const { data: review } = await ben.pulls.createReview({
    ...on,
    event: 'REQUEST_CHANGES',
    body: 'No.',
    comments,
  });
  const id = { ...on, review_id: review.id };
  await ben.pulls.updateReview({ ...id, body: 'Not yet.' });
  await ben.pulls.dismissReview({ ...id, message: 'All is well now' });
  expect((await octokit.rest.pulls.getReview(id)).data).toMatchObject({
    state: 'DISMISSED',
    body: 'Not yet.',
  });
  const {
    data: [comment],
  } = await octokit.rest.pulls.listCommentsForReview(id);
  const one = { ...at, comment_id: comment?.id ?? 0 };
  await ben.pulls.updateReviewComment({ ...one, body: 'Hm!' });
  expect((await octokit.rest.pulls.getReviewComment(one)).data.body).toBe('Hm!');
  const reactions = octokit.rest.reactions;
  const { data: eyes } = await reactions.createForPullRequestReviewComment({ ...one, content: 'eyes' });
  expect((await reactions.listForPullRequestReviewComment(one)).data).toHaveLength(1);
  await reactions.deleteForPullRequestComment({ ...one, reaction_id: eyes.id });
  await ben.pulls.deleteReviewComment(one);
  expect((await octokit.rest.pulls.listReviewCommentsForRepo(at)).data).toEqual([]);
  expect(told(setting).slice(-5)).toEqual([
    'pull_request_review_comment.created',
    'pull_request_review.edited',
    'pull_request_review.dismissed',
    'pull_request_review_comment.edited',
    'pull_request_review_comment.deleted',
  ]);
});

it('takes no issues where they are switched off', async () => {
  const { github, octokit, at } = await aSetting();
  const { data } = await github.as('ana').rest.repos.update({ ...at, has_issues: false });
  expect(data.has_issues).toBe(false);
  expect((await refusal(octokit.rest.issues.create({ ...at, title: 'Broken' }))).status).toBe(410);
});

it('keeps issues, comments, labels and reactions', async () => {
  const setting = await aSetting();
  const { octokit, at } = setting;
  const { issues, reactions } = octokit.rest;
  const { data: issue } = await issues.create({ ...at, title: 'The config is broken', labels: ['config'] });
  const on = { ...at, issue_number: issue.number };
  await issues.update({ ...on, body: 'Line 3.', state: 'closed', state_reason: 'not_planned' });
  await issues.update({ ...on, state: 'open' });
  await issues.setLabels({ ...on, labels: ['help'] });
  expect((await issues.listLabelsOnIssue(on)).data.map(({ name }) => name)).toEqual(['help']);
  await issues.removeAllLabels(on);
  expect((await issues.getLabel({ ...at, name: 'help' })).data.name).toBe('help');
  await issues.deleteLabel({ ...at, name: 'help' });
  const { data: comment } = await issues.createComment({ ...on, body: 'Mended.' });
  const one = { ...at, comment_id: comment.id };
  expect((await issues.getComment(one)).data.body).toBe('Mended.');
  expect((await issues.listCommentsForRepo(at)).data).toHaveLength(1);
  const { data: rocket } = await reactions.createForIssueComment({ ...one, content: 'rocket' });
  expect((await reactions.listForIssueComment(one)).data).toHaveLength(1);
  await reactions.deleteForIssueComment({ ...one, reaction_id: rocket.id });
  const { data: heart } = await reactions.createForIssue({ ...on, content: 'heart' });
  expect((await reactions.createForIssue({ ...on, content: 'heart' })).status).toBe(200);
  expect((await reactions.listForIssue(on)).data).toHaveLength(1);
  await reactions.deleteForIssue({ ...on, reaction_id: heart.id });
  await issues.deleteComment(one);
  expect(told(setting).slice(1)).toEqual([
    'issues.opened',
    'issues.labeled',
    'issues.edited',
    'issues.closed',
    'issues.reopened',
    'issues.unlabeled',
    'issues.labeled',
    'issues.unlabeled',
    'issue_comment.created',
    'issue_comment.deleted',
  ]);
});

it('keeps check suites and workflow runs', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const { head } = await aPull(setting);
  const { checks, actions } = octokit.rest;
  const { data: run } = await checks.create({ ...at, name: 'dreamkeeper', head_sha: head.sha });
  await checks.rerequestRun({ ...at, check_run_id: run.id });
  expect((await checks.get({ ...at, check_run_id: run.id })).data.status).toBe('queued');
  const suite = { ...at, check_suite_id: run.check_suite?.id ?? 0 };
  expect((await checks.listForSuite(suite)).data.total_count).toBe(1);
  expect((await checks.getSuite(suite)).data.head_sha).toBe(head.sha);
  expect((await checks.listSuitesForRef({ ...at, ref: head.sha })).data.total_count).toBe(1);
  const finished = await github.finishWorkflow(repository, { artifacts: { a: new Uint8Array([80, 75]) } });
  expect((await actions.listWorkflowRunsForRepo({ ...at, event: 'push' })).data.total_count).toBe(1);
  expect((await actions.getWorkflowRun({ ...at, run_id: finished.id })).data.conclusion).toBe('success');
  const {
    data: { artifacts },
  } = await actions.listArtifactsForRepo(at);
  expect((await actions.getArtifact({ ...at, artifact_id: artifacts[0]?.id ?? 0 })).data.size_in_bytes).toBe(
    2,
  );
});

it('takes auto-merge back, and throws out of the queue what fails', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const pull = await aPull(setting);
  repository.merging.autoMerge = true;
  repository.mergeQueues.add('main');
  github.rule(repository, 'main', { checks: ['ci'] });
  const mutate = (name: string, more = '') =>
    octokit.graphql(
      `mutation ($id: ID!) { ${name}(input: { pullRequestId: $id }) { clientMutationId ${more} } }`,
      { id: pull.node_id },
    );
  await mutate('enablePullRequestAutoMerge');
  await mutate('disablePullRequestAutoMerge', 'pullRequest { autoMergeRequest { mergeMethod } }');
  await github.concludeCheck(repository, { name: 'ci', sha: pull.head.sha, conclusion: 'success' });
  await mutate('enqueuePullRequest', 'mergeQueueEntry { id }');
  const asked = await octokit.graphql(
    'query { repository(owner: "acme", name: "shop") { mergeQueue(branch: "main") { id } pullRequest(number: 1) { state isInMergeQueue } } }',
  );
  expect(asked).toMatchObject({ repository: { pullRequest: { state: 'OPEN', isInMergeQueue: true } } });
  await github.leaveQueue(repository, 1, 'failed');
  expect((await octokit.rest.pulls.get({ ...at, pull_number: 1 })).data.state).toBe('open');
  const names = told(setting).filter((name) => /merge|queue/.test(name));
  expect(names.map((name) => name.replace('pull_request.', ''))).toEqual([
    'auto_merge_enabled',
    'auto_merge_disabled',
    'enqueued',
    'merge_group.checks_requested',
    'dequeued',
    'merge_group.destroyed',
  ]);
});
