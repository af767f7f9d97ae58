/**
 * Asks GitHub to send again what we did not take: it never does so by itself. Jobs of a delivery are known by its id, so
 * that one which comes twice is done once.
 */
import { z } from 'zod';
import type { ReconciliationHook } from '../jobs/reconcile.ts';
import { asking } from './failure.ts';
import type { Octokit } from './hosted.ts';

export interface MissedDeliveriesOptions {
  /** As the App. */
  readonly app: Octokit;
  /** Names of events that ask for anything. */
  readonly events: ReadonlySet<string>;
  /** Nothing is known of any repository: the database is new, and what was asked for may be gone with the old one. */
  readonly isNew: () => Promise<boolean>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const hour = 3_600_000;
/** GitHub keeps deliveries for three days; what is older than a day is found by the daily look at each repository. */
const within = 24 * hour;
/** A redelivery that was asked for a moment ago may not have been answered yet. */
const pending = hour / 4;
const mostAttempts = 4;
const mostPages = 100;
/** As many as a turn has time for, at the one write a second that GitHub wants of an App. */
const mostSent = 500;

const deliverySchema = z.object({
  id: z.number(),
  guid: z.string(),
  delivered_at: z.string(),
  redelivery: z.boolean(),
  status_code: z.number(),
  event: z.string(),
});
type Delivery = z.infer<typeof deliverySchema>;

export function missedDeliveries(options: MissedDeliveriesOptions): ReconciliationHook {
  const { app, events, isNew, now = Date.now } = options;
  return {
    name: 'missed-deliveries',
    async run({ slot, signal, log }) {
      const since = now() - within;
      const lost = slot.startsWith('rebuilt') || (await isNew());
      if (!lost && !(await anyFailed(app, since, signal))) return 0;
      const deliveries = (await recent(app, since, signal)).filter(({ event }) => events.has(event));
      const missed = chosen(deliveries, lost, now());
      if (missed.length > mostSent)
        log.warn({ missed: missed.length }, 'too many webhooks were missed to have all of them sent again');
      for (const { id } of missed.slice(-mostSent)) {
        signal.throwIfAborted();
        await asking('asking for a webhook once more', () =>
          app.rest.apps.redeliverWebhookDelivery({ delivery_id: id, request: { signal } }),
        );
      }
      return Math.min(missed.length, mostSent);
    },
  };
}

/** One question, and mostly the last one. Enterprise Servers that do not know it answer with all deliveries. */
async function anyFailed(app: Octokit, since: number, signal: AbortSignal): Promise<boolean> {
  const [page] = await pageOf(app, { status: 'failure' }, signal);
  return page.some((delivery) => isFailed(delivery) && Date.parse(delivery.delivered_at) >= since);
}

/** Newest first. */
async function recent(app: Octokit, since: number, signal: AbortSignal): Promise<readonly Delivery[]> {
  const found: Delivery[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const [page, next] = await pageOf(app, cursor === undefined ? {} : { cursor }, signal);
    found.push(...page.filter(({ delivered_at: at }) => Date.parse(at) >= since));
    const last = page.at(-1);
    if (next === undefined || last === undefined || Date.parse(last.delivered_at) < since) break;
    cursor = next;
  }
  return found;
}

function pageOf(
  app: Octokit,
  asked: { readonly status?: 'failure'; readonly cursor?: string },
  signal: AbortSignal,
): Promise<readonly [page: readonly Delivery[], next: string | undefined]> {
  return asking('listing the webhooks that GitHub sent', async () => {
    const { data, headers } = await app.request('GET /app/hook/deliveries', {
      per_page: 100,
      ...asked,
      request: { signal },
    });
    const link = /<([^>]+)>;\s*rel="next"/.exec(headers.link ?? '')?.[1];
    const next = link === undefined ? undefined : (new URL(link).searchParams.get('cursor') ?? undefined);
    return [z.array(deliverySchema).parse(data), next] as const;
  });
}

const isFailed = ({ status_code: code }: Delivery): boolean => code < 200 || code > 299;

/** The newest attempt of each, oldest delivery first: so they come in the order in which things happened. */
function chosen(deliveries: readonly Delivery[], lost: boolean, now: number): readonly Delivery[] {
  const attempts = Map.groupBy(deliveries, ({ guid }) => guid);
  const missed = [...attempts.values()].filter((tries) => {
    const isPending = tries.some(
      ({ redelivery, delivered_at: at }) => redelivery && now - Date.parse(at) < pending,
    );
    if (isPending) return false;
    return lost || (tries.every(isFailed) && tries.length < mostAttempts);
  });
  return missed.flatMap(([newest]) => newest ?? []).sort((a, b) => a.id - b.id);
}
