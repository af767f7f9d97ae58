/** What happens to dreams in the weeks of several teams, all on one server: each has an organization of its own. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isStatusComment } from '../../../src/core/review/status-comment.ts';
import { jsonl } from '../../support/source.ts';
import {
  aTeam,
  aWorld,
  configPath,
  numberOf,
  remembering,
  type Team,
  type TeamParts,
  type World,
} from './team.ts';

vi.setConfig({ testTimeout: 240_000 });

let world: World;
beforeAll(async () => {
  world = await aWorld();
}, 60_000);

const tidy = '# Notes\n\n- Run the tests before you push.\n- Ask before you touch the ledger.\n';
const eager = 'dream:\n  sessions: 1\n  after: 0\n  apart: 0\n';
const lint = 'Remember: always run `pnpm lint` before you commit.';
const generated = 'Remember: never edit generated files under `src/generated`.';

const aQuickTeam = (owner: string, config = eager, parts: TeamParts = {}): Promise<Team> =>
  aTeam({ world, owner, files: { 'CLAUDE.md': tidy, [configPath]: config }, ...parts });

const bodyOf = (team: Team): string => team.openPull().body ?? '';
const openPulls = (team: Team): readonly number[] =>
  team.pulls().flatMap(({ closed, number }) => (closed === undefined ? [number] : []));
const statusOf = (team: Team): string =>
  [...team.openPull().comments.values()].find(({ body }) => isStatusComment(body))?.body ?? '';
const say = (team: Team, login: string, body: string): Promise<unknown> =>
  team.github.as(login).rest.issues.createComment({
    ...team.at,
    issue_number: team.openPull().number,
    body,
  });

/** Time passes, and all that it brings is done. */
async function later({ app }: Team, interval: string): Promise<void> {
  await app.later(interval);
  await app.idle();
}

describe('a dream that was closed', () => {
  it('is not proposed again before people said it again', async () => {
    const team = await aQuickTeam('closing');
    const [ana, ben] = [await team.member('ana'), await team.member('ben')];
    await ben.handIn(remembering('one', lint));
    await team.app.idle();
    const { number } = team.openPull();
    await team.github.as('ana').rest.pulls.update({ ...team.at, pull_number: number, state: 'closed' });
    await team.app.idle();

    await ben.handIn(remembering('two', 'What a fine day it is.'));
    await later(team, '3 days');
    expect(openPulls(team)).toEqual([]);

    await ana.handIn(remembering('three', lint), 1);
    await ben.handIn(remembering('four', lint), 2);
    await later(team, '1 day');
    expect(bodyOf(team)).toContain('pnpm lint');
    expect(team.openPull().number).not.toBe(number);
  });
});

describe('auto mode', () => {
  it('merges after the wait, and not what must be approved, reviewed, or was touched', async () => {
    const auto = `${eager}mode: auto\nauto:\n  after: 12\n  kinds: [merge, learn]\n`;
    const twice = `${tidy}- Before you push, run the tests.\n`;
    const team = await aTeam({ world, owner: 'auto', files: { 'CLAUDE.md': twice, [configPath]: auto } });
    const ben = await team.member('ben');

    // The audit: it waits for its time, then for the approval that the branch asks for.
    team.github.rule(team.repository, 'main', { approvals: 1 });
    await later(team, '11 hours');
    expect(statusOf(team)).toContain('It merges itself at');
    await later(team, '2 hours');
    expect(statusOf(team)).toContain('At least 1 approving review is required');
    const { number } = team.openPull();
    await team.github
      .as('ana')
      .rest.pulls.createReview({ ...team.at, pull_number: number, event: 'APPROVE' });
    await later(team, '2 hours');
    expect(openPulls(team)).toEqual([]);
    expect(team.pulls().at(-1)?.pull.merged).toBeDefined();
    team.repository.rules.clear();

    // What somebody asked for merges after the wait alone.
    await ben.handIn(remembering('one', lint));
    await team.app.idle();
    await later(team, '11 hours');
    expect(bodyOf(team)).toContain('pnpm lint');
    await later(team, '2 hours');
    expect(openPulls(team)).toEqual([]);
    await ben.git('pull', '-q', 'origin', 'main');
    expect(await ben.git('show', 'HEAD:CLAUDE.md')).toContain('pnpm lint');

    // What was said in passing waits for a person, and what a person commits to is theirs.
    await ben.handIn({
      ...remembering('two', generated),
      three: ['In this repository we always use tabs, never spaces.', 'I will.'],
    });
    await later(team, '13 hours');
    await later(team, '13 hours');
    expect(bodyOf(team)).toMatch(/src\/generated[^]*tabs/);
    expect(statusOf(team)).toMatch(/for a person to review/);
    const pull = team.openPull();
    await ben.git('fetch', '-q', 'origin');
    const proposed = await ben.git('show', `origin/${pull.pull.head}:CLAUDE.md`);
    await ben.change(
      'Say more',
      { 'CLAUDE.md': `${proposed.replace('# Notes\n', '# Notes\n\nBen was here.\n')}\n` },
      pull.pull.head,
    );
    await team.app.idle();
    await say(team, 'ana', `/dream drop ${numberOf(pull.body, /tabs/)}`);
    await later(team, '13 hours');
    await ben.git('fetch', '-q', 'origin');
    const left = await ben.git('show', `origin/${pull.pull.head}:CLAUDE.md`);
    expect(left).toMatch(/Ben was here[^]*src\/generated/);
    expect(left).not.toContain('tabs');
    expect(await ben.git('log', '-1', '--format=%an', `origin/${pull.pull.head}`)).not.toBe('ben');
    expect(openPulls(team)).toEqual([pull.number]);
  });
});

describe('memory and config that people change meanwhile', () => {
  it('take back what moved under an open dream, and stop nothing when they are broken', async () => {
    const files = { 'CLAUDE.md': `${tidy}- Before you push, run the tests.\n`, [configPath]: eager };
    const team = await aTeam({ world, owner: 'changing', files });
    const [ana, ben] = [await team.member('ana'), await team.member('ben')];
    await ben.handIn(remembering('one', lint));
    await team.app.idle();
    const { number } = team.openPull();
    expect(bodyOf(team)).toMatch(/Before you push, run the tests[^]*pnpm lint/);

    // One of the entries that were to be merged changes: that part goes, and the rest follows to the new base.
    await ana.change('Test less', { 'CLAUDE.md': files['CLAUDE.md'].replace('Run the', 'Run only your') });
    await team.app.idle();
    expect(statusOf(team)).toMatch(/Proposal 1 was left out: the entry changed on main in `[\da-f]{7}`/);
    await ben.git('fetch', '-q', 'origin');
    const proposed = await ben.git('show', `origin/${team.openPull().pull.head}:CLAUDE.md`);
    expect(proposed).toMatch(/Run only your tests[^]*Before you push[^]*pnpm lint/);

    // A broken config is told once, and the one before stays in force until it is mended.
    await ana.change('Break it', { [configPath]: `${eager}mode: often\n` });
    await team.app.idle();
    const issues = () => [...team.repository.issues.values()].filter((each) => !('pull' in each));
    expect(issues()).toMatchObject([{ title: expect.stringContaining('cannot read') as string }]);
    await ben.handIn(remembering('three', 'Remember: the staging database listens on port 5433.'));
    await team.app.idle();
    expect(bodyOf(team)).toContain('5433');
    expect(team.openPull().number).toBe(number);
    await ana.change('Mend it', { [configPath]: eager });
    await team.app.idle();
    expect(issues()).toHaveLength(1);
    expect(issues()[0]?.closed).toBeDefined();
  });
});

describe('a mistake', () => {
  it('that is seen once a week is proposed in its second week', async () => {
    const team = await aQuickTeam('weekly', 'mode: manual\n');
    const ben = await team.member('ben');
    await ben.handIn({ one: failing('one') });
    await later(team, '2 days');
    expect(openPulls(team)).toEqual([]);
    await ben.handIn({ two: failing('two') }, 6);
    await later(team, '7 days');
    expect(bodyOf(team)).toContain('npm run test:unit');
    expect(team.openPull().title).toContain('from 2 sessions');
  });
});

describe('two installations', () => {
  it('dream at the same time, each of its own alone', async () => {
    const teams = await Promise.all([aQuickTeam('left'), aQuickTeam('right')]);
    const [ben, ana] = await Promise.all([teams[0].member('ben'), teams[1].member('ana')]);
    await Promise.all([ben.handIn(remembering('one', lint)), ana.handIn(remembering('two', generated))]);
    await world.app.idle();
    const [left = '', right = ''] = teams.map(bodyOf);
    expect([left.includes('pnpm lint'), left.includes('src/generated')]).toEqual([true, false]);
    expect([right.includes('pnpm lint'), right.includes('src/generated')]).toEqual([false, true]);
  });
});

/** A command that fails, and the one that works. */
function failing(id: string): string {
  const rows = [
    { role: 'user', content: 'Run the tests, please.' },
    called('a', 'npm test'),
    answered('a', 'npm error Missing script: "test"', true),
    called('b', 'npm run test:unit'),
    answered('b', '12 passed', false),
  ];
  return jsonl(
    ...rows.map((message, index) => ({
      type: message.role,
      uuid: `${id}-${index}`,
      sessionId: id,
      timestamp: `2026-03-01T12:0${index}:00.000Z`,
      ...{ cwd: '/home/ada/shop', gitBranch: `work-${id}`, version: '2.0.0', userType: 'external' },
      message,
    })),
  );
}

const called = (id: string, command: string) => ({
  ...{ id: `message-${id}`, role: 'assistant', model: 'm' },
  content: [{ type: 'tool_use', id, name: 'Bash', input: { command } }],
});
const answered = (id: string, content: string, failed: boolean) => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: id, content, is_error: failed }],
});
