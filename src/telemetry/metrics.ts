/** All metrics there are, with their names, labels and what they mean. docs/operations.md says which to watch. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { boundedLabel } from './bounded-label.ts';
import { lowestRates } from './lowest-rates.ts';

/** Of one kind of job in one state. */
export interface QueueDepth {
  readonly kind: string;
  readonly state: string;
  readonly jobs: number;
  readonly oldestSeconds: number;
}

export interface MetricsOptions {
  /** Of Dreamkeeper. */
  readonly version: string;
  /** Asked at each scrape; absent in a process without the queue. */
  readonly depth?: () => Promise<readonly QueueDepth[]>;
  /** Milliseconds; the process's clock unless said otherwise. */
  readonly now?: () => number;
}

export type ProposalFate = 'proposed' | 'withheld' | 'dropped' | 'rejected' | 'merged' | 'withdrawn';
export type TokenUse = 'input' | 'output' | 'cache_read' | 'cache_write';

/** Labels are kinds, states and codes; never names of repositories or people, of which there is no end. */
export interface Metrics {
  readonly registry: Registry;
  /** `end` as the worker says it: done, retry, dead, cancelled, handed-back, lost. */
  jobEnded: (job: { readonly kind: string; readonly end: string; readonly seconds: number }) => void;
  dreamEnded: (dream: { readonly outcome: string; readonly reason: string }) => void;
  proposals: (fate: ProposalFate, kind: string, count?: number) => void;
  tokens: (dreamer: string, use: TokenUse, count: number) => void;
  /** US dollars. */
  cost: (dreamer: string, usd: number) => void;
  /** One answer of GitHub's API; 0 when there was none. */
  githubAnswered: (status: number) => void;
  /** @param rate.resetAt Unix seconds, as GitHub's `x-ratelimit-reset` has it. */
  githubRate: (rate: {
    readonly installation: string;
    readonly resource: string;
    readonly remaining: number;
    readonly resetAt: number;
  }) => void;
  databaseRestarted: () => void;
}

/** Jobs take from a moment (a comment) to the better part of an hour (a long dream). */
const durations = [0.05, 0.25, 1, 5, 15, 60, 300, 900, 3_600];

/** A registry of its own: two servers in one process do not count into each other. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> =>
    new Counter({ name: `dreamkeeper_${name}`, help, labelNames, registers: [registry] });

  const build = new Gauge({
    name: 'dreamkeeper_build_info',
    help: 'Always 1; the version is in the label.',
    labelNames: ['version'],
    registers: [registry],
  });
  build.set({ version: options.version }, 1);
  if (options.depth !== undefined) watchQueue(registry, options.depth);
  const { rate } = watchRates(registry, options.now ?? Date.now);

  const jobs = counter('jobs_total', 'Attempts of jobs that ended, by kind and how.', ['kind', 'end']);
  const seconds = new Histogram({
    name: 'dreamkeeper_job_duration_seconds',
    help: 'How long attempts of jobs ran, by kind.',
    labelNames: ['kind'],
    buckets: durations,
    registers: [registry],
  });
  const dreams = counter('dreams_total', 'Dreams by outcome and reason.', ['outcome', 'reason']);
  const proposed = counter('proposals_total', 'Proposals by kind and what became of them.', ['kind', 'fate']);
  const tokens = counter('tokens_total', 'Tokens of models, by dreamer and use.', ['dreamer', 'use']);
  const cost = counter('cost_usd_total', 'What models cost, in US dollars, by dreamer.', ['dreamer']);
  const github = counter('github_requests_total', 'Answers of GitHub by class of status.', ['status']);
  const restarts = counter('database_restarts_total', 'Times our own PostgreSQL died and was started.', []);

  const kindOf = boundedLabel();
  const endOf = boundedLabel();
  const outcomeOf = boundedLabel();
  const reasonOf = boundedLabel();
  const proposalKindOf = boundedLabel();
  const dreamerOf = boundedLabel();
  return {
    registry,
    jobEnded(job) {
      const kind = kindOf(job.kind);
      jobs.inc({ kind, end: endOf(job.end) });
      seconds.observe({ kind }, job.seconds);
    },
    dreamEnded: ({ outcome, reason }) =>
      dreams.inc({ outcome: outcomeOf(outcome), reason: reasonOf(reason) }),
    proposals: (fate, kind, count = 1) => proposed.inc({ kind: proposalKindOf(kind), fate }, count),
    tokens: (dreamer, use, count) => tokens.inc({ dreamer: dreamerOf(dreamer), use }, count),
    cost: (dreamer, usd) => cost.inc({ dreamer: dreamerOf(dreamer) }, usd),
    githubAnswered: (status) => github.inc({ status: classOf(status) }),
    githubRate: rate,
    databaseRestarted: () => restarts.inc(),
  };
}

/** Counted by the database at each scrape, so that all processes say the same. */
function watchQueue(registry: Registry, depth: () => Promise<readonly QueueDepth[]>): void {
  let asking: Promise<readonly QueueDepth[] | undefined> | undefined;
  /** The gauges of one scrape ask together, and share the answer. */
  const ask = () =>
    (asking ??= depth()
      .catch(() => undefined)
      .finally(() => (asking = undefined)));
  const gauge = (name: string, help: string, valueOf: (depth: QueueDepth) => number): void => {
    new Gauge({
      name: `dreamkeeper_queue_${name}`,
      help,
      labelNames: ['kind', 'state'],
      registers: [registry],
      async collect() {
        const depths = (await ask()) ?? [];
        this.reset();
        for (const each of depths) this.set({ kind: each.kind, state: each.state }, valueOf(each));
      },
    });
  };
  gauge('jobs', 'Jobs that wait, run or lie aside, by kind and state.', ({ jobs }) => jobs);
  gauge('oldest_seconds', 'Age of the oldest of them, from when it was due.', (each) => each.oldestSeconds);
  new Gauge({
    name: 'dreamkeeper_queue_up',
    help: '1 when the queue could be asked at this scrape, else 0 and the other two are absent.',
    registers: [registry],
    async collect() {
      this.set((await ask()) === undefined ? 0 : 1);
    },
  });
}

function watchRates(registry: Registry, now: () => number): { readonly rate: Metrics['githubRate'] } {
  const rates = lowestRates(now);
  new Gauge({
    name: 'dreamkeeper_github_rate_remaining',
    help: 'Requests that the installation with the fewest may still make before its limit resets, by resource.',
    labelNames: ['resource'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { resource, remaining } of rates.lowest()) this.set({ resource }, remaining);
    },
  });
  return { rate: rates.seen };
}

function classOf(status: number): string {
  return status >= 100 && status <= 599 ? `${Math.floor(status / 100)}xx` : 'none';
}
