/** Webhooks as they are sent: signed, kept, listed, sent again. */
import { createHmac, randomUUID } from 'node:crypto';
import type { Document } from '../world.ts';

export interface Delivery {
  readonly id: number;
  /** `X-GitHub-Delivery`: the same when it is sent again. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installation: number | null;
  readonly repository: number | null;
  readonly payload: Document;
  readonly redelivery: boolean;
  deliveredAt: string;
  /** Seconds. */
  duration: number;
  /** 0 while nothing was answered: GitHub had nobody to talk to, or gave up waiting. */
  statusCode: number;
  answer: string;
}

export type NewDelivery = Pick<
  Delivery,
  'id' | 'event' | 'action' | 'installation' | 'repository' | 'payload'
> & {
  readonly guid?: string;
  readonly redelivery?: boolean;
};

export function newDelivery(parts: NewDelivery, at: string): Delivery {
  return {
    redelivery: false,
    guid: randomUUID(),
    ...parts,
    deliveredAt: at,
    duration: 0,
    statusCode: 0,
    answer: '',
  };
}

export function headersOf(delivery: Pick<Delivery, 'guid' | 'event'>, appId: number): Record<string, string> {
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/stand-in',
    'x-github-delivery': delivery.guid,
    'x-github-event': delivery.event,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-id': String(appId),
    'x-github-hook-installation-target-type': 'integration',
  };
}

export function signatureOf(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** What GitHub calls the outcome. */
export function statusOf({ statusCode }: Delivery): string {
  if (statusCode === 0) return 'failed to connect to host';
  return statusCode < 300 ? 'OK' : 'Invalid HTTP Response';
}
