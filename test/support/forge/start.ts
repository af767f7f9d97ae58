/**
 * A stand-in for github.com on a free local port: real Octokit, real git and a real Probot app talk to it over HTTP.
 * When the test ends, or those that share it, it stops, and fails for every request, answer and webhook that GitHub's
 * description forbids.
 */
import { generateKeyPairSync } from 'node:crypto';
import { Octokit } from '@octokit/rest';
import { expect } from 'vitest';
import { whenOver } from '../lifetime.ts';
import { scratchFolder } from '../repository.ts';
import { globalHandlers, ofRepository } from './handlers.ts';
import { mergeWhatIsReady } from './merging/auto.ts';
import { issuerOf } from './oidc/issuer.ts';
import { actionsToken, type TokenRequest } from './oidc/token.ts';
import { createPage, type Page } from './page.ts';
import { createScene, type Scene } from './scene.ts';
import { createFaults, type Faults } from './server/faults.ts';
import { serve } from './server/listen.ts';
import { openPort } from './server/port.ts';
import { createRateLimits, type RateLimits } from './server/rate-limit.ts';
import type { RecordedRequest } from './server/record.ts';
import { createSerially } from './server/serially.ts';
import type { AppRegistration, Permissions } from './state/account.ts';
import { fullName, type Repository } from './state/repository.ts';
import type { State } from './state/state.ts';
import { deliveryOf } from './webhooks/announce.ts';
import type { Delivery } from './webhooks/delivery.ts';
import { createSender, type Sender } from './webhooks/sender.ts';
import { timestamp, type World } from './world.ts';

export interface StandInOptions {
  /** Like GitHub Enterprise Server: no asynchronous merges. */
  readonly enterprise?: boolean;
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  readonly now?: () => Date;
}

export interface GitHub extends Scene, Page {
  /** `http://127.0.0.1:<port>`; as GHE_HOST without the scheme, with GHE_PROTOCOL=http. */
  readonly origin: string;
  /** What Octokit calls `baseUrl`. */
  readonly api: string;
  readonly app: AppRegistration;
  readonly state: State;
  /** Octokit in a person's name: what people do, they do through the same API. */
  as(login: string): Octokit;
  /** Octokit with any token, such as a fine-grained one of `tokenOf`. */
  withToken(token: string): Octokit;
  /** For git in a person's name. */
  cloneUrl(repository: Repository, login: string): string;
  /** Where webhooks go; nowhere until it is set. */
  deliverTo(url: string): void;
  readonly webhooks: Omit<Sender, 'enqueue'> & { readonly list: readonly Delivery[] };
  /** The issuer of the tokens of Actions: `<origin>/_services/token`, as on an Enterprise Server. */
  readonly oidcIssuer: string;
  /** A token as Actions hands it to a job, of a push to the default branch unless `claims` say otherwise; or a forgery. */
  oidcToken(request: TokenRequest): string;
  readonly fail: Faults['add'];
  /** Pushes to a ref are refused with a message, as push protection does. @param ref in full */
  refusePushes(repository: Repository, ref: string, message: string): void;
  readonly rateLimits: RateLimits;
  readonly requests: readonly RecordedRequest[];
  /** Expected ones are taken out by the test that provokes them. */
  readonly violations: string[];
}

/** What DESIGN and docs/permissions ask for. */
const defaultPermissions: Permissions = {
  metadata: 'read',
  actions: 'read',
  contents: 'write',
  pull_requests: 'write',
  issues: 'write',
  checks: 'write',
};

const defaultEvents = [
  'push',
  'delete',
  'repository',
  'issues',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'issue_comment',
  'check_run',
  'workflow_run',
  'merge_group',
];

/** One pair for all tests of a process: making one takes a while. */
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

/** @param past of another stand-in, to go on from: the folders of its repositories are used as they are */
export async function startGitHub(options: StandInOptions = {}, past?: State): Promise<GitHub> {
  const now = options.now ?? (() => new Date());
  const folder = scratchFolder();
  const { server, origin } = await openPort();
  const state = past ?? newState(options, now);
  const journal = { requests: [] as RecordedRequest[], violations: [] as string[] };
  const sender = createSender(state, now);
  const world: World = {
    state,
    origin,
    api: `${origin}/api/v3`,
    enterprise: options.enterprise ?? false,
    now,
    announce(happening) {
      const delivery = deliveryOf(world, happening, (problem) => journal.violations.push(problem));
      if (delivery === undefined) return;
      state.deliveries.push(delivery);
      sender.enqueue(delivery);
    },
  };
  const faults = createFaults();
  const limits = createRateLimits(now);
  const serially = createSerially();
  const refusedPushes: { repository: number; ref: string; message: string }[] = [];
  const afterwards = (repository: Repository): Promise<void> => mergeWhatIsReady(world, repository);
  const global = globalHandlers(limits, (delivery) => sender.enqueue(delivery));
  serve(server, {
    world,
    global,
    ofRepository,
    faults,
    limits,
    journal,
    serially,
    refusedPushes,
    afterwards,
  });
  const scene = createScene(world, folder);
  const withToken = (auth: string): Octokit => new Octokit({ auth, baseUrl: world.api, log: silent });
  whenOver(async () => {
    await sender.settled();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(journal.violations, "departures from GitHub's description").toEqual([]);
    expect(faults.unmet(), 'scripted faults that nothing met').toEqual([]);
  });
  return {
    ...scene,
    ...createPage(world, serially),
    origin,
    api: world.api,
    app: state.app,
    state,
    as: (login) => withToken(scene.tokenOf(login)),
    withToken,
    cloneUrl: (repository, login) =>
      `${origin.replace('://', `://${login}:${scene.tokenOf(login)}@`)}/${fullName(repository)}.git`,
    deliverTo(url) {
      state.app.webhook.url = url;
    },
    webhooks: {
      decide: sender.decide,
      release: sender.release,
      settled: sender.settled,
      forge: sender.forge,
      list: state.deliveries,
    },
    oidcIssuer: issuerOf(origin),
    oidcToken: (request) => actionsToken(world, issuerOf(origin), request),
    fail: faults.add,
    refusePushes: (repository, ref, message) =>
      refusedPushes.push({ repository: repository.id, ref, message }),
    rateLimits: limits,
    requests: journal.requests,
    violations: journal.violations,
  };
}

const ignore = (): void => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function newState({ permissions, events }: StandInOptions, now: () => Date): State {
  const bot = { id: 900, login: 'dreamkeeper[bot]', type: 'Bot' } as const;
  const owner = { id: 901, login: 'dreamkeeper-makers', type: 'Organization' } as const;
  const app: AppRegistration = {
    id: 4242,
    slug: 'dreamkeeper',
    name: 'Dreamkeeper',
    clientId: 'Iv23lidreamkeeper0000',
    owner,
    bot,
    permissions: permissions ?? defaultPermissions,
    events: events ?? defaultEvents,
    createdAt: timestamp({ now }),
    privateKey: keys.privateKey,
    publicKey: keys.publicKey,
    webhook: { secret: 'a secret of the tests' },
  };
  return {
    app,
    accounts: new Map([bot, owner].map((account) => [account.login, account])),
    repositories: new Map(),
    installations: new Map(),
    installationTokens: new Map(),
    personTokens: new Map(),
    deliveries: [],
    nextId: 1000,
  };
}
