/** `POST /v1/dreams`: what may be asked for. */
import { z } from 'zod';
import { bodyOf } from '../server/body.ts';
import { found, invalid, notFound, Refusal } from '../server/refusal.ts';
import { ok, type Answer, type Call } from '../server/route.ts';
import { contentsOf } from '../stores/by-hand.ts';
import { checkWritable } from '../stores/store.ts';
import type { World } from '../world.ts';
import { hasEnded, shownDream, type Dream, type DreamAsked } from './dream.ts';

const input = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('memory_store'), memory_store_id: z.string() }),
  z.strictObject({ type: z.literal('sessions'), session_ids: z.array(z.string()).min(1).max(100) }),
]);

const modelId = z.string().min(1).max(256);

const schema = z.strictObject({
  inputs: z.array(input),
  model: z.union([
    modelId,
    z.strictObject({ id: modelId, speed: z.literal('standard').nullable().exactOptional() }),
  ]),
  instructions: z.string().min(1).max(4_096).nullish(),
  output_behavior: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('create_new') }),
      z.strictObject({ type: z.literal('update_existing'), memory_store_id: z.string() }),
    ])
    .exactOptional(),
});

export function createDream({ world, body }: Call): Answer {
  const params = bodyOf(schema, body);
  const asked = askedOf(world, params);
  const outputBehavior = params.output_behavior ?? ({ type: 'create_new' } as const);
  if (outputBehavior.type === 'update_existing') checkHeld(world, asked, outputBehavior.memory_store_id);
  const dream: Dream = {
    id: world.newId('drm'),
    createdAt: world.now(),
    asked,
    outputBehavior,
    steps: [...world.dreamSteps(asked, world.dreams.size)],
    status: 'pending',
    usage: { input_tokens: 0, output_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
    error: null,
  };
  world.dreams.set(dream.id, dream);
  return ok(shownDream(dream));
}

function askedOf(world: World, { inputs, model, instructions }: z.infer<typeof schema>): DreamAsked {
  const stores = inputs.flatMap((one) => (one.type === 'memory_store' ? [one.memory_store_id] : []));
  const sessions = inputs.flatMap((one) => (one.type === 'sessions' ? [one.session_ids] : []));
  const [storeId] = stores;
  const [sessionIds] = sessions;
  if (storeId === undefined || sessionIds === undefined || inputs.length !== 2)
    throw invalid('inputs: exactly one memory_store entry and exactly one sessions entry');
  if (new Set(sessionIds).size < sessionIds.length) throw invalid('inputs: session_ids must be unique');
  const store = found(world.stores.get(storeId), `The memory store ${storeId}`);
  checkWritable(store);
  const unknown = sessionIds.find((id) => !world.sessions.has(id));
  if (unknown !== undefined) throw notFound(`The session ${unknown} was not found.`);
  const id = typeof model === 'string' ? model : model.id;
  if (world.models !== undefined && !world.models.includes(id))
    throw invalid(`model: ${id} is not supported`);
  return { storeId, contents: contentsOf(store), sessionIds, instructions: instructions ?? null, model: id };
}

/** One dream at a time writes into a store. */
function checkHeld(world: World, { storeId }: DreamAsked, target: string): void {
  if (target !== storeId) throw invalid('output_behavior: memory_store_id must be the one of inputs');
  const other = [...world.dreams.values()].find(
    (dream) =>
      dream.outputBehavior.type === 'update_existing' && dream.asked.storeId === storeId && !hasEnded(dream),
  );
  if (other !== undefined) throw new Refusal(409, `${other.id} writes into the memory store`);
}
