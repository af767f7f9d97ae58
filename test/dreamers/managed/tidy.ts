/** Anthropic's Dreams, played: each tidies the memory up as the embedded dreamer would, and says nothing of why. */
import type { Dreamer, DreamInput } from '../../../src/core/dream/dreamer.ts';
import { passingNotes } from '../../../src/core/dream/notes.ts';
import { renderProposals } from '../../../src/core/memory/render.ts';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import { embeddedDreamer } from '../../../src/dreamers/embedded/dreamer.ts';
import { createManagedDreamer } from '../../../src/dreamers/managed/dreamer.ts';
import { startAnthropic } from '../../support/anthropic/start.ts';

const agent = 'agent_0000000001';

/** Remembers nothing between dreams. */
export function tidyManaged(): Dreamer {
  return {
    name: 'managed',
    paid: true,
    async dream(input) {
      const output = await tidied(input);
      const now = (): Date => new Date(input.now);
      const anthropic = await startAnthropic({ now, dream: () => [{ status: 'completed', output }] });
      for (const { id } of input.sessions) anthropic.sessions.add({ id });
      const { key: apiKey, url: baseURL } = anthropic;
      const dreamer = createManagedDreamer({ open: () => openAnthropic({ apiKey, baseURL }) });
      const config = { ...input.config, managed: { agent } };
      try {
        return await dreamer.dream({ ...input, config, notes: passingNotes() });
      } finally {
        await anthropic.stop();
      }
    },
  };
}

async function tidied(input: DreamInput): Promise<Record<string, string>> {
  const { proposals } = await embeddedDreamer.dream(input);
  const changed = renderProposals(
    input.store,
    proposals.map((proposal, at) => ({ ...proposal, number: at + 1 })),
  );
  const files = new Map<string, string | null>(input.store.files.map(({ path, text }) => [path, text]));
  for (const [path, text] of changed) files.set(path, text);
  return Object.fromEntries(
    [...files].flatMap(([path, text]) => (text === null ? [] : [[`/${path}`, text]])),
  );
}
