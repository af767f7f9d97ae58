/** A batch of messages while it is worked on, and as the API shows it. */
import type {
  MessageBatch,
  MessageBatchIndividualResponse,
  MessageBatchResult,
} from '@anthropic-ai/sdk/resources/messages/batches';
import { compose } from '../messages/compose.ts';
import { createSchema } from '../messages/schema.ts';
import { bodyOf } from '../server/body.ts';
import { errorBody, invalid, Refusal } from '../server/refusal.ts';
import type { World } from '../world.ts';

export interface Batch {
  readonly id: string;
  readonly createdAt: Date;
  readonly items: readonly { readonly customId: string; readonly params: unknown }[];
  readonly results: Map<string, MessageBatchResult>;
  canceledAt?: Date;
  endedAt?: Date;
}

/** @returns whether an item runs out of its 24 hours instead of being answered. */
export type Expired = (customId: string) => boolean;

/** Answers what is open, in order. */
export async function endBatch(world: World, batch: Batch, expired: Expired = () => false): Promise<void> {
  if (batch.endedAt !== undefined) return;
  for (const { customId, params } of batch.items) {
    if (batch.results.has(customId)) continue;
    const result = await resultOf(world, batch, customId, params, expired);
    batch.results.set(customId, result);
  }
  batch.endedAt = world.now();
}

async function resultOf(
  world: World,
  { canceledAt }: Batch,
  customId: string,
  params: unknown,
  expired: Expired,
): Promise<MessageBatchResult> {
  if (canceledAt !== undefined) return { type: 'canceled' };
  if (expired(customId)) return { type: 'expired' };
  try {
    const request = bodyOf(createSchema, params);
    if (request.stream === true) throw invalid('stream: is not supported in batches');
    const composed = await compose(world, request, customId);
    if ('message' in composed) return { type: 'succeeded', message: composed.message };
    const { status, body } = composed.refused;
    return { type: 'errored', error: (body ?? errorBody(status, 'failed')) as ReturnType<typeof errorBody> };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { type: 'errored', error: errorBody(error.status, error.message, error.type) };
  }
}

export function shownBatch({ origin }: World, batch: Batch): MessageBatch {
  const { id, createdAt, canceledAt, endedAt, items, results } = batch;
  const count = (type: MessageBatchResult['type']): number =>
    [...results.values()].filter((result) => result.type === type).length;
  return {
    id,
    type: 'message_batch',
    processing_status:
      endedAt !== undefined ? 'ended' : canceledAt === undefined ? 'in_progress' : 'canceling',
    request_counts: {
      processing: items.length - results.size,
      succeeded: count('succeeded'),
      errored: count('errored'),
      canceled: count('canceled'),
      expired: count('expired'),
    },
    created_at: createdAt.toISOString(),
    expires_at: new Date(createdAt.getTime() + 24 * 3_600_000).toISOString(),
    cancel_initiated_at: canceledAt?.toISOString() ?? null,
    ended_at: endedAt?.toISOString() ?? null,
    archived_at: null,
    results_url: endedAt === undefined ? null : `${origin}/v1/messages/batches/${id}/results`,
  };
}

/** In another order than asked for: the API promises none. */
export function resultLines({ items, results }: Batch): MessageBatchIndividualResponse[] {
  return items.toReversed().flatMap(({ customId }) => {
    const result = results.get(customId);
    return result === undefined ? [] : [{ custom_id: customId, result }];
  });
}
