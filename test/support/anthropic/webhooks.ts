/** Webhooks as Anthropic sends them: signed as Standard Webhooks has it, which `beta.webhooks.unwrap` verifies. */
import { createHmac } from 'node:crypto';
import type { BetaWebhookEvent, BetaWebhookEventData } from '@anthropic-ai/sdk/resources/beta/webhooks';

export const webhookKey = `whsec_${Buffer.from('a secret of the tests, long enough').toString('base64')}`;

export interface SignedWebhook {
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** The very bytes that are signed. */
  readonly body: string;
}

/** Without what is the same in all of them. */
export type WebhookData = BetaWebhookEventData extends infer Data
  ? Data extends unknown
    ? Omit<Data, 'organization_id' | 'workspace_id'>
    : never
  : never;

export interface WebhookParts {
  /** Of the event; a redelivery keeps it. */
  readonly id: string;
  readonly at: Date;
  readonly key?: string;
}

/** @returns a request to hand to `fetch`. */
export function signedWebhook(data: WebhookData, { id, at, key = webhookKey }: WebhookParts): SignedWebhook {
  const event = {
    id,
    type: 'event',
    created_at: at.toISOString(),
    data: {
      ...data,
      organization_id: 'org_0000000001',
      workspace_id: 'wrkspc_0000000001',
    } as BetaWebhookEventData,
  } satisfies BetaWebhookEvent;
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const secret = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
}
