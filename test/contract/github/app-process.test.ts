/** The harness that stories of the App are told with: the real `dreamkeeper serve`, as a process. */
import { expect, it, vi } from 'vitest';
import { startApp } from '../../support/app.ts';
import { refusals } from '../../support/forge/server/faults.ts';
import { startGitHub } from '../../support/forge/start.ts';

// A busy machine takes its time to start processes.
vi.setConfig({ testTimeout: 120_000 });

async function acme() {
  const github = await startGitHub();
  const repository = await github.repository('acme/shop', { files: { 'CLAUDE.md': '# Notes\n' } });
  github.install(github.account('acme'), github.account('ana'));
  return { github, repository };
}

it('starts the App, which looks at the repositories it is installed on', async () => {
  const { github, repository } = await acme();
  const app = await startApp(github);
  await app.idle();
  const looked = await app.queue.list({ repository: String(repository.id) });
  expect(looked.map(({ kind, state }) => `${kind} ${state}`)).toContain('sync done');
  expect((await fetch(`${app.url()}/readyz`)).status).toBe(200);
  expect(await app.stop()).toBe(0);
});

it('tells the App of what happens, and waits until it has answered and done its work', async () => {
  const github = await startGitHub();
  const repository = await github.repository('acme/shop', { files: { 'CLAUDE.md': '# Notes\n' } });
  const app = await startApp(github);
  github.install(github.account('acme'), github.account('ana'));
  await app.idle();
  expect(github.webhooks.list.map(({ statusCode }) => statusCode)).not.toContain(0);
  expect(github.webhooks.list[0]).toMatchObject({ event: 'installation', statusCode: 200 });
  const done = await app.queue.list({ repository: String(repository.id), states: ['done'] });
  expect(done.map(({ kind }) => kind)).toContain('onboard');
});

it('goes on after a kill with the job that was cut off', async () => {
  const { github, repository } = await acme();
  const app = await startApp(github);
  await app.idle();
  const killed = Promise.withResolvers<null>();
  github.fail('apps/create-installation-access-token', {
    before: () => app.kill().then(() => killed.resolve(null)),
  });
  const { id } = await app.queue.send({ kind: 'sync', repository: String(repository.id) });
  await killed.promise;
  expect(await app.queue.show(id)).toMatchObject({ state: 'running' });
  await app.restart();
  await app.idle();
  expect(await app.queue.show(id)).toMatchObject({ state: 'done', attempts: 2 });
});

it('lets days pass for jobs, and no time for those that wait to be tried again', async () => {
  const { github, repository } = await acme();
  const app = await startApp(github, { deadLetters: true });
  await app.idle();
  const startAfter = new Date(Date.now() + 14 * 86_400_000).toISOString();
  const { id } = await app.queue.send({ kind: 'sync', repository: String(repository.id) }, { startAfter });
  await app.idle();
  expect(await app.queue.show(id)).toMatchObject({ state: 'waiting' });
  await app.later('15 days');
  github.fail('apps/create-installation-access-token', refusals.secondaryLimit(60), 2);
  await app.idle();
  expect(await app.queue.show(id)).toMatchObject({ state: 'done', attempts: 3 });
});
