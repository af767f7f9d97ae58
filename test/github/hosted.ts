/** What tests of the App's adapters begin with: a repository on the stand-in, the App installed, and a client that does not wait. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { ProbotOctokit } from 'probot';
import { createClient, type GitHubClient } from '../../src/github/client.ts';
import type { HostedRepository } from '../../src/github/hosted.ts';
import { openWorkingCopy, type WorkingCopy } from '../../src/github/working-copy.ts';
import { readSettings } from '../../src/settings.ts';
import type { NewRepository } from '../support/forge/scene.ts';
import { startGitHub, type GitHub, type StandInOptions } from '../support/forge/start.ts';
import type { Installation } from '../support/forge/state/account.ts';
import type { Repository } from '../support/forge/state/repository.ts';
import type { State } from '../support/forge/state/state.ts';
import { scratchFolder } from '../support/repository.ts';

export interface Hosting {
  readonly github: GitHub;
  readonly repository: Repository;
  readonly installation: Installation;
  readonly client: GitHubClient;
  /** What was logged, at every level. */
  readonly logged: string[];
  readonly dataFolder: string;
  /** The variables git may see. */
  readonly env: Readonly<Record<string, string>>;
  /** As a job finds it now. @throws when it is not there. */
  found(): Promise<HostedRepository>;
  /** @param folder of another process. */
  copy(signal?: AbortSignal, folder?: string): Promise<WorkingCopy>;
}

const files = { 'CLAUDE.md': '# Notes\n\n- Run the tests before you push.\n', 'src/app.ts': 'export {};\n' };
const people = { ana: 'admin', ben: 'write' } as const;

/** Neither slowed down nor tried again. */
export const Hasty = ProbotOctokit.defaults((options: ConstructorParameters<typeof ProbotOctokit>[0]) => ({
  ...options,
  retry: { enabled: false },
  throttle: { enabled: false },
}));

export async function aHosting(parts: NewRepository = {}, options: StandInOptions = {}): Promise<Hosting> {
  const github = await startGitHub(options);
  const repository = await github.repository('acme/shop', { files, people, ...parts });
  const installation = github.install(github.account('acme'), github.account('ana'));
  return hostingOf(github, repository, installation, scratchFolder());
}

/** What was kept of a hosting, to go on from as often as tests like. */
export interface Kept {
  readonly state: State;
  /** Copies of the repository and of what the App keeps. */
  readonly folder: string;
}

/** @param folder an empty one, which must stay */
export function keep({ github, repository, dataFolder }: Hosting, folder: string): Kept {
  cpSync(repository.dir, join(folder, 'repository'), { recursive: true });
  cpSync(dataFolder, join(folder, 'data'), { recursive: true });
  return { state: structuredClone(github.state), folder };
}

/** The same world once more, on a port of its own. */
export async function goOnFrom(kept: Kept, options: StandInOptions = {}): Promise<Hosting> {
  const state = structuredClone(kept.state);
  const [repository] = state.repositories.values();
  const [installation] = state.installations.values();
  if (repository === undefined || installation === undefined) throw new Error('Nothing was kept.');
  const top = scratchFolder();
  repository.dir = join(top, 'repository');
  cpSync(kept.folder, top, { recursive: true });
  return hostingOf(await startGitHub(options, state), repository, installation, top);
}

function hostingOf(github: GitHub, repository: Repository, installation: Installation, top: string): Hosting {
  const [home, dataFolder] = [join(top, 'home'), join(top, 'data')];
  mkdirSync(home);
  const env = readSettings({ PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1' }).git;
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const client = createClient(githubSettings(github), log, { Octokit: Hasty });
  const found = async (signal?: AbortSignal): Promise<HostedRepository> => {
    const at = { installation: installation.id, ...(signal === undefined ? {} : { signal }) };
    const hosted = await client.forRepository(repository.id, at);
    if (hosted === undefined) throw new Error('The repository is not there.');
    return hosted;
  };
  return {
    ...{ github, repository, installation, client, logged, dataFolder, env },
    found: () => found(),
    copy: async (signal, folder = dataFolder) => openWorkingCopy(await found(signal), folder, env, signal),
  };
}

export function githubSettings(github: GitHub) {
  const { id, privateKey, webhook } = github.app;
  const { api: apiUrl, origin: webUrl, oidcIssuer: issuer } = github;
  const oidc = { issuer, audience: 'dreamkeeper' };
  return { appId: id, privateKey, webhookSecret: webhook.secret, apiUrl, webUrl, oidc };
}
