import { expect, it } from 'vitest';
import { description, operationIds } from '../../support/forge/openapi/description.ts';
import { globalHandlers, ofRepository } from '../../support/forge/handlers.ts';
import { createRateLimits } from '../../support/forge/server/rate-limit.ts';
import { aPull, aSetting, refusal, told } from '../../support/forge/setting.ts';

it('answers exactly the operations that are kept of the description', () => {
  const answered = [
    ...Object.keys(ofRepository),
    ...Object.keys(
      globalHandlers(
        createRateLimits(() => new Date()),
        () => undefined,
      ),
    ),
  ];
  expect(answered.sort()).toEqual([...operationIds].sort());
  expect(description.source).toBe('@octokit/openapi@23.0.2 (api.github.com)');
});

it('opens a pull request whose numbers come from Git', async () => {
  const setting = await aSetting();
  const { octokit, at } = setting;
  const opened = await aPull(setting);
  expect(opened).toMatchObject({
    number: 1,
    commits: 1,
    additions: 1,
    deletions: 0,
    changed_files: 1,
    user: { login: 'dreamkeeper[bot]' },
  });
  // As on GitHub, whether it merges is known at the second time of asking.
  const ask = async () => (await octokit.rest.pulls.get({ ...at, pull_number: 1 })).data;
  expect((await ask()).mergeable).toBeNull();
  expect(await ask()).toMatchObject({ mergeable: true, mergeable_state: 'clean' });
  const { data: changed } = await octokit.rest.pulls.listFiles({ ...at, pull_number: 1 });
  expect(changed.map(({ filename, patch }) => ({ filename, patch }))).toEqual([
    {
      filename: 'CLAUDE.md',
      patch: '@@ -1,3 +1,4 @@\n # Notes\n \n - Run the tests before you push.\n+- Use pnpm.',
    },
  ]);
  expect(told(setting)).toEqual(['installation.created', 'push', 'push', 'pull_request.opened']);
});

it('refuses a second pull request of the same branch', async () => {
  const setting = await aSetting();
  const { octokit, at } = setting;
  await aPull(setting);
  const again = refusal(
    octokit.rest.pulls.create({ ...at, head: 'dream/one', base: 'main', title: 'Dream' }),
  );
  expect((await again).message).toContain('A pull request already exists for acme:dream/one.');
});

it('reports a request that the description forbids', async () => {
  const { octokit, at, github } = await aSetting();
  const wrong = octokit.request('POST /repos/{owner}/{repo}/labels', {
    ...at,
    name: 'dream',
    colour: 'ff0000',
  });
  expect((await refusal(wrong)).status).toBe(422);
  expect(github.violations.splice(0)).toEqual([
    'request POST /repos/{owner}/{repo}/labels (issues/create-label): body/colour is unknown',
  ]);
  expect((await refusal(octokit.request('GET /repos/{owner}/{repo}/stargazers', at))).status).toBe(404);
  expect(github.violations.splice(0)).toHaveLength(1);
});

it('pages lists, and tells the next page in Link', async () => {
  const { octokit, at } = await aSetting();
  for (const name of ['a', 'b', 'c', 'd', 'e']) await octokit.rest.issues.createLabel({ ...at, name });
  const { headers } = await octokit.rest.issues.listLabelsForRepo({ ...at, per_page: 2 });
  expect(headers.link).toMatch(/page=2>; rel="next", <.*page=3>; rel="last"/);
  const all = await octokit.paginate(octokit.rest.issues.listLabelsForRepo, { ...at, per_page: 2 });
  expect(all.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('answers 304 to who has it already', async () => {
  const { octokit, at } = await aSetting();
  const { headers } = await octokit.rest.repos.get(at);
  const again = octokit.rest.repos.get({ ...at, headers: { 'if-none-match': headers.etag ?? '' } });
  expect((await refusal(again)).status).toBe(304);
});

it('counts what may notify people', async () => {
  const setting = await aSetting();
  const { octokit, at, github } = setting;
  await aPull(setting);
  await octokit.rest.issues.createComment({ ...at, issue_number: 1, body: 'Status' });
  await octokit.rest.issues.addLabels({ ...at, issue_number: 1, labels: ['dream'] });
  expect(github.requests.filter(({ notifies }) => notifies).map(({ operation }) => operation)).toEqual([
    'pulls/create',
    'issues/create-comment',
  ]);
});
