/** Claude's dreamer with a model that makes no mistake: it proposes what can be proved, in its own words for the tools. */
import type { Dreamer, DreamInput } from '../../../src/core/dream/dreamer.ts';
import type { Evidence } from '../../../src/core/dream/evidence.ts';
import type { Draft } from '../../../src/core/dream/proposal.ts';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import type { Cited } from '../../../src/dreamers/claude/consolidate/cited.ts';
import type { Wish } from '../../../src/dreamers/claude/consolidate/draft.ts';
import { createClaudeDreamer } from '../../../src/dreamers/claude/dreamer.ts';
import { gatherObservations } from '../../../src/dreamers/claude/extract/gather.ts';
import { embeddedDreamer } from '../../../src/dreamers/embedded/dreamer.ts';
import { startAnthropic } from '../../support/anthropic/start.ts';
import { finishes, playing, proposes } from './play.ts';

export function sensibleClaude(): Dreamer {
  return { name: 'claude', paid: true, dream: dreamSensibly };
}

async function dreamSensibly(input: DreamInput) {
  const { proposals } = await embeddedDreamer.dream(input);
  const anthropic = await startAnthropic({
    reply: playing({
      lead: (_, nth) =>
        nth === 0 ? [...proposals.map((draft) => proposes(wishFor(draft))), finishes] : [finishes],
    }),
  });
  try {
    const client = openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url });
    return await createClaudeDreamer({ open: () => client, gather: gatherObservations }).dream(input);
  } finally {
    await anthropic.stop();
  }
}

const wishFor = ({ kind, lesson, rationale, operations, evidence, suggestion }: Draft): Wish => ({
  ...{ kind, rationale, operations, evidence: evidence.flatMap(citedFor) },
  ...(lesson === undefined ? {} : { lesson }),
  ...(suggestion === undefined ? {} : { suggestion }),
});

function citedFor(item: Evidence): Cited[] {
  switch (item.type) {
    case 'quote':
      return [{ type: 'quote', session: item.session, event: item.event, quote: item.quote }];
    case 'entry':
      return [{ type: 'entry', entry: item.entry }];
    case 'fact':
      return [
        { type: 'fact', fact: item.fact, path: item.path, ...(item.to === undefined ? {} : { to: item.to }) },
      ];
    case 'comment':
    case 'unattributed':
      return [];
  }
}
