/** A message streamed to its end, whatever happens on the way. */
import type Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { RetryLaterError } from '../../../src/core/error.ts';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import { askingAnthropic } from '../../../src/dreamers/anthropic/failure.ts';
import { finalMessage } from '../../../src/dreamers/anthropic/stream.ts';
import { answers } from '../../support/anthropic/messages/reply.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';

const words = 'A long answer that takes more than one event to say, and more than two.';
const params = {
  model: 'claude-small',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Hello' }],
};

async function streaming(reply = words) {
  const { anthropic } = await anAnthropic({ reply: () => reply });
  const client = openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url, maxRetries: 0 });
  const lost: Anthropic.Message[] = [];
  const options = { backOffMs: 1, lost: (partial: Anthropic.Message) => void lost.push(partial) };
  return { anthropic, client, lost, options };
}

it('hands the whole message over, parsed where that was asked for', async () => {
  const { client } = await streaming(answers({ answer: 4 }));
  const format = zodOutputFormat(z.object({ answer: z.number() }));
  const message = await finalMessage(client, { ...params, output_config: { format } });
  expect(message.parsed_output?.answer).toBe(4);
  expect(message.usage.output_tokens).toBeGreaterThan(1);
});

it.each(['cut', 'end', 'overloaded_error', 'api_error'] as const)(
  'asks again when a stream is broken off (%s), and tells what was lost',
  async (then) => {
    const { anthropic, client, lost, options } = await streaming();
    anthropic.fail('messages.create', { afterEvents: 1, then });
    anthropic.fail('messages.create', { afterEvents: 5, then });
    const message = await finalMessage(client, params, options);
    expect(message.content).toMatchObject([{ text: words }]);
    expect(anthropic.requests).toHaveLength(3);
    const { input_tokens } = message.usage;
    expect(lost.map(({ usage }) => usage.input_tokens)).toEqual([input_tokens, input_tokens]);
  },
);

it('gives up after the last try: a reason to come back', async () => {
  const { anthropic, client, options } = await streaming();
  anthropic.fail('messages.create', { afterEvents: 5, then: 'cut' }, 2);
  const asked = askingAnthropic('reading', () => finalMessage(client, params, { ...options, tries: 2 }));
  await expect(asked).rejects.toBeInstanceOf(RetryLaterError);
});

it('does not ask again for what will not change', async () => {
  const { anthropic, client, options } = await streaming('no JSON');
  anthropic.fail('messages.create', { afterEvents: 3, then: 'invalid_request_error' });
  await expect(finalMessage(client, params, options)).rejects.toThrow();
  const format = zodOutputFormat(z.object({ answer: z.number() }));
  const malformed = askingAnthropic('reading', () =>
    finalMessage(client, { ...params, output_config: { format } }, options),
  );
  await expect(malformed).rejects.toMatchObject({ code: 'model', retryable: true });
  expect(anthropic.violations.splice(0)).toHaveLength(1);
  expect(anthropic.requests).toHaveLength(2);
});

it('ends when it is told to, within an answer and between two tries', async () => {
  const { anthropic, client, lost, options } = await streaming();
  const controller = new AbortController();
  anthropic.fail('messages.create', { pace: 20 });
  const slow = finalMessage(client, params, { ...options, signal: controller.signal });
  setTimeout(() => controller.abort(), 30);
  await expect(slow).rejects.toThrow('aborted');
  expect(lost).toMatchObject([{ usage: { input_tokens: expect.any(Number) as number } }]);
  const other = new AbortController();
  anthropic.fail('messages.create', { afterEvents: 5, then: 'cut' });
  const waiting = finalMessage(client, params, {
    signal: other.signal,
    backOffMs: 60_000,
    lost: () => setImmediate(() => other.abort()),
  });
  await expect(waiting).rejects.toThrow('aborted');
  expect(anthropic.requests).toHaveLength(2);
});
