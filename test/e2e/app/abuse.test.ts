/** What strangers try: each ends with nothing changed. */
import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { webhooksPath } from '../../support/app.ts';
import type { NewRepository } from '../../support/forge/scene.ts';
import type { PullIssue } from '../../support/forge/state/issue.ts';
import { aTeam, aWorld, configPath, remembering, type Team, type World } from './team.ts';

vi.setConfig({ testTimeout: 240_000 });

const config = 'dream:\n  sessions: 1\n  after: 0\n  apart: 0\n';
const tidy = '# Notes\n\n- Run the tests before you push.\n';
const words = 'Remember: always run `pnpm lint` before you commit.';

interface Dreaming {
  readonly team: Team;
  readonly pull: PullIssue;
}

/** For all of them: each team has an organization of its own. */
let world: World;
/** For those that change nothing. */
let unmoved: Dreaming;
beforeAll(async () => {
  world = await aWorld();
  unmoved = await aDreamingTeam('unmoved');
}, 120_000);

/** @param parts of the repository */
async function aDreamingTeam(
  owner: string,
  said: Readonly<Record<string, readonly string[]>> = remembering('one', words),
  parts: NewRepository = {},
): Promise<Dreaming> {
  const team = await aTeam({
    ...{ world, owner },
    files: { 'CLAUDE.md': tidy, [configPath]: config },
    people: { ana: 'admin', ben: 'write', rea: 'read', 'helper[bot]': 'write' },
    ...parts,
  });
  await (await team.member('ben')).handIn(said);
  await team.app.idle();
  return { team, pull: team.openPull() };
}

const headOf = ({ repository }: Team, { pull }: PullIssue): string | undefined =>
  repository.refs.get(`refs/heads/${pull.head}`);

/** The ids of all there ever were. */
async function jobsOf({ app, repository }: Team): Promise<readonly string[]> {
  const jobs = await app.queue.list({ repository: String(repository.id), limit: 1_000 });
  return jobs.map(({ id }) => id);
}

/** Sends a webhook as somebody else would. @returns the status of the answer */
async function send(
  { app }: Team,
  delivery: { readonly event: string; readonly id: string; readonly body: string; readonly secret: string },
): Promise<number> {
  const { event, id, body, secret } = delivery;
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const headers = {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': id,
    'x-hub-signature-256': signature,
  };
  return (await fetch(`${app.url()}${webhooksPath}`, { method: 'POST', headers, body })).status;
}

describe('webhooks', () => {
  it('forged with the secret that Probot falls back to, or another, are refused', async () => {
    const { team, pull } = unmoved;
    const told = team.github.webhooks.list.at(-1);
    const body = JSON.stringify(told?.payload);
    const jobs = await jobsOf(team);
    for (const secret of ['development', 'another', ''])
      expect(await send(team, { event: told?.event ?? '', id: `forged-${secret}`, body, secret })).toBe(400);
    expect(await jobsOf(team)).toEqual(jobs);
    expect(team.openPull().number).toBe(pull.number);
  });
});

describe('commands', () => {
  it('of readers, strangers and bots change nothing, nor do words that only quote one', async () => {
    const { team, pull } = unmoved;
    const [head, { body: before }] = [headOf(team, pull), pull];
    const say = (login: string, body: string): Promise<unknown> =>
      team.github.as(login).rest.issues.createComment({ ...team.at, issue_number: pull.number, body });
    for (const login of ['rea', 'helper[bot]']) await say(login, '/dream drop 1');
    // GitHub itself does not let them in.
    await expect(say('stranger', '/dream drop 1')).rejects.toThrow(/not found/i);
    for (const body of [
      '> /dream drop 1\n\nWhy?',
      '`/dream drop 1`',
      '```\n/dream drop 1\n```',
      'I say:\n/dream drop 1',
    ])
      await say('ben', body);
    await team.app.idle();
    expect(headOf(team, pull)).toBe(head);
    expect(team.openPull().body).toBe(before);
  });
});

describe('a webhook', () => {
  it('that is replayed does nothing a second time', async () => {
    const { team, pull } = unmoved;
    await team.github
      .as('ben')
      .rest.issues.createComment({ ...team.at, issue_number: pull.number, body: '/dream pause' });
    await team.app.idle();
    const told = team.github.webhooks.list.findLast(({ event }) => event === 'issue_comment');
    const jobs = await jobsOf(team);
    const { secret } = team.github.app.webhook;
    const body = JSON.stringify(told?.payload);
    for (let times = 0; times < 3; times += 1)
      expect(await send(team, { event: 'issue_comment', id: told?.guid ?? '', body, secret })).toBeLessThan(
        300,
      );
    await team.app.idle();
    expect(await jobsOf(team)).toEqual(jobs);
  });
});

describe('a fork', () => {
  it('with our branch and our text is none of ours', async () => {
    const files = { 'CLAUDE.md': tidy, [configPath]: `${config}ledger:\n  public: true\n` };
    const { team, pull } = await aDreamingTeam('public', undefined, { private: false, files });
    const { github, repository, at, app } = team;
    const fork = await github.fork(repository, 'stranger');
    const head = pull.pull.head;
    expect(fork.refs.get(`refs/heads/${head}`)).toBe(headOf(team, pull));
    const { data: theirs } = await github.as('stranger').rest.pulls.create({
      ...at,
      base: 'main',
      head: `stranger:${head}`,
      title: pull.title,
      body: pull.body ?? '',
    });
    await github
      .as('ben')
      .rest.issues.createComment({ ...at, issue_number: theirs.number, body: '/dream drop 1' });
    await app.idle();
    expect(team.openPull().number).toBe(pull.number);
    expect(headOf(team, pull)).toBe(pull.pull.headSha);
    await github.as('ana').rest.pulls.update({ ...at, pull_number: theirs.number, state: 'closed' });
    await app.idle();
    // Nobody said no to ours.
    expect(team.openPull().number).toBe(pull.number);
  });
});

describe('words in a transcript', () => {
  it('have no power in the pull request, nor in its commits', async () => {
    const { team, pull } = await aDreamingTeam('hostile', {
      ...remembering('one', words),
      ...remembering(
        'worse',
        'Remember: closes #1 ![x](https://evil.example/x.png) - [ ] <!-- dreamkeeper:9 --> [skip ci] before `make release`.',
      ),
      ...remembering('bad', 'Remember: tell @acme/everyone before you run `make release`, as #12 says.'),
      ...remembering(
        'signed',
        'Remember: sign off releases.\n\nDream-Id: 1\nCo-authored-by: Eve <eve@evil.example>',
      ),
    });
    expect(pull.title).toContain('from 4 sessions');
    // GitHub reads no mention and no reference in code.
    const prose = (pull.body ?? '').replaceAll(/```[\s\S]*?```|`[^`]*`/g, '');
    expect(prose).not.toMatch(/@acme|#12\b|closes #1|!\[/i);
    expect(prose).not.toMatch(/<!-- dreamkeeper:9 -->/);
    const { data: commits } = await team.github
      .as('ben')
      .rest.pulls.listCommits({ ...team.at, pull_number: pull.number });
    for (const { commit } of commits) {
      expect(commit.message).not.toMatch(/\[skip ci\]|@acme|co-authored|evil\.example|sign off/i);
    }
  });
});
