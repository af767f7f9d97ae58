/** `POST /v1/messages` and `POST /v1/messages/count_tokens`. */
import type {
  MessageCountTokensParams,
  MessageCreateParams,
  MessageTokensCount,
} from '@anthropic-ai/sdk/resources/messages';
import { bodyOf } from '../server/body.ts';
import { ok, type Answer, type Call, type Route } from '../server/route.ts';
import { checkParams, compose, inputTokens } from './compose.ts';
import { eventsOf } from './events.ts';
import { countTokensSchema, createSchema } from './schema.ts';

export const messageRoutes: readonly Route[] = [
  { operation: 'messages.create', method: 'POST', path: '/v1/messages', answer: create },
  {
    operation: 'messages.countTokens',
    method: 'POST',
    path: '/v1/messages/count_tokens',
    answer({ world, body }) {
      const params = bodyOf(countTokensSchema, body) satisfies MessageCountTokensParams;
      checkParams(world, params);
      return ok({ input_tokens: inputTokens(params) } satisfies MessageTokensCount);
    },
  },
];

async function create({ world, body }: Call): Promise<Answer> {
  const params = bodyOf(createSchema, body) satisfies MessageCreateParams;
  const composed = await compose(world, params);
  if ('refused' in composed) return composed.refused;
  const { message, manner } = composed;
  const how = manner === undefined ? {} : { manner };
  if (params.stream !== true) return { ...ok(message), ...how };
  return { status: 200, events: eventsOf(message), ...how };
}
