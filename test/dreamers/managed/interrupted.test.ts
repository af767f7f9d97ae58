/** Whatever request is lost on its way, there or back: the next process goes on, and nothing is made or paid twice. */
import { describe, expect, it } from 'vitest';
import type { DreamDraft } from '../../../src/core/dream/dreamer.ts';
import { managed } from './setting.ts';

const memory = {
  'CLAUDE.md': '# Shop\n\n- Build with `pnpm build`.\n',
  'memory/style.md': '- Small functions.\n',
};
const wrote = { ...memory, 'CLAUDE.md': `${memory['CLAUDE.md']}- The nightly job needs the replica.\n` };

const operations = [
  'beta.sessions.list',
  'beta.memoryStores.create',
  'beta.memoryStores.memories.list',
  'beta.memoryStores.memories.create',
  'beta.dreams.create',
  'beta.dreams.retrieve',
  'beta.memoryStores.memories.retrieve',
  'beta.memoryStores.archive',
  'beta.dreams.archive',
];
const losses = operations.flatMap((operation) =>
  (['request', 'answer'] as const).map((drop) => ({ operation, drop })),
);

describe('a dream at Anthropic that is interrupted', () => {
  it.each(losses)('goes on when the $drop of $operation is lost', async ({ operation, drop }) => {
    const setting = await managed({ memory, wrote });
    const { anthropic, client, dream } = setting;
    anthropic.fail(operation, { drop });
    const first = await dream().catch((error: unknown) => error);
    const draft = first instanceof Error ? await dream() : (first as DreamDraft);
    expect(draft.proposals.map(({ title }) => title)).toEqual(['Learn: The nightly job needs the replica']);
    const all = await client.beta.dreams.list({ include_archived: true });
    expect(all.data).toHaveLength(1);
    // The mirror, and what the dream wrote to.
    expect(anthropic.stores.list()).toHaveLength(2);
  });
});
