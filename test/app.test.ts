/** Which jobs each webhook asks for: told with GitHub's own examples, received by a real Probot. */
import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { pino } from 'pino';
import { Probot } from 'probot';
import { describe, expect, it } from 'vitest';
import { dreamkeeperApp } from '../src/app.ts';
import type { AskedJob } from '../src/github/webhooks/payload.ts';
import { payloadSchema } from '../src/jobs/job.ts';
import { headMarker, boxMarker } from '../src/core/review/marker.ts';

type Json = Record<string, unknown>;

const require = createRequire(import.meta.url);
/** Its types speak of a module, and it is a list. */
const examples = require('@octokit/webhooks-examples/api.github.com/index.json') as {
  readonly name: string;
  readonly examples: readonly Json[];
}[];

const delivery = '6d1f2a30-0000-11ee-9c4a-d0d5a2f0f1a1';
/** Of the examples: Codertocat/Hello-World, here with an installation. */
const installation = { id: 4242, node_id: 'MDIz' };
const log = pino({ level: 'silent' });
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

function example(name: string, action?: string): Json {
  const found = examples.find((each) => each.name === name);
  const payload = found?.examples.find((each) => action === undefined || each.action === action);
  if (payload === undefined) throw new Error(`GitHub has no example of ${name}.${action ?? ''}`);
  return { installation, ...structuredClone(payload) };
}

/** The example with some of it changed, at any depth. */
function changed(value: unknown, changes: Json): Json {
  const result = { ...(value as Json) };
  for (const [key, change] of Object.entries(changes))
    result[key] =
      typeof change === 'object' && change !== null && !Array.isArray(change)
        ? changed(result[key] ?? {}, change as Json)
        : change;
  return result;
}

async function jobsOf(name: string, payload: Json): Promise<readonly AskedJob[]> {
  const asked: AskedJob[] = [];
  const probot = new Probot({ appId: 1, privateKey, secret: 'a secret', log });
  await probot.load(
    dreamkeeperApp({
      ask: (jobs) => Promise.resolve(asked.push(...jobs)),
      isOurs: (login) => login === 'dreamkeeper[bot]',
      log,
    }),
  );
  await probot.receive({ id: delivery, name, payload } as unknown as Parameters<Probot['receive']>[0]);
  return asked;
}

/** Without what all jobs of one webhook have in common. */
async function asked(name: string, payload: Json): Promise<readonly Json[]> {
  const jobs = await jobsOf(name, payload);
  return jobs.map(({ payload: job }) => {
    expect(payloadSchema.parse(job)).toEqual(job);
    const { delivery: from, repository, installation: whose, ...rest } = job as Json;
    expect(from).toBe(delivery);
    expect(typeof repository).toBe('string');
    expect(typeof whose).toBe('string');
    return rest;
  });
}

const ours = { login: 'dreamkeeper[bot]', type: 'Bot' };
const aBot = { login: 'renovate[bot]', type: 'Bot' };

describe('installations', () => {
  it('asks each repository of a new installation whether it wants us', async () => {
    const payload = example('installation', 'created');
    const count = (payload.repositories as Json[]).length;
    expect(await asked('installation', payload)).toEqual(Array(count).fill({ kind: 'onboard' }));
  });

  it('paces a hundred repositories, so that GitHub lets all their pull requests be opened', async () => {
    const repositories = Array.from({ length: 100 }, (_, index) => ({ id: index + 1 }));
    const jobs = await jobsOf('installation', { ...example('installation', 'created'), repositories });
    const starts = jobs.map(({ startAfter }) => startAfter).filter((time) => time !== undefined);
    const minutes = (Date.parse(starts.at(-1) ?? '') - Date.now()) / 60_000;
    expect(jobs).toHaveLength(100);
    expect(starts).toHaveLength(99);
    expect(minutes).toBeGreaterThan(30);
    expect(minutes).toBeLessThan(40);
  });

  it('asks repositories that were added later, and looks at those that were taken out', async () => {
    expect(
      await asked('installation_repositories', example('installation_repositories', 'added')),
    ).toContainEqual({
      kind: 'onboard',
    });
    const removed = example('installation_repositories', 'removed');
    expect(await asked('installation_repositories', removed)).toContainEqual({ kind: 'sync' });
  });

  it('looks at every repository of an installation that ends', async () => {
    expect(await asked('installation', example('installation', 'deleted'))).toContainEqual({ kind: 'sync' });
  });

  it('looks for itself when the webhook names no repositories', async () => {
    const { repositories: _, ...payload } = example('installation', 'created');
    const jobs = await jobsOf('installation', payload);
    expect(jobs).toEqual([{ payload: { kind: 'reconcile', slot: `webhook ${delivery}` } }]);
  });
});

describe('repositories', () => {
  it.each([
    'renamed',
    'transferred',
    'archived',
    'unarchived',
    'publicized',
    'privatized',
    'edited',
    'deleted',
  ])('looks at one that was %s', async (action) => {
    expect(await asked('repository', { ...example('repository'), action })).toEqual([{ kind: 'sync' }]);
  });

  it('leaves one alone that was only created: an installation that covers it says so itself', async () => {
    expect(await asked('repository', { ...example('repository'), action: 'created' })).toEqual([]);
  });
});

describe('pushes', () => {
  const after = 'a'.repeat(40);
  const push = (ref: string, changes: Json = {}): Json =>
    changed(example('push'), {
      ref,
      after,
      created: false,
      deleted: false,
      repository: { default_branch: 'main' },
      ...changes,
    });

  it('looks at dreams and at transcripts when the default branch moves, whoever moved it', async () => {
    const both = [{ kind: 'review' }, { kind: 'ingest', source: 'paths' }];
    expect(await asked('push', push('refs/heads/main'))).toEqual(both);
    expect(await asked('push', push('refs/heads/main', { sender: ours }))).toEqual(both);
  });

  it('asks a repository that gets its first commit whether it wants us', async () => {
    expect(await asked('push', push('refs/heads/main', { created: true }))).toContainEqual({
      kind: 'onboard',
    });
  });

  it('checks what others push to the ledger, and not what we write there', async () => {
    expect(await asked('push', push('refs/heads/dreamkeeper'))).toEqual([
      { kind: 'ingest', source: 'push', at: after },
    ]);
    expect(await asked('push', push('refs/heads/dreamkeeper', { sender: ours }))).toEqual([]);
  });

  it('checks what others push to the ledger that another repository keeps there', async () => {
    const about = { repository: '77', kind: 'ingest', source: 'push', at: after };
    const pushed = async (ref: string, changes: Json = {}) =>
      (await jobsOf('push', push(ref, changes))).map(({ payload }) => payload);
    expect(await pushed('refs/heads/dreamkeeper-77')).toMatchObject([about]);
    expect(await pushed('refs/heads/dreamkeeper-77', { deleted: true })).toMatchObject([
      { repository: '77', kind: 'sync' },
    ]);
    expect(await pushed('refs/heads/dreamkeeper-77', { sender: ours })).toEqual([]);
    for (const other of ['dreamkeeper-onboarding', 'dreamkeeper-007', 'dreamkeeper-7x'])
      expect(await pushed(`refs/heads/${other}`)).toEqual([]);
  });

  it('takes in checkpoints of Entire', async () => {
    expect(await asked('push', push('refs/heads/entire/checkpoints/v1'))).toEqual([
      { kind: 'ingest', source: 'paths' },
    ]);
  });

  it('looks at a dream that somebody else pushed to, or whose branch is gone', async () => {
    const branch = 'dream/2026-11-20-ab12';
    expect(await asked('push', push(`refs/heads/${branch}`))).toEqual([{ kind: 'review' }]);
    expect(await asked('push', push(`refs/heads/${branch}`, { sender: ours }))).toEqual([]);
    const gone = { ...example('delete'), ref: branch, ref_type: 'branch' };
    expect(await asked('delete', gone)).toEqual([{ kind: 'review' }]);
  });

  it('does nothing about other branches, and about tags of the same name', async () => {
    expect(await asked('push', push('refs/heads/feature'))).toEqual([]);
    expect(await asked('push', push('refs/tags/dreamkeeper'))).toEqual([]);
    expect(await asked('delete', { ...example('delete'), ref: 'dream/x', ref_type: 'tag' })).toEqual([]);
  });
});

describe('pull requests', () => {
  const head = { head: { ref: 'dream/2026-11-20-ab12' } };
  const number = 2;
  const pull = (action: string, changes: Json = {}): Json =>
    changed({ ...example('pull_request'), action, number }, changes);
  const dream = (action: string, changes: Json = {}): Json =>
    changed(pull(action, { pull_request: { ...head, merged: false } }), changes);

  it.each(['closed', 'reopened'])(
    'tells who %s a dream, which GitHub does not tell later',
    async (action) => {
      expect(await asked('pull_request', dream(action))).toEqual([
        { kind: 'review', number, told: { what: action, by: 'Codertocat', bot: false } },
      ]);
      expect(await asked('pull_request', dream(action, { sender: aBot }))).toEqual([
        { kind: 'review', number, told: { what: action, by: 'renovate[bot]', bot: true } },
      ]);
    },
  );

  it('tells which boxes a person ticked', async () => {
    const text = (first: string, second: string): string =>
      [
        headMarker({ dream: '2026-11-20-ab12', base: 'b'.repeat(40), proposals: [1, 2] }),
        '',
        `- [${first}] ${boxMarker(1)} one`,
        `- [${second}] ${boxMarker(2)} two`,
      ].join('\n');
    const edited = dream('edited', {
      changes: { body: { from: text('x', 'x') } },
      pull_request: { body: text('x', ' ') },
    });
    const told = { what: 'ticks', by: 'Codertocat', boxes: [{ number: 2, checked: false }] };
    expect(await asked('pull_request', edited)).toEqual([{ kind: 'review', number, told }]);
    // Whether it counts is not for a webhook to say.
    expect(await asked('pull_request', { ...edited, sender: aBot })).toEqual([
      { kind: 'review', number, told: { ...told, by: aBot.login } },
    ]);
    expect(await asked('pull_request', { ...edited, sender: ours })).toEqual([]);
  });

  it('looks when a person pushed to a dream or made it ready', async () => {
    for (const action of ['synchronize', 'ready_for_review'])
      expect(await asked('pull_request', dream(action))).toEqual([{ kind: 'review', number }]);
    expect(await asked('pull_request', dream('synchronize', { sender: ours }))).toEqual([]);
  });

  it('takes a branch of that name in a fork for what it is: a pull request like any other', async () => {
    const fork = { pull_request: { head: { repo: { id: 1 } } } };
    expect(await asked('pull_request', dream('closed', fork))).toEqual([]);
    expect(await asked('pull_request', dream('closed', { pull_request: { head: { repo: null } } }))).toEqual(
      [],
    );
    expect(await asked('pull_request', dream('synchronize', fork))).toEqual([{ kind: 'review', number }]);
  });

  it('learns from the comments on any that is merged', async () => {
    const comments = { kind: 'ingest', source: 'comments', at: String(number) };
    const merged = { pull_request: { merged: true } };
    expect(await asked('pull_request', pull('closed', merged))).toEqual([comments]);
    expect(await asked('pull_request', pull('closed', { pull_request: { merged: false } }))).toEqual([]);
    expect(await asked('pull_request', dream('closed', merged))).toContainEqual(comments);
  });

  it('looks at new heads of others, which may need a check', async () => {
    expect(await asked('pull_request', pull('opened'))).toEqual([{ kind: 'review', number }]);
    expect(await asked('pull_request', pull('labeled'))).toEqual([]);
    expect(
      await asked('merge_group', { ...aboutAny(), action: 'checks_requested', merge_group: {} }),
    ).toEqual([{ kind: 'review' }]);
  });
});

const aboutAny = (): Json => {
  const { repository, sender } = example('push');
  return { repository, sender, installation };
};

describe('conversations', () => {
  const comment = (body: string, changes: Json = {}): Json =>
    changed(example('issue_comment', 'created'), { comment: { body }, issue: { number: 7 }, ...changes });

  it('hears commands wherever they are given', async () => {
    expect(await asked('issue_comment', comment('/dream now'))).toEqual([{ kind: 'review', number: 7 }]);
    expect(await asked('issue_comment', comment('I would /dream now'))).toEqual([]);
  });

  it('hears everything under a dream, which is touched by it', async () => {
    const under = { issue: { number: 7, pull_request: { url: 'x' }, user: ours } };
    expect(await asked('issue_comment', comment('Nice.', under))).toEqual([{ kind: 'review', number: 7 }]);
  });

  it('does not hear bots', async () => {
    expect(await asked('issue_comment', comment('/dream now', { sender: aBot }))).toEqual([]);
  });

  it('hears reviews, and comments on lines', async () => {
    const on = (ref: string): Json => ({ pull_request: { number: 7, head: { ref } } });
    for (const name of ['pull_request_review', 'pull_request_review_comment']) {
      const payload = changed(example(name), on('dream/x'));
      expect(await asked(name, payload)).toEqual([{ kind: 'review', number: 7 }]);
      expect(await asked(name, changed(payload, on('feature')))).toEqual([]);
    }
    const review = changed(example('pull_request_review', 'submitted'), {
      ...on('feature'),
      review: { body: '/dream now' },
    });
    expect(await asked('pull_request_review', review)).toEqual([{ kind: 'review', number: 7 }]);
  });

  it('tells which button was pressed, and by whom', async () => {
    const payload = changed(example('check_run', 'requested_action'), {
      requested_action: { identifier: 'drop-2' },
      sender: { login: 'ana', type: 'User' },
    });
    const { head_sha: head, pull_requests: pulls } = payload.check_run as {
      head_sha: string;
      pull_requests: { number: number }[];
    };
    expect(await asked('check_run', payload)).toEqual([
      {
        kind: 'review',
        ...(pulls[0] === undefined ? {} : { number: pulls[0].number }),
        told: { what: 'button', by: 'ana', action: 'drop-2', head },
      },
    ]);
  });
});

describe('workflow runs', () => {
  const run = (changes: Json = {}): Json =>
    changed(example('workflow_run', 'completed'), {
      repository: { id: 5, default_branch: 'main' },
      workflow_run: { id: 99, event: 'push', head_branch: 'main', head_repository: { id: 5 }, ...changes },
    });

  it('looks for transcripts in runs of the default branch that nobody from outside started', async () => {
    expect(await asked('workflow_run', run())).toEqual([{ kind: 'ingest', source: 'artifact', at: '99' }]);
    for (const other of [
      { event: 'pull_request_target' },
      { head_branch: 'x' },
      { head_repository: { id: 6 } },
    ])
      expect(await asked('workflow_run', run(other))).toEqual([]);
  });
});

describe('what GitHub might send', () => {
  it('asks for valid jobs, or none, whatever its examples say', async () => {
    for (const { name, examples: payloads } of examples)
      for (const payload of payloads)
        for (const { payload: job } of await jobsOf(name, { installation, ...payload }))
          expect(payloadSchema.safeParse(job).success).toBe(true);
  });

  it('ignores what has another shape', async () => {
    for (const payload of [
      {},
      { action: 'created', installation: { id: -1 } },
      { repository: { id: '1 OR 1=1' }, installation: { id: '1' }, sender: ours },
    ])
      for (const name of [
        'push',
        'pull_request',
        'issue_comment',
        'installation',
        'workflow_run',
        'repository',
      ])
        expect(await jobsOf(name, { ...payload, action: 'created' })).toEqual([]);
  });
});
