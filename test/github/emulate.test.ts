/**
 * The parts of the App that need no Git behind GitHub, on somebody else's emulation of it: what our own stand-in believes of
 * pull requests, labels, checks and comments, another believes too.
 */
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type GitHubClient } from '../../src/github/client.ts';
import type { HostedRepository } from '../../src/github/hosted.ts';
import { showCheckRun } from '../../src/github/pull-request/check-run.ts';
import { showLabels } from '../../src/github/pull-request/labels.ts';
import { openPull } from '../../src/github/pull-request/open.ts';
import type { PullRequestParts } from '../../src/github/pull-request/parts.ts';
import { findPull, type Pull } from '../../src/github/pull-request/pull.ts';
import { createReading } from '../../src/github/pull-request/reading.ts';
import { showStatusComment } from '../../src/github/pull-request/status-comment.ts';
import { statusComment } from '../../src/core/review/status-comment.ts';
import { aJournal } from '../support/journal.ts';
import { silent } from '../support/postgres.ts';
import { Hasty } from './hosted.ts';

const branch = 'dream/2026-11-21-abc123';
const journal = { ...aJournal(), branch, onto: 'main' };

let github: Emulator;
let client: GitHubClient;
let hosted: HostedRepository;
let parts: PullRequestParts;
let head: string;
let pull: Pull;

beforeAll(async () => {
  github = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      github: {
        users: [{ login: 'ana', name: 'Ana', email: 'ana@example.test' }],
        repos: [{ owner: 'ana', name: 'shop', auto_init: true }],
        apps: [
          {
            app_id: 4711,
            slug: 'dreamkeeper',
            name: 'Dreamkeeper',
            permissions: {
              actions: 'read',
              contents: 'write',
              pull_requests: 'write',
              issues: 'write',
              checks: 'write',
              metadata: 'read',
            },
            events: ['push', 'pull_request'],
            installations: [{ installation_id: 100, account: 'ana', repository_selection: 'all' }],
          },
        ],
      },
    },
  });
  const key = github.generatedSecrets.find(({ kind }) => kind === 'github.app_private_key');
  client = createClient(
    {
      appId: 4711,
      privateKey: key?.value ?? '',
      webhookSecret: 'a secret',
      apiUrl: github.url,
      webUrl: github.url,
      oidc: { issuer: github.url, audience: 'dreamkeeper' },
    },
    silent,
    { Octokit: Hasty },
  );
});
afterAll(() => github.close());

/**
 * What it says of a repository with a token, and what an installation covers, is less than GitHub says; so the repository is
 * put together here.
 */
beforeAll(async () => {
  const app = client.forApp();
  const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: 100 });
  const octokit = new Hasty({ baseUrl: github.url, auth: { token: data.token } });
  hosted = { owner: 'ana', name: 'shop', defaultBranch: 'main', octokit } as unknown as HostedRepository;
  const { data: repository } = await octokit.rest.repos.get({ owner: 'ana', repo: 'shop' });
  hosted = { ...hosted, id: repository.id };
  head = await committed(branch);
  // What is read of Git is not there; no function below asks for it.
  parts = {
    hosted,
    copy: { remoteRefs: () => new Map() },
    bot: () => client.bot(),
  } as unknown as PullRequestParts;
});

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('It is not there.');
  return value;
}

/** A commit on a branch, through the API. @returns its id */
async function committed(name: string): Promise<string> {
  const { rest } = hosted.octokit;
  const at = { owner: hosted.owner, repo: hosted.name };
  const base = await rest.git.getRef({ ...at, ref: `heads/${hosted.defaultBranch}` });
  const parent = base.data.object.sha;
  const { data: commit } = await rest.git.getCommit({ ...at, commit_sha: parent });
  const tree = await rest.git.createTree({
    ...at,
    base_tree: commit.tree.sha,
    tree: [{ path: 'CLAUDE.md', mode: '100644', type: 'blob', content: '- Use pnpm.\n' }],
  });
  const made = await rest.git.createCommit({
    ...at,
    message: 'Learn: use pnpm',
    tree: tree.data.sha,
    parents: [parent],
  });
  await rest.git.createRef({ ...at, ref: `refs/heads/${name}`, sha: made.data.sha });
  return made.data.sha;
}

describe('on an emulation of GitHub that is not ours', () => {
  it('the App knows its own name', async () => {
    expect(await client.bot()).toBe('dreamkeeper[bot]');
  });

  it('opens a pull request, and finds it again', async () => {
    pull = await openPull(parts, journal, { title: 'Memory: 1 change', body: '- [x] one' });
    expect(pull).toMatchObject({ title: 'Memory: 1 change', open: true, comments: 0 });
    // An answer that was lost is looked for by the branch.
    expect((await findPull(parts, { branch, pullRequest: undefined }))?.number).toBe(pull.number);
  });

  it('puts labels on, and takes its own off', async () => {
    await showLabels(parts, pull, ['dreamkeeper']);
    const labelled = required(await findPull(parts, { ...journal, pullRequest: pull.number }));
    expect(labelled.labels).toEqual(['dreamkeeper']);
    await showLabels(parts, labelled, []);
    expect((await findPull(parts, { ...journal, pullRequest: pull.number }))?.labels).toEqual([]);
  });

  it('posts one check run for what it says', async () => {
    const text = { conclusion: 'success' as const, title: 'All good', summary: 'Fine.', annotations: [] };
    await showCheckRun(parts, head, text, true);
    await showCheckRun(parts, head, text, false);
    const at = { owner: hosted.owner, repo: hosted.name };
    const { data } = await hosted.octokit.rest.checks.listForRef({ ...at, ref: head });
    expect(data.check_runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['dreamkeeper', 'success'],
    ]);
  });

  it('writes one status comment, and edits it in place', async () => {
    const reading = createReading(parts);
    const said = (note: string) => statusComment({ commands: [], notes: [note] });
    await showStatusComment(parts, reading, pull, said('first'));
    reading.forget();
    const read = required(await findPull(parts, { ...journal, pullRequest: pull.number }));
    // It does not count comments.
    await showStatusComment(parts, createReading(parts), { ...read, comments: 1 }, said('second'));
    const comments = await createReading(parts).commentsOf({ ...read, comments: 1 });
    expect(comments.map(({ body, login }) => [body.includes('second'), login])).toEqual([
      [true, 'dreamkeeper[bot]'],
    ]);
  });
});
