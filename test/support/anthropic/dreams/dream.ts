/** Dreams: what a test lets become of them, step by step, and as the API shows them. */
import type {
  BetaDream,
  BetaDreamStatus,
  BetaDreamUsage,
  BetaOutputBehavior,
} from '@anthropic-ai/sdk/resources/beta/dreams';
import { contentsOf, fill, type Contents } from '../stores/by-hand.ts';
import { addStore, type Store } from '../stores/store.ts';
import type { World } from '../world.ts';

/** What is seen of a dream the next time it is asked for; the last one stays. */
export interface DreamStep {
  readonly status: BetaDreamStatus;
  /** What was used until then; as before when left out. */
  readonly usage?: Partial<BetaDreamUsage>;
  /** What the output store holds by then; a completed dream that says nothing copies its input. */
  readonly output?: Contents;
  /** `timeout`, `internal_error`, `input_session_unavailable` … */
  readonly error?: { readonly type: string; readonly message: string };
}

/** What a test decides by. */
export interface DreamAsked {
  readonly storeId: string;
  /** What the input store holds. */
  readonly contents: Contents;
  readonly sessionIds: readonly string[];
  readonly instructions: string | null;
  readonly model: string;
}

export interface Dream {
  readonly id: string;
  readonly createdAt: Date;
  readonly asked: DreamAsked;
  readonly outputBehavior: BetaOutputBehavior;
  /** Those that are still to be seen. */
  readonly steps: DreamStep[];
  status: BetaDreamStatus;
  usage: BetaDreamUsage;
  outputStoreId?: string;
  error: BetaDream['error'];
  endedAt?: Date;
  archivedAt?: Date;
}

export const hasEnded = ({ status }: Pick<Dream, 'status'>): boolean =>
  status !== 'pending' && status !== 'running';

/** Takes the next step, when there is one and the dream has not ended. */
export function goOn(world: World, dream: Dream): void {
  if (hasEnded(dream)) return;
  const step = dream.steps.shift();
  if (step === undefined) return;
  dream.status = step.status;
  dream.usage = { ...dream.usage, ...step.usage };
  dream.error = step.error ?? null;
  if (hasEnded(dream)) dream.endedAt = world.now();
  const input = world.stores.get(dream.asked.storeId);
  const output = step.output ?? (step.status === 'completed' ? dream.asked.contents : undefined);
  if (output === undefined) return;
  // What was written in an earlier step stays, unless this one says otherwise.
  if (step.output === undefined && dream.outputStoreId !== undefined) return;
  fill(world, outputOf(world, dream, input), output);
}

function outputOf(world: World, dream: Dream, input: Store | undefined): Store {
  const known = world.stores.get(dream.outputStoreId ?? '');
  if (known !== undefined) return known;
  const updates = dream.outputBehavior.type === 'update_existing';
  const store =
    updates && input !== undefined ? input : addStore(world, `${input?.name ?? 'memory'} (dream)`);
  if (!updates && input !== undefined) fill(world, store, contentsOf(input));
  dream.outputStoreId = store.id;
  return store;
}

export function shownDream(dream: Dream): BetaDream {
  const { id, asked, status, usage, error, outputStoreId, createdAt, endedAt, archivedAt } = dream;
  return {
    id,
    type: 'dream',
    status,
    model: { id: asked.model, speed: 'standard' },
    instructions: asked.instructions,
    inputs: [
      { type: 'memory_store', memory_store_id: asked.storeId },
      { type: 'sessions', session_ids: asked.sessionIds.toSorted() },
    ],
    output_behavior: dream.outputBehavior,
    outputs: outputStoreId === undefined ? [] : [{ type: 'memory_store', memory_store_id: outputStoreId }],
    session_id: status === 'pending' ? null : id.replace('drm_', 'sesn_'),
    usage,
    error,
    created_at: createdAt.toISOString(),
    ended_at: endedAt?.toISOString() ?? null,
    archived_at: archivedAt?.toISOString() ?? null,
  };
}
