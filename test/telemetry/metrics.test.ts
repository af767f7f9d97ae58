import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';

describe('metrics', () => {
  it('count what happened, by kind and end', async () => {
    const metrics = createMetrics({ version: '1.2.3' });
    metrics.jobEnded({ kind: 'dream', end: 'done', seconds: 2 });
    metrics.jobEnded({ kind: 'dream', end: 'retry', seconds: 100 });
    metrics.dreamEnded({ outcome: 'nothing', reason: 'nothing-new' });
    metrics.proposals('merged', 'correct', 2);
    metrics.tokens('claude', 'cache_read', 1_000);
    metrics.cost('claude', 0.25);
    metrics.githubAnswered(404);
    metrics.githubAnswered(0);
    metrics.databaseRestarted();
    const text = await metrics.registry.metrics();
    for (const line of [
      'dreamkeeper_build_info{version="1.2.3"} 1',
      'dreamkeeper_jobs_total{kind="dream",end="done"} 1',
      'dreamkeeper_jobs_total{kind="dream",end="retry"} 1',
      'dreamkeeper_job_duration_seconds_bucket{le="5",kind="dream"} 1',
      'dreamkeeper_job_duration_seconds_count{kind="dream"} 2',
      'dreamkeeper_dreams_total{outcome="nothing",reason="nothing-new"} 1',
      'dreamkeeper_proposals_total{kind="correct",fate="merged"} 2',
      'dreamkeeper_tokens_total{dreamer="claude",use="cache_read"} 1000',
      'dreamkeeper_cost_usd_total{dreamer="claude"} 0.25',
      'dreamkeeper_github_requests_total{status="4xx"} 1',
      'dreamkeeper_github_requests_total{status="none"} 1',
      'dreamkeeper_database_restarts_total 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('ask the queue at each scrape, and forget what it no longer says', async () => {
    const answers = [
      [{ kind: 'dream', state: 'waiting', jobs: 3, oldestSeconds: 61.5 }],
      [{ kind: 'ingest', state: 'dead', jobs: 1, oldestSeconds: 5 }],
    ];
    const { registry } = createMetrics({ version: '1', depth: () => Promise.resolve(answers.shift() ?? []) });
    const first = await registry.metrics();
    expect(first).toContain('dreamkeeper_queue_up 1');
    expect(first).toContain('dreamkeeper_queue_jobs{kind="dream",state="waiting"} 3');
    expect(first).toContain('dreamkeeper_queue_oldest_seconds{kind="dream",state="waiting"} 61.5');
    const second = await registry.metrics();
    expect(second).toContain('dreamkeeper_queue_jobs{kind="ingest",state="dead"} 1');
    expect(second).not.toContain('kind="dream"');
  });

  it('are given although the queue cannot be asked', async () => {
    const { registry } = createMetrics({ version: '1', depth: () => Promise.reject(new Error('down')) });
    const text = await registry.metrics();
    expect(text).toContain('dreamkeeper_queue_up 0');
    expect(text).not.toMatch(/^dreamkeeper_queue_jobs\{/m);
  });

  it('of two servers in one process are apart', async () => {
    const [one, other] = [createMetrics({ version: '1' }), createMetrics({ version: '1' })];
    one.databaseRestarted();
    expect(await other.registry.metrics()).toContain('dreamkeeper_database_restarts_total 0');
  });

  it('have no more series than there are codes, whatever they are told', async () => {
    const metrics = createMetrics({ version: '1' });
    for (let n = 0; n < 500; n++) metrics.dreamEnded({ outcome: 'nothing', reason: `r${n}` });
    metrics.dreamEnded({ outcome: 'nothing', reason: 'acme/secret-repository is paused' });
    const series = (await metrics.registry.metrics())
      .split('\n')
      .filter((line) => line.startsWith('dreamkeeper_dreams_total{'));
    expect(series).toHaveLength(41);
    expect(series.join()).not.toContain('acme');
    expect(series.at(-1)).toContain('reason="other"} 461');
  });

  it('show the installation that is closest to its limit, until that is reset', async () => {
    let now = 1_000_000;
    const metrics = createMetrics({ version: '1', now: () => now });
    const rate = { resource: 'core', resetAt: 2_000 };
    metrics.githubRate({ ...rate, installation: '1', remaining: 4_000 });
    metrics.githubRate({ ...rate, installation: '2', remaining: 12, resetAt: 1_500 });
    expect(await metrics.registry.metrics()).toContain(
      'dreamkeeper_github_rate_remaining{resource="core"} 12',
    );
    now = 1_500_000;
    expect(await metrics.registry.metrics()).toContain(
      'dreamkeeper_github_rate_remaining{resource="core"} 4000',
    );
  });
});
