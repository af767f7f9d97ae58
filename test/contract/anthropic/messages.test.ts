/** The Messages API of the stand-in, through the real SDK. */
import type Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answers, refuses, uses } from '../../support/anthropic/messages/reply.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';

type Params = Anthropic.MessageCreateParamsNonStreaming;

const ask = (words: string, more: Partial<Params> = {}): Params => ({
  model: 'claude-small',
  max_tokens: 1_000,
  messages: [{ role: 'user', content: words }],
  ...more,
});

const lookUp = {
  name: 'look_up',
  description: 'Looks a word up.',
  input_schema: {
    type: 'object' as const,
    properties: { word: { type: 'string' } },
    required: ['word'],
    additionalProperties: false,
  },
};

describe('a message', () => {
  it('is what the test lets the model say, with its usage', async () => {
    const { anthropic, client } = await anAnthropic({ reply: ({ latest }, nth) => `${nth}: ${latest}` });
    const said = await client.messages.create(ask('Hello'));
    expect(said).toMatchObject({
      type: 'message',
      content: [{ type: 'text', text: '0: Hello' }],
      stop_reason: 'end_turn',
      usage: { cache_read_input_tokens: 0, service_tier: 'standard' },
    });
    const { input_tokens } = await client.messages.countTokens({
      model: 'claude-small',
      messages: [{ role: 'user', content: 'Hello' }],
    });
    expect(said.usage.input_tokens).toBe(input_tokens);
    expect(anthropic.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ['messages.create', 200],
      ['messages.countTokens', 200],
    ]);
    expect(JSON.stringify(anthropic.requests)).not.toContain(anthropic.key);
  });

  it('streams the same that it would have said at once', async () => {
    const { client } = await anAnthropic({
      reply: () => [
        { type: 'thinking', thinking: 'Where would it be? 🗝️ Under the mat, as the last time.' },
        { type: 'text', text: 'I look under the mat — it was there the last three times.' },
        uses('look_up', { word: 'mat' }),
      ],
    });
    const params = ask('Where is the key?', { tools: [lookUp], thinking: { type: 'adaptive' } });
    const { id: first, ...whole } = await client.messages.create(params);
    const { id: second, ...streamed } = await client.messages.stream(params).finalMessage();
    expect(first).not.toBe(second);
    const withoutIds = ({ content, ...rest }: typeof whole) => ({
      ...rest,
      content: content.map((block) => ('id' in block ? { ...block, id: '' } : block)),
    });
    expect(JSON.parse(JSON.stringify(withoutIds(streamed)))).toEqual({
      ...withoutIds(whole),
      parsed_output: null,
    });
    expect(whole.stop_reason).toBe('tool_use');
  });

  it('uses tools, over several turns', async () => {
    const { client } = await anAnthropic({
      reply: ({ latest }, nth) => (nth === 0 ? [uses('look_up', { word: 'mat' })] : `Found: ${latest}`),
    });
    const params = ask('Where is the key?', { tools: [lookUp] });
    const first = await client.messages.create(params);
    const [use] = first.content;
    if (use?.type !== 'tool_use') throw new Error('a tool is used');
    const second = await client.messages.create({
      ...params,
      messages: [
        ...params.messages,
        { role: 'assistant', content: first.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'a rug' }] },
      ],
    });
    expect(second.content).toMatchObject([{ text: 'Found: a rug' }]);
  });

  it('holds to the schema of a structured output', async () => {
    const { client } = await anAnthropic({ reply: () => answers({ signals: [{ event: 3, quote: 'no' }] }) });
    const Found = z.object({ signals: z.array(z.object({ event: z.int(), quote: z.string() })) });
    const { parsed_output } = await client.messages.parse(
      ask('What is there?', { output_config: { format: zodOutputFormat(Found) } }) as Params & {
        output_config: { format: ReturnType<typeof zodOutputFormat<typeof Found>> };
      },
    );
    expect(parsed_output).toEqual({ signals: [{ event: 3, quote: 'no' }] });
  });

  it('fails a test that lets the model say what it never could', async () => {
    const { anthropic, client } = await anAnthropic({
      reply: (_, nth) => (nth === 0 ? answers({ wrong: 1 }) : [uses('unheard_of', {})]),
    });
    const format = zodOutputFormat(z.object({ right: z.string() }));
    await client.messages.create(ask('Say it right', { output_config: { format } }));
    await client.messages.create(ask('Use nothing'));
    expect(anthropic.violations.splice(0)).toEqual([
      expect.stringContaining('departs from the schema'),
      expect.stringContaining('uses the tool unheard_of'),
    ]);
  });

  it('is cut at max_tokens, and may be refused', async () => {
    const { client } = await anAnthropic({
      reply: (_, nth) => (nth === 0 ? 'one two three four five six seven eight' : refuses),
    });
    const cut = await client.messages.create(ask('Count', { max_tokens: 3 }));
    expect(cut.stop_reason).toBe('max_tokens');
    expect(cut.content).toMatchObject([{ text: expect.stringMatching(/^one two\b.*(?<!eight)$/) as string }]);
    expect(await client.messages.create(ask('Hurt'))).toMatchObject({ content: [], stop_reason: 'refusal' });
  });
});

describe('the prompt cache', () => {
  const kept = { type: 'ephemeral' } as const;
  const system = (text: string): Anthropic.TextBlockParam[] => [{ type: 'text', text, cache_control: kept }];
  const long = 'The store holds what the team remembers. '.repeat(20);

  it('writes a prefix the first time and reads it the next, for the same model', async () => {
    const { anthropic, client } = await anAnthropic({ reply: () => 'Yes.' });
    const usage = async (model: string, words: string) =>
      (await client.messages.create(ask(words, { model, system: system(long) }))).usage;
    const first = await usage('claude-small', 'One?');
    expect(first).toMatchObject({ cache_read_input_tokens: 0 });
    const size = first.cache_creation_input_tokens ?? 0;
    expect(size).toBeGreaterThan(100);
    expect(await usage('claude-small', 'Another question?')).toMatchObject({
      cache_read_input_tokens: size,
      cache_creation_input_tokens: 0,
    });
    expect(await usage('claude-large', 'One?')).toMatchObject({ cache_creation_input_tokens: size });
    anthropic.forgetCache();
    expect(await usage('claude-small', 'One?')).toMatchObject({ cache_creation_input_tokens: size });
  });

  it('grows with a conversation, turn by turn', async () => {
    const { client } = await anAnthropic({ reply: () => 'Noted.' });
    const turn = (text: string) =>
      ({
        role: 'user',
        content: [{ type: 'text', text, cache_control: kept }],
      }) satisfies Anthropic.MessageParam;
    const plain = (text: string) =>
      ({ role: 'user', content: [{ type: 'text', text }] }) satisfies Anthropic.MessageParam;
    const noted = { role: 'assistant', content: 'Noted.' } as const;
    const one = await client.messages.create(ask('', { system: system(long), messages: [turn(long)] }));
    const two = await client.messages.create(
      ask('', { system: system(long), messages: [plain(long), noted, turn('And this?')] }),
    );
    expect(two.usage.cache_read_input_tokens).toBe(one.usage.cache_creation_input_tokens);
    expect(two.usage.cache_creation_input_tokens).toBeLessThan(30);
    const all = await client.messages.countTokens({
      model: 'claude-small',
      system: system(long),
      messages: [plain(long), noted, turn('And this?')],
    });
    const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens } = two.usage;
    expect(input_tokens + (cache_read_input_tokens ?? 0) + (cache_creation_input_tokens ?? 0)).toBe(
      all.input_tokens,
    );
  });

  it('keeps nothing shorter than the least size', async () => {
    const { client } = await anAnthropic({ reply: () => 'Yes.', cacheMinimum: 1_024 });
    const { usage } = await client.messages.create(ask('One?', { system: system(long) }));
    expect(usage).toMatchObject({ cache_creation_input_tokens: 0 });
  });
});

describe('a request that is wrong', () => {
  const use = { type: 'tool_use', id: 'toolu_1', name: 'look_up', input: {} } as const;
  const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: 'a rug' } as const;
  const marked = { type: 'text', text: 'x', cache_control: { type: 'ephemeral' } } as const;
  const cases: [string, object, RegExp][] = [
    ['without max_tokens', { max_tokens: undefined }, /max_tokens: Field required/],
    ['with an unknown field', { temperature: 0.2 }, /temperature: Extra inputs are not permitted/],
    ['that begins with the assistant', { messages: [{ role: 'assistant', content: 'Hi' }] }, /first message/],
    ['that prefills', { messages: [...ask('Hi').messages, { role: 'assistant', content: '{' }] }, /prefill/],
    ['with an empty text', { messages: [{ role: 'user', content: '' }] }, /non-empty/],
    [
      'with a result of no tool',
      { messages: [{ role: 'user', content: [result] }] },
      /corresponding `tool_use` block/,
    ],
    [
      'with a tool left unanswered',
      { messages: [...ask('Hi').messages, { role: 'assistant', content: [use] }, ...ask('Well?').messages] },
      /without `tool_result` blocks immediately after: toolu_1/,
    ],
    ['with two tools of one name', { tools: [lookUp, lookUp] }, /unique/],
    [
      'that forces a tool there is not',
      { tools: [lookUp], tool_choice: { type: 'tool', name: 'x' } },
      /'x' not found/,
    ],
    [
      'that forces a tool while thinking',
      { tools: [lookUp], tool_choice: { type: 'any' }, thinking: { type: 'adaptive' } },
      /forces tool use/,
    ],
    [
      'that thinks longer than it may say',
      { thinking: { type: 'enabled', budget_tokens: 2_000 } },
      /greater than `thinking.budget_tokens`/,
    ],
    ['with five breakpoints', { system: [marked, marked, marked, marked, marked] }, /maximum of 4/],
    [
      'with a schema that leaves room',
      { output_config: { format: { type: 'json_schema', schema: { type: 'object', properties: {} } } } },
      /additionalProperties/,
    ],
    ['with half a character', { messages: [{ role: 'user', content: 'broken \ud83d' }] }, /low surrogate/],
    [
      'longer than the context',
      { messages: [{ role: 'user', content: 'word '.repeat(400) }] },
      /too long: \d+ tokens > 300/,
    ],
  ];

  it.each(cases)('%s is refused', async (_, change, message) => {
    const { client } = await anAnthropic({ reply: () => 'Never.', limits: { contextTokens: 300 } });
    const asked = client.messages.create({ ...ask('Hello'), ...change });
    await expect(asked).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      apiMessage: expect.stringMatching(message) as string,
    });
  });

  it('is refused with a wrong key, an unknown model, or too many bytes', async () => {
    const { client } = await anAnthropic({
      reply: () => 'Never.',
      models: ['claude-small'],
      limits: { requestBytes: 5_000 },
    });
    const stranger = client.withOptions({ apiKey: 'sk-ant-other' });
    await expect(stranger.messages.create(ask('Hi'))).rejects.toMatchObject({ status: 401 });
    const other = client.messages.create(ask('Hi', { model: 'claude-none' }));
    await expect(other).rejects.toMatchObject({ status: 404, apiMessage: 'model: claude-none' });
    const large = client.messages.create(ask('word '.repeat(1_500)));
    await expect(large).rejects.toMatchObject({ status: 413 });
  });
});
