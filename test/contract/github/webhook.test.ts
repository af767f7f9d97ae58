import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strFromU8, unzipSync } from 'fflate';
import { createNodeMiddleware } from 'probot';
import { expect, it, onTestFinished } from 'vitest';
import { startGitHub } from '../../support/forge/start.ts';
import { aSetting, probotFor, told, type Setting } from '../../support/forge/setting.ts';

/** A Probot app behind its own HTTP server that notes what it is told, and answers comments. */
async function listening(setting: Setting): Promise<string[]> {
  const heard: string[] = [];
  const middleware = await createNodeMiddleware(
    (app) => {
      app.onAny(({ id, name, payload }) => {
        heard.push(`${id} ${name}${'action' in payload ? `.${payload.action}` : ''}`);
      });
      app.on('issue_comment.created', async (context) => {
        const { comment } = context.payload;
        if (comment.user?.type === 'Bot') return;
        await context.octokit.rest.reactions.createForIssueComment(
          context.repo({ comment_id: comment.id, content: 'eyes' as const }),
        );
      });
    },
    { probot: setting.probot, webhooksPath: '/api/github/webhooks' },
  );
  const server = createServer((request, response) => void middleware(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  setting.github.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`);
  return heard;
}

it('delivers signed webhooks to a Probot app, which answers through the API', async () => {
  const setting = await aSetting();
  const heard = await listening(setting);
  const rea = setting.github.as('rea');
  const { data: issue } = await rea.rest.issues.create({ ...setting.at, title: 'Why?' });
  await rea.rest.issues.createComment({ ...setting.at, issue_number: issue.number, body: '/dream now' });
  await setting.github.webhooks.settled();
  expect(heard.map((line) => line.split(' ')[1])).toEqual(['issues.opened', 'issue_comment.created']);
  const { data } = await rea.rest.issues.listComments({ ...setting.at, issue_number: issue.number });
  expect(data[0]?.reactions).toMatchObject({ eyes: 1 });
  expect(setting.github.webhooks.list.map(({ statusCode }) => statusCode)).toEqual([0, 200, 200]);
});

it('is refused with another secret', async () => {
  const setting = await aSetting();
  const heard = await listening(setting);
  setting.github.app.webhook.secret = 'not the one of the App';
  await setting.github.as('rea').rest.issues.create({ ...setting.at, title: 'Why?' });
  await setting.github.webhooks.settled();
  expect(heard).toEqual([]);
  expect(setting.github.webhooks.list.at(-1)?.statusCode).toBe(400);
  setting.github.app.webhook.secret = 'a secret of the tests';
});

it('loses, doubles, holds and turns round deliveries as a test decides', async () => {
  const setting = await aSetting();
  const heard = await listening(setting);
  const { github, at } = setting;
  const rea = github.as('rea');
  const fates = ['lose', 'twice', 'hold', 'hold'] as const;
  github.webhooks.decide(({ payload }) => fates[(payload.issue as { number: number }).number - 1] ?? 'send');
  for (const title of ['lost', 'doubled', 'second', 'first']) await rea.rest.issues.create({ ...at, title });
  await github.webhooks.settled();
  expect(heard).toHaveLength(2);
  expect(new Set(heard).size).toBe(1);
  github.webhooks.release((held) => [...held].reverse());
  await github.webhooks.settled();
  const ids = github.webhooks.list.slice(-2).map(({ guid }) => guid);
  expect(heard.slice(2)).toEqual([`${ids[1]} issues.opened`, `${ids[0]} issues.opened`]);
});

it('lists what was not delivered, and delivers it again under the same id', async () => {
  const setting = await aSetting();
  await setting.github.as('rea').rest.issues.create({ ...setting.at, title: 'While the App was down' });
  await setting.github.webhooks.settled();
  const heard = await listening(setting);
  const app = await setting.probot.auth();
  const { data } = await app.rest.apps.listWebhookDeliveries({ per_page: 1 });
  expect(data).toMatchObject([{ event: 'issues', action: 'opened', status_code: 0, redelivery: false }]);
  const [{ id, guid } = { id: 0, guid: '' }] = data;
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
  await setting.github.webhooks.settled();
  expect(heard).toEqual([`${guid} issues.opened`]);
  const all = await app.paginate('GET /app/hook/deliveries', { per_page: 1 });
  expect(all.map((one) => [one.guid, one.redelivery, one.status_code])).toContainEqual([guid, true, 200]);
  expect(all).toHaveLength(3);
  const { data: whole } = await app.rest.apps.getWebhookDelivery({ delivery_id: id });
  expect(whole.request.payload).toMatchObject({ action: 'opened' });
});

it('tells of installing and removing', async () => {
  const github = await startGitHub();
  await github.repository('acme/shop', { files: { 'a.md': 'a\n' } });
  const ana = github.account('ana');
  const installation = github.install(github.account('acme'), ana);
  github.suspend(installation, ana);
  github.resume(installation, ana);
  github.uninstall(installation, ana);
  expect(github.webhooks.list.map(({ action }) => action)).toEqual([
    'created',
    'suspend',
    'unsuspend',
    'deleted',
  ]);
  expect(github.webhooks.list[0]?.payload.repositories).toMatchObject([{ full_name: 'acme/shop' }]);
  const app = await probotFor(github).auth();
  expect((await app.rest.apps.listInstallations()).data).toEqual([]);
});

it('tells of workflow runs, and hands out their artifacts from elsewhere', async () => {
  const setting = await aSetting();
  const { github, octokit, repository, at } = setting;
  const sessions = { 'a.jsonl': Buffer.from('{}\n') };
  const run = await github.finishWorkflow(repository, { artifacts: { 'dreamkeeper-sessions': sessions } });
  expect(told(setting).at(-1)).toBe('workflow_run.completed');
  const { data } = await octokit.rest.actions.listWorkflowRunArtifacts({
    ...at,
    run_id: run.id,
    name: 'dreamkeeper-sessions',
  });
  const [artifact] = data.artifacts;
  const zip = await octokit.rest.actions.downloadArtifact({
    ...at,
    artifact_id: artifact?.id ?? 0,
    archive_format: 'zip',
  });
  const files = unzipSync(new Uint8Array(zip.data as ArrayBuffer));
  expect(strFromU8(files['a.jsonl'] ?? new Uint8Array())).toBe('{}\n');
  for (const one of repository.artifacts.values()) one.expired = true;
  const gone = octokit.rest.actions.downloadArtifact({
    ...at,
    artifact_id: artifact?.id ?? 0,
    archive_format: 'zip',
  });
  await expect(gone).rejects.toMatchObject({ status: 410 });
});

it('tells of runs of forks whose code they ran', async () => {
  const { github, repository } = await aSetting();
  const fork = await github.fork(repository, 'eve');
  await github.finishWorkflow(repository, { from: fork, event: 'pull_request', artifacts: {} });
  expect(github.webhooks.list.at(-1)?.payload.workflow_run).toMatchObject({
    event: 'pull_request',
    head_repository: { full_name: 'eve/shop' },
  });
});

it('sends what was forged, and what was sent before', async () => {
  const setting = await aSetting();
  const heard = await listening(setting);
  const { webhooks } = setting.github;
  await setting.github.as('rea').rest.issues.create({ ...setting.at, title: 'Why?' });
  await webhooks.settled();
  const [event, payload] = ['issues', webhooks.list.at(-1)?.payload ?? {}] as const;
  const guid = webhooks.list.at(-1)?.guid ?? '';
  expect((await webhooks.forge({ event, payload, secret: 'development' })).status).toBe(400);
  expect((await webhooks.forge({ event, payload, signature: 'sha256=00' })).status).toBe(400);
  expect((await webhooks.forge({ event, payload, signature: null })).status).toBe(400);
  expect((await webhooks.forge({ event, payload, guid })).status).toBe(200);
  expect(heard).toEqual([`${guid} issues.opened`, `${guid} issues.opened`]);
});
