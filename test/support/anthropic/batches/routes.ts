/** `/v1/messages/batches`. */
import { z } from 'zod';
import type { DeletedMessageBatch } from '@anthropic-ai/sdk/resources/messages/batches';
import { bodyOf } from '../server/body.ts';
import { pageById } from '../server/paging.ts';
import { found, invalid } from '../server/refusal.ts';
import { ok, type Call, type Route } from '../server/route.ts';
import { endBatch, resultLines, shownBatch, type Batch } from './batch.ts';

const schema = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        custom_id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
        // Looked at when it is worked on: what is wrong with it is its result.
        params: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(100_000),
});

const root = '/v1/messages/batches';

export const batchRoutes: readonly Route[] = [
  {
    operation: 'messages.batches.create',
    method: 'POST',
    path: root,
    answer({ world, body }) {
      const { requests } = bodyOf(schema, body);
      if (new Set(requests.map(({ custom_id }) => custom_id)).size < requests.length)
        throw invalid('requests: custom_id must be unique');
      const batch: Batch = {
        id: world.newId('msgbatch'),
        createdAt: world.now(),
        items: requests.map(({ custom_id, params }) => ({ customId: custom_id, params })),
        results: new Map(),
      };
      world.batches.set(batch.id, batch);
      return ok(shownBatch(world, batch));
    },
  },
  {
    operation: 'messages.batches.list',
    method: 'GET',
    path: root,
    answer({ world, query }) {
      const all = [...world.batches.values()].reverse();
      return pageById(
        all.map((batch) => shownBatch(world, batch)),
        query,
      );
    },
  },
  {
    operation: 'messages.batches.retrieve',
    method: 'GET',
    path: `${root}/:batch`,
    async answer(call) {
      const batch = batchOf(call);
      if (call.world.batchesEnd === 'at once') await endBatch(call.world, batch);
      return ok(shownBatch(call.world, batch));
    },
  },
  {
    operation: 'messages.batches.results',
    method: 'GET',
    path: `${root}/:batch/results`,
    answer(call) {
      const batch = batchOf(call);
      found(batch.endedAt, `The results of ${batch.id}`);
      return { status: 200, lines: resultLines(batch) };
    },
  },
  {
    operation: 'messages.batches.cancel',
    method: 'POST',
    path: `${root}/:batch/cancel`,
    answer(call) {
      const batch = batchOf(call);
      if (batch.endedAt === undefined) batch.canceledAt ??= call.world.now();
      return ok(shownBatch(call.world, batch));
    },
  },
  {
    operation: 'messages.batches.delete',
    method: 'DELETE',
    path: `${root}/:batch`,
    answer(call) {
      const batch = batchOf(call);
      if (batch.endedAt === undefined) throw invalid('batches can only be deleted when they have ended');
      call.world.batches.delete(batch.id);
      return ok({ id: batch.id, type: 'message_batch_deleted' } satisfies DeletedMessageBatch);
    },
  },
];

function batchOf({ world, at: { batch = '' } }: Call): Batch {
  return found(world.batches.get(batch), `The batch ${batch}`);
}
