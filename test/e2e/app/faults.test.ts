/**
 * For each step of a dream: the server is killed after the step had its effect on GitHub and before it could write that
 * down, and started again. No session is lost, there is one pull request, nothing is said twice, no rejection is lost.
 * `npm run faults` goes through every step and prints the table; `npm test` through those with most to lose.
 */
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Target } from '../../support/forge/server/faults.ts';
import type { PullIssue } from '../../support/forge/state/issue.ts';
import { aTeam, configPath, pushTo, remembering, type Team } from './team.ts';

vi.setConfig({ testTimeout: 240_000 });

interface Row {
  readonly step: string;
  readonly killed: string;
  readonly sessions: number;
  readonly pulls: number;
  readonly comments: number;
  readonly checks: number;
}
const table: Row[] = [];
const wholeTable = process.env.FAULTS_TABLE !== undefined;
afterAll(() => {
  if (wholeTable) console.table(table);
});

/** Nothing to audit. */
const tidy = '# Notes\n\n- Ask in the channel before you touch the ledger.\n';
const request = 'Remember: always run `pnpm lint` before you commit.';
const config = 'dream:\n  sessions: 1\n  after: 0\n  apart: 0\n';

async function aReadyTeam(): Promise<Team> {
  return aTeam({ files: { 'CLAUDE.md': tidy, [configPath]: config } });
}

type Step = readonly [name: string, target: Target];

/** Kills the server in the step, once, and starts it again. @returns what is to be awaited after everything else */
function killIn(
  { github, app }: Pick<Team, 'github' | 'app'>,
  step: Target,
): { readonly killed: () => boolean } {
  let killed = false;
  github.fail(step, {
    after: async () => {
      killed = true;
      await app.kill();
    },
  });
  return { killed: () => killed };
}

async function goOn(team: Team, killed: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(killed()).toBe(true), { timeout: 60_000, interval: 50 });
  await team.app.restart();
  await team.app.idle();
}

function nothingTwice(team: Team, pull: PullIssue): { comments: number; checks: number } {
  const comments = [...pull.comments.values()].filter(({ viaApp }) => viaApp).length;
  expect(comments, 'comments of the App').toBeLessThanOrEqual(1);
  const head = pull.pull.headSha;
  const runs = [...team.repository.checkRuns.values()].filter(({ headSha }) => headSha === head);
  const names = runs.map(({ name }) => name);
  expect(new Set(names).size, `check runs ${names.join(', ')}`).toBe(names.length);
  return { comments, checks: runs.length };
}

describe('killed after its effect and before its record', () => {
  const most: readonly Step[] = [['commit and push of the dream', pushTo('refs/heads/dream/')]];
  const others: readonly Step[] = [
    ['fetch', 'git-upload-pack'],
    ['extract and journal (push of the ledger)', pushTo('refs/heads/dreamkeeper')],
    ['open', 'pulls/create'],
    ['labels', /^issues\/(add-labels|set-labels|create-label)$/],
    ['check', 'checks/create'],
    ['comment', 'issues/create-comment'],
  ];

  it.each(wholeTable ? [...others, ...most] : most)('%s', async (step, target) => {
    const team = await aReadyTeam();
    const ben = await team.member('ben');
    // What they push themselves is through when the server hears of it.
    team.github.webhooks.decide(() => 'hold');
    await ben.handIn(remembering('one', request));
    const { killed } = killIn(team, target);
    team.github.webhooks.decide(() => 'send');
    team.github.webhooks.release();
    await goOn(team, killed);
    const pull = team.openPull();
    expect(team.pulls()).toHaveLength(1);
    expect(pull.body).toContain('pnpm lint');
    expect(pull.pull.headSha).toBe(team.repository.refs.get(`refs/heads/${pull.pull.head}`));
    const sessions = (await sessionFiles(team)).length;
    expect(sessions).toBe(1);
    table.push({ step, killed: 'yes', sessions, pulls: 1, ...nothingTwice(team, pull) });
  });

  it('decisions: what a person left out stays out', async () => {
    const team = await aReadyTeam();
    const ben = await team.member('ben');
    await ben.handIn(remembering('one', request));
    await team.app.idle();
    const pull = team.openPull();
    const { killed } = killIn(team, pushTo('refs/heads/dreamkeeper'));
    await team.github.as('ben').rest.pulls.update({ ...team.at, pull_number: pull.number, state: 'closed' });
    await goOn(team, killed);
    expect(await decisions(team)).toMatch(/"type":"rejected"/);
    await ben.handIn(remembering('two', 'What a fine day it is.'));
    await team.app.later('2 days');
    await team.app.idle();
    expect(team.pulls().filter(({ body }) => body?.includes('pnpm lint') === true)).toHaveLength(1);
    table.push({ step: 'decisions', killed: 'yes', sessions: 2, pulls: 1, ...nothingTwice(team, pull) });
  });

  it.runIf(wholeTable)('merge: in auto mode it is merged once, and recorded', async () => {
    const auto = `${config}mode: auto\nauto:\n  after: 0\n  kinds: [merge, learn]\n`;
    let killed = (): boolean => false;
    // The audit merges two entries that say the same.
    const team = await aTeam({
      files: { [configPath]: auto },
      before: (github, app) => ({ killed } = killIn({ github, app }, /^pulls\/merge/)),
    });
    await goOn(team, killed);
    expect((await decisions(team)).match(/"type":"merged"/g)).toHaveLength(1);
    const merged = team.pulls().filter(({ pull }) => pull.merged !== undefined);
    expect(merged).toHaveLength(1);
    table.push({ step: 'merge', killed: 'yes', sessions: 0, pulls: 1, comments: 0, checks: 0 });
  });
});

async function ledgerClone(team: Team) {
  const member = await team.member('ben');
  await member.git('fetch', '-q', 'origin', '+dreamkeeper:dreamkeeper');
  return member;
}

async function sessionFiles(team: Team): Promise<readonly string[]> {
  const member = await ledgerClone(team);
  const names = await member.git('ls-tree', '-r', '--name-only', 'dreamkeeper');
  return names.split('\n').filter((name) => name.startsWith('sessions/'));
}

async function decisions(team: Team): Promise<string> {
  return (await ledgerClone(team)).git('show', 'dreamkeeper:decisions.jsonl');
}
