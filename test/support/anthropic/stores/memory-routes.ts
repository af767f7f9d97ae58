/** `/v1/memory_stores/:store/memories`. */
import { z } from 'zod';
import type {
  BetaManagedAgentsDeletedMemory,
  BetaManagedAgentsMemoryListItem,
  BetaManagedAgentsMemoryView,
} from '@anthropic-ai/sdk/resources/beta/memory-stores/memories';
import { bodyOf } from '../server/body.ts';
import { pageByCursor } from '../server/paging.ts';
import { found, invalid, Refusal } from '../server/refusal.ts';
import { ok, type Answer, type Call, type Route } from '../server/route.ts';
import { memoryBetas, storeOf } from './routes.ts';
import { addMemory, changeMemory, sha256Of, shownMemory, type Memory, type Store } from './store.ts';

const createSchema = z.strictObject({ path: z.string(), content: z.string().nullable() });

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const updateSchema = z.strictObject({
  path: z.string().nullish(),
  content: z.string().nullish(),
  precondition: z.strictObject({ type: z.literal('content_sha256'), content_sha256: sha256 }).exactOptional(),
});

const root = '/v1/memory_stores/:store/memories';
const named = (does: string): string => `beta.memoryStores.memories.${does}`;

export const memoryRoutes: readonly Route[] = [
  {
    operation: named('create'),
    method: 'POST',
    path: root,
    betas: memoryBetas,
    answer(call) {
      const store = storeOf(call);
      const { path, content } = bodyOf(createSchema, call.body);
      return ok(shownMemory(store, addMemory(call.world, store, path, content ?? ''), viewOf(call, 'basic')));
    },
  },
  { operation: named('list'), method: 'GET', path: root, betas: memoryBetas, answer: list },
  {
    operation: named('retrieve'),
    method: 'GET',
    path: `${root}/:memory`,
    betas: memoryBetas,
    answer: (call) => ok(shownMemory(storeOf(call), memoryOf(call), viewOf(call, 'full'))),
  },
  { operation: named('update'), method: 'POST', path: `${root}/:memory`, betas: memoryBetas, answer: update },
  {
    operation: named('delete'),
    method: 'DELETE',
    path: `${root}/:memory`,
    betas: memoryBetas,
    answer(call) {
      const memory = memoryOf(call);
      const expected = call.query.get('expected_content_sha256');
      if (expected !== null) checkUnchanged(memory, bodyOf(sha256, expected));
      storeOf(call).memories.delete(memory.id);
      return ok({ id: memory.id, type: 'memory_deleted' } satisfies BetaManagedAgentsDeletedMemory);
    },
  },
];

function update(call: Call): Answer {
  const store = storeOf(call);
  const memory = memoryOf(call);
  const { path, content, precondition } = bodyOf(updateSchema, call.body);
  const wanted = { path: path ?? memory.path, content: content ?? memory.content };
  // Who asks a second time because the answer was lost is told that it is done.
  const done = wanted.path === memory.path && wanted.content === memory.content;
  if (!done) {
    if (precondition !== undefined) checkUnchanged(memory, precondition.content_sha256);
    changeMemory(call.world, store, memory, wanted);
  }
  return ok(shownMemory(store, memory, viewOf(call, 'basic')));
}

function list(call: Call): Answer {
  const store = storeOf(call);
  const view = viewOf(call, 'basic');
  const prefix = call.query.get('path_prefix') ?? '/';
  if (!prefix.endsWith('/')) throw invalid('path_prefix: must end with /');
  const below = [...store.memories.values()]
    .filter(({ path }) => path.startsWith(prefix))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  const items =
    call.query.get('depth') === '1'
      ? children(store, below, prefix, view)
      : below.map((memory) => shownMemory(store, memory, view));
  return pageByCursor(items, call.query, view === 'full' ? 20 : 100);
}

/** What lies deeper is one marker for each folder. */
function children(
  store: Store,
  below: readonly Memory[],
  prefix: string,
  view: BetaManagedAgentsMemoryView,
): BetaManagedAgentsMemoryListItem[] {
  const folders = new Set<string>();
  return below.flatMap((memory): BetaManagedAgentsMemoryListItem[] => {
    const slash = memory.path.indexOf('/', prefix.length);
    if (slash < 0) return [shownMemory(store, memory, view)];
    const path = memory.path.slice(0, slash + 1);
    if (folders.has(path)) return [];
    folders.add(path);
    return [{ type: 'memory_prefix', path }];
  });
}

function checkUnchanged({ content }: Memory, expected: string): void {
  if (sha256Of(content) === expected) return;
  const message = 'the content of the memory is not what the precondition says';
  throw new Refusal(409, message, 'memory_precondition_failed_error');
}

function memoryOf(call: Call): Memory {
  const { memory = '' } = call.at;
  return found(storeOf(call).memories.get(memory), `The memory ${memory}`);
}

function viewOf({ query }: Call, usual: BetaManagedAgentsMemoryView): BetaManagedAgentsMemoryView {
  const view = query.get('view') ?? usual;
  if (view !== 'basic' && view !== 'full') throw invalid('view: must be basic or full');
  return view;
}
