/** What a dream in a pull request costs of GitHub's limits (npm run bench prints it). */
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/core/sessions/session.ts';
import { dreamWork } from '../../../src/jobs/handlers.ts';
import { agent, person, session } from '../../support/session.ts';
import { aDreamedRepository, aJobContext } from '../dreamed.ts';
import { isGit, isPush, onlyPull, requestsOf } from './seen.ts';

const mostRequests = 15;

const names = [
  ...[
    'orders',
    'invoices',
    'refunds',
    'coupons',
    'shipping',
    'returns',
    'stock',
    'catalog',
    'search',
    'reviews',
  ],
  ...['login', 'sessions', 'tokens', 'roles', 'audit', 'mail', 'sms', 'push', 'exports', 'imports'],
  ...['ledger', 'payouts', 'taxes', 'rates', 'currency', 'cards', 'wallets', 'fraud', 'limits', 'disputes'],
  ...['images', 'video', 'fonts', 'themes', 'layout', 'forms', 'tables', 'charts', 'maps', 'calendar'],
  ...['jobs', 'queues', 'cron', 'cache', 'metrics', 'traces', 'alerts', 'backups', 'restore', 'deploys'],
];

/** One request to remember each, with nothing in common but that. */
const sessionsFor = (count: number): readonly Session[] =>
  names
    .slice(0, count)
    .map((name, at) =>
      session(
        { id: `session-${name}`, day: 1 + (at % 18), by: 'ana' },
        person(
          `Remember: the ${name} service listens on port ${5_000 + at * 7} and is owned by team ${name}.`,
        ),
        agent('I will.'),
      ),
    );

/** The whole job that dreams and opens the pull request, the token and the config included. */
async function costOf(
  count: number,
  commits: string,
): Promise<{ api: number; graphql: number; pushes: number }> {
  const config = `dream:\n  proposals: 50\ncommits: ${commits}\n`;
  const files = { '.github/dreamkeeper.yml': config, 'CLAUDE.md': '# Notes\n\n- Run the tests.\n' };
  const there = await aDreamedRepository({ files, sessions: sessionsFor(count), undreamed: true });
  const payload = { kind: 'dream', repository: String(there.repository.id), asked: true } as const;
  const requests = await requestsOf(there, async () =>
    dreamWork(await there.place(), payload, '2026-03-20T18:00:00.000Z', aJobContext()),
  );
  expect((await there.open()).proposals).toHaveLength(count);
  expect(onlyPull(there).comments.size).toBe(1);
  const api = requests.filter((request) => !isGit(request));
  const graphql = api.filter(({ operation }) => operation === 'graphql').length;
  return { api: api.length - graphql, graphql, pushes: requests.filter(isPush).length };
}

describe('the cost of a dream in a pull request', { timeout: 240_000 }, () => {
  it.each([
    [1, 'git', 0],
    [50, 'git', 0],
    [1, 'verified', 1],
    [50, 'verified', 50],
  ])('of %i proposals, commits: %s', async (count, commits, signed) => {
    const cost = await costOf(count, commits);
    const report = process.env.REQUESTS_REPORT;
    if (report !== undefined) appendFileSync(report, `${JSON.stringify({ count, commits, ...cost })}\n`);
    expect(cost.api).toBeLessThanOrEqual(mostRequests);
    expect(cost.graphql).toBe(signed);
    expect(cost.pushes).toBeLessThanOrEqual(commits === 'git' ? 3 : 6);
  });
});
