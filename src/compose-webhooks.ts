/** Constructs the door for Anthropic's webhooks, where there is a secret for it. */
import type { Ask } from './app.ts';
import { anthropicWebhooks, anthropicWebhooksPath, mostAnthropicBytes } from './http/anthropic-webhooks.ts';
import type { RequestHandler } from './http/handler.ts';
import { webhooksHandler } from './http/webhooks.ts';
import { heardUntil } from './jobs/schedule.ts';
import type { Settings } from './settings.ts';
import type { Logging } from './telemetry/log.ts';

const minute = 60_000;

/** @returns none without ANTHROPIC_WEBHOOK_SECRET. @throws {DreamkeeperError} `usage` when it is none. */
export async function anthropicDoor(
  settings: Pick<Settings, 'anthropic'>,
  { log, hide }: Pick<Logging, 'log' | 'hide'>,
  ask: Ask,
): Promise<readonly RequestHandler[]> {
  const { webhookSecret, ...access } = settings.anthropic() ?? { apiKey: '' };
  if (webhookSecret === undefined) return [];
  hide(webhookSecret);
  const { openAnthropic } = await import('./dreamers/anthropic/client.ts');
  const { webhooks } = openAnthropic(access).beta;
  const handle = anthropicWebhooks({
    unwrap: (body, headers) => webhooks.unwrap(body, { headers: { ...headers }, key: webhookSecret }),
    heard: () => ask([turnSoon(Date.now())]),
    onError: (error) => log.warn({ err: error }, 'a webhook of Anthropic was not remembered'),
  });
  return [
    webhooksHandler({
      path: anthropicWebhooksPath,
      idHeader: 'webhook-id',
      most: mostAnthropicBytes,
      mostTogether: 32 * mostAnthropicBytes,
      handle,
    }),
  ];
}

/** One turn for all that came within a minute: which repository a session is of, only their configs say. */
function turnSoon(now: number) {
  const startAfter = new Date(Math.ceil(now / minute) * minute).toISOString();
  return { payload: { kind: 'sweep', slot: heardUntil(startAfter) }, startAfter } as const;
}
