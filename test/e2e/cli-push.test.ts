import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { aCommand, type Command } from '../support/command.ts';
import { startGitHub, type GitHub } from '../support/forge/start.ts';
import type { Repository } from '../support/forge/state/repository.ts';
import { transcript } from '../support/transcript.ts';

const ledger = 'refs/heads/dreamkeeper';

interface Member {
  readonly ingest: (id: string, ...options: string[]) => ReturnType<Command['run']>;
  readonly git: (...args: string[]) => Promise<string>;
  readonly command: Command;
}

async function aTeam(): Promise<{ github: GitHub; repository: Repository; join: () => Promise<Member> }> {
  const github = await startGitHub();
  const files = { 'CLAUDE.md': '# Notes\n\n- Run the tests before you push.\n' };
  const repository = await github.repository('acme/shop', { files, people: { ben: 'write' } });
  return { github, repository, join: () => aMember(github, repository) };
}

/** With a clone of their own, and their password where git finds it. */
async function aMember(github: GitHub, repository: Repository): Promise<Member> {
  const home = aCommand();
  const env = { PATH: process.env.PATH ?? '', HOME: join(home.folder, '../home'), GIT_CONFIG_NOSYSTEM: '1' };
  const folder = join(home.folder, 'shop');
  const git = async (cwd: string, args: readonly string[]): Promise<string> =>
    (await execa('git', args, { cwd, env, extendEnv: false })).stdout;
  await git(home.folder, ['clone', '-q', github.cloneUrl(repository, 'ben'), folder]);
  await git(folder, ['config', 'user.name', 'Ben']);
  const command = home.in(folder);
  return {
    command,
    git: (...args) => git(folder, args),
    ingest(id, ...options) {
      writeFileSync(
        join(home.folder, `${id}.jsonl`),
        transcript(id, `Use pnpm for ${id}, not npm.`, 'Done.'),
      );
      return command.run('ingest', `../${id}.jsonl`, ...options);
    },
  };
}

const sessionsOn = async (member: Member): Promise<number> => {
  await member.git('fetch', '-q', 'origin', ledger);
  const tree = await member.git('ls-tree', '-r', '--name-only', 'FETCH_HEAD', 'sessions/');
  return tree.split('\n').filter((line) => line !== '').length;
};

describe('dreamkeeper ingest --push', { timeout: 60_000 }, () => {
  it('hands the redacted sessions on, once', async () => {
    const { repository, join } = await aTeam();
    const ben = await join();
    const first = await ben.ingest('one', '--push');
    expect(first.stdout).toContain('1 pushed to origin, 0 not');
    expect(await ben.git('rev-parse', 'dreamkeeper')).toBe(repository.refs.get(ledger));
    const again = await ben.command.json('ingest', '../one.jsonl', '--push');
    expect(again).toMatchObject({ unchanged: 1, pushed: { remote: 'origin', sessions: [], refused: [] } });
    expect(repository.activities.filter(({ ref }) => ref === ledger)).toHaveLength(1);
  });

  it('pushes nothing where the config keeps the ledger elsewhere, and says what to do', async () => {
    const { repository, join } = await aTeam();
    const ben = await join();
    const folder = `${await ben.git('rev-parse', '--show-toplevel')}/.github`;
    mkdirSync(folder);
    writeFileSync(`${folder}/dreamkeeper.yml`, 'ledger:\n  repository: acme/ledgers\n');
    const { stderr, code } = await ben.ingest('one', '--push');
    expect(code).not.toBe(0);
    expect(stderr).toContain('kept in acme/ledgers');
    expect(stderr).toContain('POST /api/sessions/');
    expect(repository.refs.has(ledger)).toBe(false);
  });

  it('puts them on what others pushed, and never over it', async () => {
    const { repository, join } = await aTeam();
    const [one, two] = [await join(), await join()];
    await one.ingest('one', '--push');
    await two.ingest('two');
    const pushed = await two.ingest('three', '--push');
    expect(pushed.stdout).toContain('2 pushed to origin');
    expect(await sessionsOn(two)).toBe(3);
    expect(await two.git('rev-parse', 'dreamkeeper')).toBe(repository.refs.get(ledger));
    expect(repository.activities.filter(({ forced }) => forced)).toEqual([]);
  });

  it('leaves nobody out when several push at once', async () => {
    const { join } = await aTeam();
    const first = await join();
    const members = [first, await join(), await join()];
    const ran = await Promise.all(members.map((member, n) => member.ingest(`session-${n}`, '--push')));
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(await sessionsOn(first)).toBe(3);
  });

  it('keeps dreams and decisions that were made here, here', async () => {
    const { repository, join } = await aTeam();
    const ben = await join();
    await ben.ingest('one');
    await ben.command.run('dream');
    const before = await ben.git('rev-parse', 'dreamkeeper');
    await ben.ingest('one', '--push');
    await ben.git('fetch', '-q', 'origin', ledger);
    const paths = (await ben.git('ls-tree', '-r', '--name-only', 'FETCH_HEAD')).split('\n');
    expect(paths.every((path) => /^(?:README\.md|sessions\/)/.test(path))).toBe(true);
    expect(await ben.git('rev-parse', 'dreamkeeper')).toBe(before);
    expect(repository.refs.get(ledger)).not.toBe(before);
  });

  it('hands on signals alone where the words stay with their author', async () => {
    const { join } = await aTeam();
    const ben = await join();
    const pushed = await ben.ingest('one', '--detail', 'signals', '--push');
    expect(pushed.stdout).toContain('1 pushed to origin');
    await ben.git('fetch', '-q', 'origin', ledger);
    const paths = (await ben.git('ls-tree', '-r', '--name-only', 'FETCH_HEAD')).split('\n');
    expect(paths).toEqual(['README.md', expect.stringMatching(/^extracts\//)]);
    const again = await ben.ingest('one', '--detail', 'signals', '--push');
    expect(again.stdout).toContain('0 pushed to origin');
  });

  it('says why a push was refused, and pushes with the next run', async () => {
    const { github, repository, join } = await aTeam();
    const ben = await join();
    github.refusePushes(repository, ledger, 'Only release managers push here.');
    const refused = await ben.ingest('one', '--push');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Only release managers push here.');
    expect(await ben.git('ls-tree', '-r', '--name-only', 'dreamkeeper', 'sessions/')).not.toBe('');
    expect(repository.refs.has(ledger)).toBe(false);
  });

  it('says so when there is no such remote', async () => {
    const { join } = await aTeam();
    const ben = await join();
    const ran = await ben.ingest('one', '--push', 'upstream');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/there is no remote upstream[\s\S]*origin/);
  });

  it('says so when the remote does not let the person in', async () => {
    const { github, join } = await aTeam();
    const ben = await join();
    await ben.git('remote', 'set-url', 'origin', `${github.origin}/acme/shop.git`);
    const ran = await ben.ingest('one', '--push');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('git ls-remote origin');
  });
});
