/** The form of what may be asked of the Messages API. Narrower than the API where Dreamkeeper sends nothing of a kind. */
import { z } from 'zod';

const cacheControl = z
  .strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).exactOptional() })
  .nullable()
  .exactOptional();

const textBlock = z.strictObject({
  type: z.literal('text'),
  text: z.string(),
  cache_control: cacheControl,
  // The SDK hands an answer's own blocks back as they came.
  citations: z.null().exactOptional(),
});

const toolUse = z.strictObject({
  type: z.literal('tool_use'),
  id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  name: z.string().min(1),
  input: z.record(z.string(), z.unknown()),
  cache_control: cacheControl,
  caller: z.strictObject({ type: z.literal('direct') }).exactOptional(),
});

const toolResult = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(textBlock)]).exactOptional(),
  is_error: z.boolean().exactOptional(),
  cache_control: cacheControl,
});

const thinkingBlock = z.strictObject({
  type: z.literal('thinking'),
  thinking: z.string(),
  signature: z.string(),
});

const redactedThinking = z.strictObject({ type: z.literal('redacted_thinking'), data: z.string() });

const block = z.discriminatedUnion('type', [textBlock, toolUse, toolResult, thinkingBlock, redactedThinking]);

const message = z.strictObject({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string(), z.array(block)]),
});

const tool = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().exactOptional(),
  input_schema: z.looseObject({ type: z.literal('object') }),
  strict: z.boolean().exactOptional(),
  type: z.literal('custom').nullable().exactOptional(),
  cache_control: cacheControl,
  eager_input_streaming: z.boolean().nullable().exactOptional(),
});

const parallel = { disable_parallel_tool_use: z.boolean().exactOptional() };

const toolChoice = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('auto'), ...parallel }),
  z.strictObject({ type: z.literal('any'), ...parallel }),
  z.strictObject({ type: z.literal('tool'), name: z.string(), ...parallel }),
  z.strictObject({ type: z.literal('none') }),
]);

const display = z.enum(['summarized', 'omitted']).nullable().exactOptional();

const thinking = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int().min(1_024), display }),
  z.strictObject({ type: z.literal('adaptive'), display }),
  z.strictObject({ type: z.literal('disabled') }),
  z.strictObject({ type: z.literal('between_tools') }),
]);

const outputConfig = z.strictObject({
  effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullable().exactOptional(),
  format: z
    .strictObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) })
    .nullable()
    .exactOptional(),
});

const counted = {
  model: z.string().min(1),
  messages: z.array(message).min(1).max(100_000),
  system: z.union([z.string(), z.array(textBlock)]).exactOptional(),
  tools: z.array(tool).exactOptional(),
  tool_choice: toolChoice.exactOptional(),
  thinking: thinking.exactOptional(),
  output_config: outputConfig.exactOptional(),
  cache_control: cacheControl,
};

export const countTokensSchema = z.strictObject(counted);

export const createSchema = z.strictObject({
  ...counted,
  max_tokens: z.int().min(1),
  metadata: z.strictObject({ user_id: z.string().max(256).nullable().exactOptional() }).exactOptional(),
  service_tier: z.enum(['auto', 'standard_only']).exactOptional(),
  stop_sequences: z.array(z.string().regex(/\S/)).exactOptional(),
  stream: z.boolean().exactOptional(),
});

export type CountParams = z.infer<typeof countTokensSchema>;
export type CreateParams = z.infer<typeof createSchema>;
export type MessageParam = z.infer<typeof message>;
export type Block = z.infer<typeof block>;
