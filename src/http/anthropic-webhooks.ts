/** What Anthropic says happened: verified, remembered as a look that is due, and answered at once. Nothing else of it is believed. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** Where the Claude Console is told to send webhooks. */
export const anthropicWebhooksPath = '/api/anthropic/webhooks';

/** Bytes; an event is a few ids. */
export const mostAnthropicBytes = 256 * 1_024;

export interface AnthropicWebhooksOptions {
  /** Throws for what Anthropic did not sign just now. @param headers lower-cased names */
  readonly unwrap: (body: string, headers: Readonly<Record<string, string>>) => unknown;
  /** Remembers durably that sessions came to rest. */
  readonly heard: () => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}

const eventSchema = z.object({ id: z.string().min(1).max(200), data: z.object({ type: z.string() }) });

/** In these a session has something that it did not have before, and rests. */
const rests = /^session\.(?:.*_)?(?:idled|terminated|archived|ended|requires_action|budget_reached)$/;

/** Events that were heard, at most so many; a redelivery comes within hours. */
const mostKnown = 10_000;

/** Anthropic tries three times, in no order: what is known is answered as before. */
export function anthropicWebhooks(options: AnthropicWebhooksOptions) {
  const known = new Set<string>();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const event = verified(await text(request), request, options);
    if (event === undefined) return answer(response, 401);
    const { id, data } = event;
    if (known.has(id) || !rests.test(data.type)) return answer(response, 204);
    try {
      await options.heard();
    } catch (error) {
      options.onError(error);
      return answer(response, 503);
    }
    known.add(id);
    const [oldest] = known;
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
    answer(response, 204);
  };
}

function verified(
  body: string,
  { headers }: IncomingMessage,
  { unwrap }: AnthropicWebhooksOptions,
): z.infer<typeof eventSchema> | undefined {
  const plain = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  try {
    return eventSchema.parse(unwrap(body, Object.fromEntries(plain)));
  } catch {
    // Forged, too old, or of a shape that nobody knows: whoever guesses learns nothing.
    return undefined;
  }
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}
