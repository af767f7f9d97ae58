import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { embeddedDreamer } from '../../src/dreamers/embedded/dreamer.ts';
import { onboardingBranch, onboardWork } from '../../src/github/onboarding.ts';
import { hostedRepositories, type HostedPlace } from '../../src/github/repositories.ts';
import { aHosting, type Hosting } from './hosted.ts';

const config = '.github/dreamkeeper.yml';
const at = { owner: 'acme', repo: 'shop' };
const context = {
  id: 'job',
  attempt: 0,
  signal: new AbortController().signal,
  log: pino({ level: 'silent' }),
};

async function open(hosting: Hosting): Promise<HostedPlace> {
  const { client, dataFolder, env: git, repository, installation } = hosting;
  const source = hostedRepositories({ client, dataFolder, git, dreamerOf: () => embeddedDreamer });
  const place = await source.open(String(repository.id), context.signal, String(installation.id));
  if (place === undefined) throw new Error('The repository is not there.');
  return place;
}

/** As a job does it. @param installedAt when the App came */
async function onboard(hosting: Hosting, installedAt = '2020-01-01T00:00:00Z'): Promise<string> {
  const work = onboardWork({ installedAt: () => Promise.resolve(installedAt) });
  const payload = { kind: 'onboard', repository: String(hosting.repository.id) } as const;
  const { outcome, reason } = await work(await open(hosting), payload, '2026-03-01T12:00:00.000Z', context);
  return reason ?? outcome;
}

async function pulls({ github }: Hosting) {
  const { data } = await github.as('ana').rest.pulls.list({ ...at, state: 'all' });
  return data;
}

async function configOn({ github }: Hosting, ref = onboardingBranch): Promise<string> {
  const { data } = await github.as('ana').rest.repos.getContent({ ...at, path: config, ref });
  if (Array.isArray(data) || !('content' in data)) throw new Error('It is a file.');
  return Buffer.from(data.content, 'base64').toString('utf8');
}

/** Whoever says it. */
const say = async ({ github }: Hosting, state: 'open' | 'closed'): Promise<void> => {
  await github.as('ana').rest.pulls.update({ ...at, pull_number: 1, state });
};

describe('first contact', () => {
  it('asks in one pull request, which adds the config and nothing else', async () => {
    const hosting = await aHosting();
    expect((await open(hosting)).asleep?.reason).toBe('not-onboarded');
    expect(await onboard(hosting)).toBe('asked');
    const [pull] = await pulls(hosting);
    expect(pull).toMatchObject({
      title: 'Set up Dreamkeeper',
      user: { login: 'dreamkeeper[bot]' },
      base: { ref: 'main' },
      body: expect.stringContaining('| `CLAUDE.md` | 1 |') as string,
    });
    const { data: files } = await hosting.github.as('ana').rest.pulls.listFiles({ ...at, pull_number: 1 });
    expect(files.map(({ filename }) => filename)).toEqual([config]);
    expect(await configOn(hosting)).toMatch(/^# yaml-language-server: \$schema=/);
  });

  it('asks once, however often it is asked to', async () => {
    const hosting = await aHosting();
    for (let times = 0; times < 3; times += 1) expect(await onboard(hosting)).toBe('asked');
    expect(await pulls(hosting)).toHaveLength(1);
    const writes = hosting.github.requests.filter(
      ({ method, path }) => method !== 'GET' && path.startsWith('/repos/'),
    );
    expect(writes).toHaveLength(3);
  });

  it('goes on where an earlier try was cut off', async () => {
    const hosting = await aHosting();
    hosting.github.fail('pulls/create', { drop: 'answer' });
    await onboard(hosting).catch(() => undefined);
    expect(await onboard(hosting)).toBe('asked');
    expect(await pulls(hosting)).toHaveLength(1);
  });

  it('keeps up with the memory there is, as long as nobody has written into it', async () => {
    const hosting = await aHosting();
    await onboard(hosting);
    await commit(hosting, 'main', 'AGENTS.md', '# Notes\n\n- Use pnpm.\n');
    await onboard(hosting);
    expect((await pulls(hosting))[0]?.body).toContain('`AGENTS.md`');
    expect(await configOn(hosting)).toContain('#   AGENTS.md');

    await commit(hosting, onboardingBranch, config, 'mode: manual\n');
    await commit(hosting, 'main', 'GEMINI.md', '# Notes\n\n- Use bun.\n');
    await onboard(hosting);
    expect(await configOn(hosting)).toBe('mode: manual\n');
  });

  it('takes closing for a no, until the App is installed anew', async () => {
    const hosting = await aHosting();
    await onboard(hosting);
    await say(hosting, 'closed');
    expect(await onboard(hosting)).toBe('declined');
    expect(await pulls(hosting)).toHaveLength(1);
    const later = new Date(Date.now() + 1_000).toISOString();
    expect(await onboard(hosting, later)).toBe('asked');
    expect((await pulls(hosting)).map(({ number, state }) => [number, state])).toEqual([
      [2, 'open'],
      [1, 'closed'],
    ]);
  });

  it('is over when it is merged, and whoever deletes the config means it', async () => {
    const hosting = await aHosting();
    await onboard(hosting);
    await hosting.github.as('ana').rest.pulls.merge({ ...at, pull_number: 1 });
    expect((await open(hosting)).asleep).toBeUndefined();
    expect(await onboard(hosting)).toBe('onboarded');
    const sha = (await hosting.github.as('ana').rest.repos.getContent({ ...at, path: config })).data;
    if (Array.isArray(sha)) throw new Error('It is a file.');
    await hosting.github
      .as('ana')
      .rest.repos.deleteFile({ ...at, path: config, message: 'No', sha: sha.sha });
    expect(await onboard(hosting)).toBe('declined');
    const later = new Date(Date.now() + 1_000).toISOString();
    expect(await onboard(hosting, later)).toBe('asked');
  });

  it('says nothing to a repository that is empty, archived, or agreed by itself', async () => {
    const hosting = await aHosting();
    const empty = await hosting.github.repository('acme/empty', { people: { ana: 'admin' } });
    expect(await onboard({ ...hosting, repository: empty })).toBe('empty');
    const archived = await aHosting();
    archived.repository.archived = true;
    expect(await onboard(archived)).toBe('archived');
    const agreed = await aHosting({ files: { 'CLAUDE.md': 'A\n', [config]: 'mode: manual\n' } });
    expect(await onboard(agreed)).toBe('onboarded');
    for (const each of [hosting, archived, agreed]) expect(await pulls(each)).toEqual([]);
  });

  it('gives way to the rules of a repository', async () => {
    const hosting = await aHosting();
    hosting.github.fail('pulls/create', { status: 403, body: { message: 'No.' } });
    expect(await onboard(hosting)).toBe('refused');
  });
});

async function commit({ github }: Hosting, branch: string, path: string, text: string): Promise<void> {
  const found = await github
    .as('ana')
    .rest.repos.getContent({ ...at, path, ref: branch })
    .catch(() => undefined);
  const sha = found !== undefined && !Array.isArray(found.data) ? { sha: found.data.sha } : {};
  const content = Buffer.from(text).toString('base64');
  const message = `Write ${path}`;
  await github
    .as('ana')
    .rest.repos.createOrUpdateFileContents({ ...at, path, branch, message, content, ...sha });
}
