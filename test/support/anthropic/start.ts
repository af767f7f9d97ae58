/** A stand-in for Anthropic's API: a real server that `@anthropic-ai/sdk` talks to with only `baseURL` set. */
import { endBatch, type Expired } from './batches/batch.ts';
import { batchRoutes } from './batches/routes.ts';
import { createPromptCache } from './messages/cache.ts';
import type { Asked } from './messages/asked.ts';
import type { Reply } from './messages/reply.ts';
import { messageRoutes } from './messages/routes.ts';
import { playerOf, type Script } from './script.ts';
import { openPort } from '../forge/server/port.ts';
import { createStandInFaults, type StandInFaults } from './server/faults.ts';
import { serve } from './server/listen.ts';
import type { Journal, RecordedRequest } from './server/record.ts';
import type { Limits, World } from './world.ts';

/** @param nth how many requests for a message came before, batches' items included. */
export type Answerer = (asked: Asked, nth: number) => Reply | Promise<Reply>;

export interface AnthropicOptions {
  /** What the model says to each request. */
  readonly reply?: Answerer;
  /** Or a recorded conversation, which must be asked for as written and to its end. */
  readonly script?: Script;
  /** Which phase of a dream a request belongs to, for scripts and assertions. */
  readonly phaseOf?: (asked: Asked) => string;
  /** The models there are; without it every name is one. */
  readonly models?: readonly string[];
  readonly now?: () => Date;
  readonly limits?: Partial<Limits>;
  /** Tokens below which no prefix is cached; 0 when left out. */
  readonly cacheMinimum?: number;
  /** Whether a batch has ended when it is first looked at (so when left out), or only when the test says so. */
  readonly batches?: World['batchesEnd'];
}

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
  /** @throws {Error} with all that is wrong: requests that do not match, replies left over, faults nothing met. */
  readonly done: () => void;
  /** Ends the server. @throws {Error} as `done`. */
  readonly stop: () => Promise<void>;
}

const defaultLimits: Limits = { requestBytes: 32_000_000, contextTokens: 200_000 };

export async function startAnthropic(options: AnthropicOptions = {}): Promise<AnthropicStandIn> {
  const journal: Journal = { requests: [], violations: [] };
  const faults = createStandInFaults();
  const asked: Asked[] = [];
  const player = playerOf(options.script ?? [], (problem) => journal.violations.push(problem));
  const cache = createPromptCache(options.cacheMinimum ?? 0);
  const { server, origin } = await openPort();
  let ids = 0;
  const world: World = {
    origin,
    key: 'sk-ant-api03-of-the-tests',
    now: options.now ?? (() => new Date()),
    newId: (prefix) => `${prefix}_${String((ids += 1)).padStart(10, '0')}`,
    limits: { ...defaultLimits, ...options.limits },
    models: options.models,
    cache,
    violations: journal.violations,
    batches: new Map(),
    batchesEnd: options.batches ?? 'at once',
    async answer(bare) {
      const one = { ...bare, phase: options.phaseOf?.(bare) ?? '' };
      asked.push(one);
      return options.reply === undefined ? player.answer(one) : options.reply(one, asked.length - 1);
    },
  };
  const routes = [...messageRoutes, ...batchRoutes];
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
    forgetCache: () => cache.clear(),
    async endBatches(expired) {
      for (const batch of world.batches.values()) await endBatch(world, batch, expired);
    },
    done,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      done();
    },
  };
}
