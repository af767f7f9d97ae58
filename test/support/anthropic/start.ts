/** A stand-in for Anthropic's API: a real server that `@anthropic-ai/sdk` talks to with only `baseURL` set. */
import { openPort } from '../forge/server/port.ts';
import { endBatch, type Expired } from './batches/batch.ts';
import { batchRoutes } from './batches/routes.ts';
import { dreamRoutes } from './dreams/routes.ts';
import type { Asked } from './messages/asked.ts';
import { createPromptCache } from './messages/cache.ts';
import { messageRoutes } from './messages/routes.ts';
import { usualSteps, type AnthropicOptions } from './options.ts';
import { playerOf } from './script.ts';
import { createStandInFaults, type StandInFaults } from './server/faults.ts';
import { serve } from './server/listen.ts';
import type { Journal, RecordedRequest } from './server/record.ts';
import { sessionsByHand, type Sessions } from './sessions/by-hand.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { storesByHand, type Stores } from './stores/by-hand.ts';
import { memoryRoutes } from './stores/memory-routes.ts';
import { storeRoutes } from './stores/routes.ts';
import type { Limits, World } from './world.ts';

export interface AnthropicStandIn {
  /** For `baseURL`. */
  readonly url: string;
  readonly key: string;
  /** All that was asked, in order. */
  readonly requests: readonly RecordedRequest[];
  /** All that was asked of a model, in order; batches' items included. */
  readonly asked: readonly Asked[];
  /** Expected ones are taken out by the test that provokes them. */
  readonly violations: string[];
  /** Scripts a fault for the next request of an operation, or the next `times`. */
  readonly fail: StandInFaults['add'];
  /** As if everything cached had been unused for too long. */
  readonly forgetCache: () => void;
  /** Ends all batches that are worked on: answers what is open, or lets it expire. */
  readonly endBatches: (expired?: Expired) => Promise<void>;
  readonly stores: Stores;
  readonly sessions: Sessions;
  /** @throws {Error} with all that is wrong: requests that do not match, replies left over, faults nothing met. */
  readonly done: () => void;
  /** Ends the server. @throws {Error} as `done`. */
  readonly stop: () => Promise<void>;
}

const routes = [
  ...messageRoutes,
  ...batchRoutes,
  ...storeRoutes,
  ...memoryRoutes,
  ...sessionRoutes,
  ...dreamRoutes,
];

export async function startAnthropic(options: AnthropicOptions = {}): Promise<AnthropicStandIn> {
  const journal: Journal = { requests: [], violations: [] };
  const faults = createStandInFaults();
  const asked: Asked[] = [];
  const player = playerOf(options.script ?? [], (problem) => journal.violations.push(problem));
  const { server, origin } = await openPort();
  const world = newWorld(origin, options, journal.violations, (bare) => {
    const one = { ...bare, phase: options.phaseOf?.(bare) ?? '' };
    asked.push(one);
    return options.reply === undefined ? player.answer(one) : options.reply(one, asked.length - 1);
  });
  serve(server, { world, routes, faults, journal });
  const done = (): void => {
    const unmet = faults.unmet().map((fault) => `a scripted fault nothing met: ${fault}`);
    const wrong = [...journal.violations, ...player.left(), ...unmet];
    if (wrong.length > 0) throw new Error(`the stand-in for Anthropic's API: ${wrong.join('\n')}`);
  };
  return {
    url: origin,
    key: world.key,
    requests: journal.requests,
    asked,
    violations: journal.violations,
    fail: faults.add,
    forgetCache: () => world.cache.clear(),
    async endBatches(expired) {
      for (const batch of world.batches.values()) await endBatch(world, batch, expired);
    },
    stores: storesByHand(world),
    sessions: sessionsByHand(world),
    done,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      done();
    },
  };
}

const defaultLimits: Limits = {
  requestBytes: 32_000_000,
  contextTokens: 200_000,
  memories: 2_000,
  memoryBytes: 102_400,
};

function newWorld(
  origin: string,
  options: AnthropicOptions,
  violations: string[],
  answer: World['answer'],
): World {
  let ids = 0;
  return {
    origin,
    key: 'sk-ant-api03-of-the-tests',
    now: options.now ?? (() => new Date()),
    newId: (prefix) => `${prefix}_${String((ids += 1)).padStart(10, '0')}`,
    limits: { ...defaultLimits, ...options.limits },
    models: options.models,
    cache: createPromptCache(options.cacheMinimum ?? 0),
    answer,
    violations,
    batches: new Map(),
    batchesEnd: options.batches ?? 'at once',
    stores: new Map(),
    sessions: new Map(),
    dreams: new Map(),
    dreamSteps: options.dream ?? (() => usualSteps),
  };
}
