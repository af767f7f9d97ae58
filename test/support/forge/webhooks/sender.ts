/** Sends deliveries to the App, one after the other, and does to them what a test asks for. */
import { randomUUID } from 'node:crypto';
import type { State } from '../state/state.ts';
import type { Document } from '../world.ts';
import { headersOf, signatureOf, type Delivery } from './delivery.ts';

/** What becomes of a delivery: sent, never sent, sent twice, or kept until the test lets it go. */
export type Fate = 'send' | 'lose' | 'twice' | 'hold';

export interface Sender {
  readonly enqueue: (delivery: Delivery) => void;
  /** Asked about each delivery before it is sent; by default all are sent. */
  readonly decide: (fate: (delivery: Delivery) => Fate) => void;
  /** Sends what is on hold, in the order given: as they came when nothing is said. */
  readonly release: (order?: (held: readonly Delivery[]) => readonly Delivery[]) => void;
  /** Resolves once nothing is under way. */
  readonly settled: () => Promise<void>;
  /** Sends what somebody else could send, or sends a delivery once more as it was; it is in no list. */
  readonly forge: (forged: ForgedWebhook) => Promise<{ readonly status: number; readonly text: string }>;
}

export interface ForgedWebhook {
  readonly event: string;
  readonly payload: Document;
  /** That of the App unless said otherwise. */
  readonly secret?: string;
  /** Instead of a true one; null sends none. */
  readonly signature?: string | null;
  /** The id of the delivery it claims to be. */
  readonly guid?: string;
}

/** GitHub gives up after this many milliseconds. */
const patience = 10_000;

export function createSender(state: State, now: () => Date): Sender {
  let chain: Promise<void> = Promise.resolve();
  let decide: (delivery: Delivery) => Fate = () => 'send';
  let held: Delivery[] = [];
  const send = (delivery: Delivery): void => {
    chain = chain.then(() => deliver(state, delivery, now));
  };
  return {
    enqueue(delivery) {
      const fate = delivery.redelivery ? 'send' : decide(delivery);
      if (fate === 'hold') held.push(delivery);
      if (fate === 'send' || fate === 'twice') send(delivery);
      if (fate === 'twice') send(delivery);
    },
    decide(fate) {
      decide = fate;
    },
    release(order = (all) => all) {
      const going = order(held);
      held = [];
      going.forEach(send);
    },
    forge: (forged) => forge(state, forged),
    async settled() {
      for (let seen: Promise<void> | undefined; seen !== chain;) {
        seen = chain;
        await seen;
      }
    },
  };
}

async function forge(state: State, { event, payload, ...how }: ForgedWebhook) {
  const { url = '', secret } = state.app.webhook;
  const body = JSON.stringify(payload);
  const { guid = randomUUID(), signature = signatureOf(how.secret ?? secret, body) } = how;
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      ...headersOf({ guid, event }, state.app.id),
      ...(signature === null ? {} : { 'x-hub-signature-256': signature }),
    },
  });
  return { status: response.status, text: await response.text() };
}

async function deliver(state: State, delivery: Delivery, now: () => Date): Promise<void> {
  const { url, secret } = state.app.webhook;
  if (url === undefined) return;
  const body = JSON.stringify(delivery.payload);
  const started = now().getTime();
  delivery.deliveredAt = now().toISOString();
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { ...headersOf(delivery, state.app.id), 'x-hub-signature-256': signatureOf(secret, body) },
      signal: AbortSignal.timeout(patience),
    });
    delivery.statusCode = response.status;
    delivery.answer = await response.text();
  } catch (error) {
    // Nobody there, or too slow: the delivery stays failed until it is asked for again.
    delivery.statusCode = 0;
    delivery.answer = String(error);
  }
  delivery.duration = (now().getTime() - started) / 1000;
}
