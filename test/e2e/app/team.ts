/** A team that works with the App: a repository on the stand-in, people with clones, and the App as a process. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { aCommand, type Command } from '../../support/command.ts';
import { startApp, type App, type AppOptions } from '../../support/app.ts';
import type { NewRepository } from '../../support/forge/scene.ts';
import { startGitHub, type GitHub, type StandInOptions } from '../../support/forge/start.ts';
import type { Target } from '../../support/forge/server/faults.ts';
import type { Installation } from '../../support/forge/state/account.ts';
import { isPull, type PullIssue } from '../../support/forge/state/issue.ts';
import type { Repository } from '../../support/forge/state/repository.ts';
import { whenOver } from '../../support/lifetime.ts';
import { transcript } from '../../support/transcript.ts';

export interface Member {
  /** A full clone with their credentials. */
  readonly dir: string;
  readonly command: Command;
  git(...args: string[]): Promise<string>;
  /** Commits files and pushes the branch. */
  change(message: string, files: Readonly<Record<string, string>>, branch?: string): Promise<void>;
  /**
   * Hands sessions in: `dreamkeeper ingest --push`.
   * @param sessions what was said in turns, or a transcript as it is, by id
   * @param days from today on which they ran: yesterday unless said otherwise
   */
  handIn(sessions: Readonly<Record<string, readonly string[] | string>>, days?: number): Promise<void>;
}

export interface Team {
  readonly github: GitHub;
  readonly app: App;
  readonly repository: Repository;
  readonly installation: Installation;
  readonly at: { readonly owner: string; readonly repo: string };
  member(login: string): Promise<Member>;
  /** Of the App, newest last. */
  pulls(): readonly PullIssue[];
  /** The one that is open. @throws when there is none or more than one */
  openPull(): PullIssue;
}

export const people = { ana: 'admin', ben: 'write', rea: 'read' } as const;
export const configPath = '.github/dreamkeeper.yml';

/** Something to merge, and something to be corrected. */
export const memory = `# Notes

- Run the tests before you push.
- Before you push, run the tests.
- Ask in the channel before you touch the ledger.
`;

export interface TeamParts {
  readonly app?: AppOptions;
  readonly standIn?: StandInOptions;
  /** What happens before the App is installed. */
  readonly before?: (github: GitHub, app: App) => void;
}

/** One App and one GitHub, on which several teams may work. */
export type World = Pick<Team, 'github' | 'app'>;

/** In a `beforeAll`, it is there for all tests of the file. */
export async function aWorld({ standIn, app }: Pick<TeamParts, 'standIn' | 'app'> = {}): Promise<World> {
  const github = await startGitHub(standIn);
  return { github, app: await startApp(github, app) };
}

/** A team of an organization of its own. @param parts `world`: absent, it has one to itself. */
export async function aTeam(
  parts: NewRepository & TeamParts & { readonly world?: World; readonly owner?: string } = {},
): Promise<Team> {
  const { github, app } = parts.world ?? (await aWorld(parts));
  const { owner = 'acme' } = parts;
  const files = { 'CLAUDE.md': memory, 'src/app.ts': 'export {};\n', ...parts.files };
  const repository = await github.repository(`${owner}/shop`, { people, ...parts, files });
  parts.before?.(github, app);
  const installation = github.install(github.account(owner), github.account('ana'));
  // What goes on with it is no matter to the teams after it.
  if (parts.world !== undefined) whenOver(() => leave(github, installation));
  // Whoever steps in goes on from there.
  if (parts.before === undefined) await app.idle();
  const pulls = (): readonly PullIssue[] =>
    [...repository.issues.values()].filter(isPull).filter(({ viaApp }) => viaApp);
  return {
    ...{ github, app, repository, installation, pulls },
    at: { owner, repo: 'shop' },
    member: (login) => aMember(github, repository, login),
    openPull() {
      const open = pulls().filter(({ closed }) => closed === undefined);
      const [only] = open;
      if (only === undefined || open.length > 1) throw new Error(`${open.length} pull requests are open.`);
      return only;
    },
  };
}

function leave(github: GitHub, installation: Installation): void {
  if (github.state.installations.has(installation.id)) github.uninstall(installation, github.account('ana'));
}

async function aMember(github: GitHub, repository: Repository, login: string): Promise<Member> {
  const command = aCommand();
  const dir = join(command.folder, 'clone');
  const env = { PATH: process.env.PATH ?? '', HOME: command.folder, GIT_CONFIG_NOSYSTEM: '1' };
  const git = async (...args: string[]): Promise<string> =>
    (await execa('git', ['-C', dir, ...args], { env, extendEnv: false })).stdout;
  await execa('git', ['clone', '-q', github.cloneUrl(repository, login), dir], { env, extendEnv: false });
  await git('config', 'user.name', login);
  await git('config', 'user.email', `${login}@example.com`);
  const here = command.in(dir);
  return {
    ...{ dir, git, command: here },
    async change(message, files, branch = repository.defaultBranch) {
      await git('fetch', '-q', 'origin');
      await git('checkout', '-q', '-B', branch, `origin/${branch}`);
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(dir, path, '..'), { recursive: true });
        writeFileSync(join(dir, path), text);
      }
      await git('add', '--all');
      await git('commit', '-q', '-m', message);
      await git('push', '-q', 'origin', branch);
    },
    async handIn(sessions, days = -1) {
      const folder = join(command.folder, 'transcripts');
      mkdirSync(folder, { recursive: true });
      for (const [id, words] of Object.entries(sessions))
        writeFileSync(
          join(folder, `${id}.jsonl`),
          recently(typeof words === 'string' ? words : transcript(id, ...words), days),
        );
      const { code, stderr } = await here.run('ingest', folder, '--push', '--by', login);
      if (code !== 0) throw new Error(stderr);
    },
  };
}

/** What is older than the ledger keeps is taken off it. */
const recently = (text: string, days: number): string =>
  text.replaceAll('2026-03-01T', `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T`);

/** The number that a proposal has in the text of the pull request. */
export function numberOf(body: string | null, words: RegExp): number {
  const part = (body ?? '').split(/(?=- \[[ x]\] <!-- dreamkeeper:)/).find((each) => words.test(each)) ?? '';
  const number = /<!-- dreamkeeper:(\d+) -->/.exec(part)?.[1];
  if (number === undefined) throw new Error(`No proposal says ${String(words)}:\n${body ?? ''}`);
  return Number(number);
}

const pushed = z.object({ refs: z.array(z.string()) });

/** Pushes of what is below a ref. @param repository of this one alone */
export function pushTo(ref: string, repository?: string): Target {
  return ({ operation, path, body }) =>
    operation === 'git-receive-pack' &&
    (repository === undefined || path.startsWith(`/${repository}.git/`)) &&
    pushed.safeParse(body).data?.refs.some((each) => each.startsWith(ref)) === true;
}

/** A session in which somebody asks for something to be remembered. */
export const remembering = (id: string, words: string): Readonly<Record<string, readonly string[]>> => ({
  [id]: [words, 'I will keep that in mind.'],
});
