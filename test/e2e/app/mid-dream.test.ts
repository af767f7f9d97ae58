/** What may become of a repository while it is dreamed about: the job ends, nobody is left with a failure, and what is mended goes on. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { copyFolder } from '../../../src/github/copy-folder.ts';
import { aTeam, aWorld, configPath, pushTo, type Team, type World } from './team.ts';

vi.setConfig({ testTimeout: 240_000 });

let world: World;
beforeAll(async () => {
  world = await aWorld();
}, 60_000);

/** Its first dream is the audit of a memory that says something twice; something happens before its ledger is pushed. */
async function upset(owner: string, happens: (team: Team) => unknown): Promise<Team> {
  const made: Team[] = [];
  const happened = vi.fn(() => Promise.all(made.map(happens)));
  const team = await aTeam({
    ...{ world, owner, files: { [configPath]: 'mode: manual\n' } },
    before: ({ fail }) => fail(pushTo('refs/heads/dreamkeeper', `${owner}/shop`), { before: happened }),
  });
  made.push(team);
  await world.app.idle();
  expect(happened).toHaveBeenCalledOnce();
  return team;
}

const as = ({ github, at }: Team, settings: object): Promise<unknown> =>
  github.as('ana').rest.repos.update({ ...at, ...settings });

const openPulls = (team: Team): number => team.pulls().filter(({ closed }) => closed === undefined).length;
const hasCopy = ({ app, repository }: Team): boolean => existsSync(copyFolder(app.dataFolder, repository.id));

describe('a repository that is, in the middle of a dream,', () => {
  it('renamed is dreamed about to the end', async () => {
    const team = await upset('renamed', (it) => as(it, { name: 'store' }));
    expect(openPulls(team)).toBe(1);
  });

  it.each([
    ['archived', { archived: true }, { archived: false }],
    ['public', { private: false }, { private: true }],
  ])('made %s sleeps until that is taken back', async (owner, happens, mends) => {
    const team = await upset(owner, (it) => as(it, happens));
    expect(openPulls(team)).toBe(0);
    await as(team, mends);
    await team.app.later('2 hours');
    await team.app.idle();
    expect(openPulls(team)).toBe(1);
  });

  it('emptied is left alone', async () => {
    const team = await upset('emptied', ({ repository }) => {
      execFileSync('git', ['update-ref', '-d', 'refs/heads/main'], { cwd: repository.dir });
      repository.refs = new Map([...repository.refs].filter(([ref]) => ref !== 'refs/heads/main'));
    });
    expect(openPulls(team)).toBe(0);
  });

  it('left by a suspended App goes on when the App may', async () => {
    const team = await upset('suspended', ({ github, installation }) =>
      github.suspend(installation, github.account('ana')),
    );
    expect(openPulls(team)).toBe(0);
    team.github.resume(team.installation, team.github.account('ana'));
    await team.app.later('2 hours');
    await team.app.idle();
    expect(openPulls(team)).toBe(1);
  });

  it.each([
    [
      'left by the App',
      ({ github, installation }: Team) => github.uninstall(installation, github.account('ana')),
    ],
    [
      'transferred to where the App is not',
      ({ github, repository }: Team) => (repository.owner = github.account('globex', 'Organization')),
    ],
  ])('%s is forgotten, and nothing of it is kept', async (what, happens) => {
    const team = await upset(what.split(' ')[0] ?? '', happens);
    expect(openPulls(team)).toBe(0);
    expect(hasCopy(team)).toBe(false);
    const requests = team.github.requests.length;
    await team.app.later('1 hour');
    await team.app.idle();
    const asked = team.github.requests.slice(requests);
    expect(asked.filter(({ path }) => path.includes(`${team.at.owner}/`))).toEqual([]);
  });
});
