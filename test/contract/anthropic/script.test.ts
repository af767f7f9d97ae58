/** Recorded conversations, and what makes them fail a test. */
import type Anthropic from '@anthropic-ai/sdk';
import { expect, it } from 'vitest';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import { startAnthropic } from '../../support/anthropic/start.ts';

const say = (client: Anthropic, words: string, model = 'claude-small') =>
  client.messages.create({ model, max_tokens: 100, messages: [{ role: 'user', content: words }] });

const words = ({ content: [block] }: Anthropic.Message) => (block?.type === 'text' ? block.text : undefined);

it('answers what is asked as written, a group of it in any order', async () => {
  const { client } = await anAnthropic({
    phaseOf: ({ text }) => (text.includes('grade') ? 'grade' : 'gather'),
    script: [
      [
        { expect: { contains: 'session a', phase: 'gather' }, reply: 'A' },
        {
          expect: { contains: /session b/, lacks: 'secret', tools: [] },
          reply: ({ latest }) => `B: ${latest}`,
        },
      ],
      { expect: { model: /large$/, phase: 'grade', streaming: false }, reply: 'good' },
    ],
  });
  expect(words(await say(client, 'Read session b'))).toBe('B: Read session b');
  expect(words(await say(client, 'Read session a'))).toBe('A');
  expect(words(await say(client, 'Please grade', 'claude-large'))).toBe('good');
});

it('refuses what does not match, says why, and fails the test', async () => {
  const { anthropic, client } = await anAnthropic({
    script: [{ expect: { contains: 'session a' }, reply: 'A' }],
  });
  await expect(say(client, 'Read session c')).rejects.toMatchObject({
    status: 400,
    apiMessage: expect.stringContaining('session a does not occur in it') as string,
  });
  expect(anthropic.violations).toEqual([expect.stringContaining('It ends: Read session c')]);
  expect(anthropic.done).toThrow(/does not match.*\n?.*never asked for: contains session a/s);
  await say(client, 'Read session a');
  await expect(say(client, 'And now?')).rejects.toMatchObject({ status: 400 });
  expect(anthropic.violations.splice(0)).toHaveLength(2);
});

it('ends with an error when replies or faults are left over', async () => {
  const anthropic = await startAnthropic({ script: [{ expect: { model: 'claude-large' }, reply: 'x' }] });
  anthropic.fail('messages.create', { delay: 1 });
  await expect(anthropic.stop()).rejects.toThrow(
    /never asked for: model claude-large\n.*messages\.create ×1/,
  );
});
