/** What a dream in a pull request costs of GitHub's limits: counted on the stand-in, which lives in a test. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Line } from './measure.ts';

const root = join(import.meta.dirname, '../..');
const test = 'test/github/pull-request/budget.test.ts';
const mostRequests = 15;

const counted = z.object({
  count: z.number(),
  commits: z.enum(['git', 'verified']),
  api: z.number(),
  graphql: z.number(),
  pushes: z.number(),
});

/** @throws when the test fails: then nothing was counted. */
export function benchRequests(): Line[] {
  const folder = mkdtempSync(join(tmpdir(), 'dreamkeeper-bench-'));
  const report = join(folder, 'requests.jsonl');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const env = { ...process.env, REQUESTS_REPORT: report };
    execFileSync(process.execPath, [vitest, 'run', test], { cwd: root, env, stdio: 'pipe' });
    const lines = readFileSync(report, 'utf8').trim().split('\n');
    return lines.map((line) => lineOf(counted.parse(JSON.parse(line))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lineOf({ count, commits, api, graphql, pushes }: z.infer<typeof counted>): Line {
  const signed = commits === 'verified' ? count : 0;
  return {
    name: `${count === 1 ? 'pull request of 1 proposal' : `pull request of ${count} proposals`}, commits: ${commits}`,
    measured: `${api + graphql} requests`,
    reference: `and ${pushes} pushes`,
    goal: `≤ ${mostRequests + signed}`,
    ok: api <= mostRequests && graphql <= signed,
  };
}
