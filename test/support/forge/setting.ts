/** What most tests begin with: a repository of an organization, with the App installed; and Probot's view of it. */
import { Probot, ProbotOctokit } from 'probot';
import { startGitHub, type GitHub, type StandInOptions } from './start.ts';
import type { NewRepository } from './scene.ts';
import type { Installation } from './state/account.ts';
import type { Repository } from './state/repository.ts';

type AppOctokit = Awaited<ReturnType<Probot['auth']>>;

export interface Setting {
  readonly github: GitHub;
  readonly repository: Repository;
  readonly installation: Installation;
  readonly probot: Probot;
  /** As the installation. */
  readonly octokit: AppOctokit;
  readonly at: { readonly owner: string; readonly repo: string };
}

const files = { 'CLAUDE.md': '# Notes\n\n- Run the tests before you push.\n', 'src/app.ts': 'export {};\n' };
const people = { ana: 'admin', ben: 'write', rea: 'read' } as const;

export async function aSetting(parts: NewRepository = {}, options: StandInOptions = {}): Promise<Setting> {
  const github = await startGitHub(options);
  const repository = await github.repository('acme/shop', { files, people, ...parts });
  const installation = github.install(github.account('acme'), github.account('ana'));
  const probot = probotFor(github);
  const octokit = await probot.auth(installation.id);
  return { github, repository, installation, probot, octokit, at: { owner: 'acme', repo: 'shop' } };
}

/** Neither slowed down nor tried again. A function, because Probot lays its own throttle options over a plain object. */
const Hasty = ProbotOctokit.defaults((options: ConstructorParameters<typeof ProbotOctokit>[0]) => ({
  ...options,
  retry: { enabled: false },
  throttle: { enabled: false },
}));

export function probotFor(github: GitHub): Probot {
  return new Probot({
    appId: github.app.id,
    privateKey: github.app.privateKey,
    secret: github.app.webhook.secret,
    baseUrl: github.api,
    logLevel: 'fatal',
    Octokit: Hasty,
  });
}

/** A branch with one commit that adds a line to CLAUDE.md, and a pull request of it, by the App. */
export async function aPull({ octokit, at }: Setting, branch = 'dream/one', line = '- Use pnpm.') {
  const { data: base } = await octokit.rest.git.getRef({ ...at, ref: 'heads/main' });
  await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: base.object.sha });
  const { data: file } = await octokit.rest.repos.getContent({ ...at, path: 'CLAUDE.md', ref: branch });
  if (!('content' in file)) throw new Error('CLAUDE.md is a file.');
  await octokit.rest.repos.createOrUpdateFileContents({
    ...at,
    path: 'CLAUDE.md',
    branch,
    message: 'Remember pnpm',
    sha: file.sha,
    content: Buffer.from(`${Buffer.from(file.content, 'base64').toString()}${line}\n`).toString('base64'),
  });
  const { data } = await octokit.rest.pulls.create({
    ...at,
    head: branch,
    base: 'main',
    title: 'Dream',
    body: 'One change.',
  });
  return data;
}

/** The events the App was told of: `pull_request.opened`. */
export const told = ({ github }: Setting): string[] =>
  github.webhooks.list.map(({ event, action }) => (action === null ? event : `${event}.${action}`));

/** The refusal of a request: its status and message. */
export async function refusal(request: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await request;
  } catch (error) {
    const { status, message } = error as { status: number; message: string };
    return { status, message };
  }
  throw new Error('The request was expected to be refused.');
}
