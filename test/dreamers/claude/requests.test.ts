import { describe, expect, it } from 'vitest';
import type { DreamInput } from '../../../src/core/dream/dreamer.ts';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import { createClaudeDreamer } from '../../../src/dreamers/claude/dreamer.ts';
import { gatherObservations } from '../../../src/dreamers/claude/extract/gather.ts';
import type { Asked } from '../../support/anthropic/messages/asked.ts';
import { answers } from '../../support/anthropic/messages/reply.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import { dreamInput } from '../../support/dream-input.ts';
import { storedSession } from '../../support/stored-session.ts';
import { finishes, playing, proposes } from './play.ts';

const said = 'Remember: always run `just lint` before you push.';

function world(): DreamInput {
  const sessions = [storedSession('session-one', ['fix the header', 'Done.', said, 'I will.'])];
  return dreamInput({ memory: { 'CLAUDE.md': '# Notes\n\n- Tabs, not spaces.\n' }, sessions });
}

const proposal = {
  kind: 'learn' as const,
  lesson: 'request' as const,
  rationale: 'Somebody asked to remember it.',
  operations: [
    {
      op: 'add' as const,
      file: 'CLAUDE.md',
      heading: ['Notes'],
      text: 'Always run `just lint` before you push.',
    },
  ],
  evidence: [{ type: 'quote' as const, session: 'session-one', event: 3, quote: said }],
};

/** All that a model reads in a request, without what is random in it. */
function readable({ model, params, system }: Asked): string {
  const { max_tokens: most, tools = [], messages, output_config: output } = params;
  const parts = [
    `model: ${model}; at most ${most} tokens`,
    `--- system\n${system}`,
    ...tools.map((tool) => `--- tool ${tool.name}\n${JSON.stringify(tool, null, 1)}`),
    ...(output === undefined ? [] : [`--- output\n${JSON.stringify(output, null, 1)}`]),
    ...messages.map(({ role, content }) => `--- ${role}\n${textOf(content)}`),
  ];
  return `${parts.join('\n\n').replaceAll(/data-[0-9a-f]{16}/g, 'data-0000000000000000')}\n`;
}

const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : (content as readonly Record<string, unknown>[])
        .map((block) => (typeof block.text === 'string' ? block.text : JSON.stringify(block, null, 1)))
        .join('\n');

/** Prompts are what people pay for: whoever changes one sees here what every phase asks then (`vitest -u`). */
describe('what a model is asked', () => {
  it('in each phase is what it was', async () => {
    const { anthropic } = await anAnthropic({
      reply: playing({
        lead: (_, nth) => (nth === 0 ? [proposes(proposal), finishes] : [finishes]),
        // Read, reworded, explained.
        other: (_, nth) =>
          answers(
            [{ observations: [] }, { text: 'Run `just lint` before you push.' }, { answer: 'Ada.' }][nth],
          ),
      }),
    });
    const client = openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url });
    const dreamer = createClaudeDreamer({ open: () => client, gather: gatherObservations });
    const input = world();
    const { proposals } = await dreamer.dream(input);
    const [draft] = proposals;
    if (draft === undefined) throw new Error('nothing was proposed');
    const remark = { person: 'ben', words: 'say it of `just check` too' };
    await dreamer.revise(input, { ...draft, number: 1 }, remark);
    await dreamer.explain(input, { ...draft, number: 1 }, { person: 'ben', words: 'who said so?' });
    const phases = ['extract', 'consolidate', 'grade', 'revise', 'explain'];
    expect(anthropic.asked).toHaveLength(phases.length);
    for (const [at, asked] of anthropic.asked.entries())
      await expect(readable(asked)).toMatchFileSnapshot(`requests/${phases[at] ?? ''}.txt`);
  });
});
