/** From a request to the message that answers it: checked, counted, said, billed. */
import type { Message, Usage } from '@anthropic-ai/sdk/resources/messages';
import { invalid, notFound } from '../server/refusal.ts';
import type { World } from '../world.ts';
import { askedOf } from './asked.ts';
import { piecesOf } from './blocks.ts';
import type { CacheUse } from './cache.ts';
import { checkRequest, checkThinking } from './checks.ts';
import { departure, jsonOf } from './format.ts';
import { isFalseAnswer, shown, spoken, tokensOfReply } from './reply.ts';
import type { FalseAnswer } from '../../forge/server/faults.ts';
import type { Manner } from '../server/faults.ts';
import type { CountParams, CreateParams } from './schema.ts';
import { overheadOf, tokensOfPiece } from './tokens.ts';

export type Composed =
  { readonly message: Message; readonly manner: Manner | undefined } | { readonly refused: FalseAnswer };

/** @throws {Refusal} as the API does for a request that is wrong. */
export function checkParams(world: World, params: CountParams): void {
  if (world.models !== undefined && !world.models.includes(params.model))
    throw notFound(`model: ${params.model}`);
  checkRequest(params);
}

/** @returns the tokens of all a request makes the model read. */
export function inputTokens(params: CountParams): number {
  const pieces = piecesOf(params).map(tokensOfPiece);
  return pieces.reduce((sum, size) => sum + size, overheadOf(params));
}

/** @param customId of an item of a batch. @throws {Refusal} */
export async function compose(world: World, params: CreateParams, customId?: string): Promise<Composed> {
  checkParams(world, params);
  checkThinking(params);
  const input = inputTokens(params);
  if (input > world.limits.contextTokens)
    throw invalid(`prompt is too long: ${input} tokens > ${world.limits.contextTokens} maximum`);
  const reply = await world.answer(askedOf(params, customId));
  if (isFalseAnswer(reply)) return { refused: reply };
  const said = spoken(reply, params.max_tokens);
  checkSaid(world, params, said);
  const cached = world.cache.use(params, piecesOf(params));
  const message = {
    id: world.newId('msg'),
    type: 'message',
    role: 'assistant',
    model: params.model,
    content: shown(said.content, world.newId),
    stop_reason: said.stopReason,
    stop_sequence: null,
    stop_details:
      said.stopReason === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null,
    container: null,
    diagnostics: null,
    usage: usageOf(cached, overheadOf(params), said, customId === undefined ? 'standard' : 'batch'),
  } satisfies Message;
  return { message, manner: said.manner };
}

/** A test that lets the model say what it never could proves nothing. */
function checkSaid(world: World, { output_config, tools = [] }: CreateParams, said: Said): void {
  const complain = (problem: string): void =>
    void world.violations.push(`the scripted reply ${problem}; say \`malformed: true\` if that is meant`);
  if (said.malformed === true) return;
  for (const block of said.content) {
    if (block.type !== 'tool_use') continue;
    const tool = tools.find(({ name }) => name === block.name);
    if (tool === undefined) complain(`uses the tool ${block.name}, which is not offered`);
    else if (tool.strict === true) {
      const wrong = departure(tool.input_schema, block.input);
      if (wrong !== undefined) complain(`gives ${block.name} what its schema forbids: ${wrong}`);
    }
  }
  const format = output_config?.format;
  if (format == null || said.stopReason !== 'end_turn') return;
  const text = said.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  const value = jsonOf(text);
  const wrong = value === undefined ? 'it is no JSON' : departure(format.schema, value);
  if (wrong !== undefined) complain(`departs from the schema asked for: ${wrong}`);
}

type Said = ReturnType<typeof spoken>;

function usageOf(cached: CacheUse, overhead: number, { content }: Said, tier: 'standard' | 'batch'): Usage {
  const thinking = content.filter(({ type }) => type === 'thinking').map(tokensOfReply);
  return {
    input_tokens: cached.rest + overhead,
    output_tokens: content.map(tokensOfReply).reduce((sum, size) => sum + size, 1),
    cache_creation_input_tokens: cached.written5m + cached.written1h,
    cache_read_input_tokens: cached.read,
    cache_creation: {
      ephemeral_5m_input_tokens: cached.written5m,
      ephemeral_1h_input_tokens: cached.written1h,
    },
    output_tokens_details: { thinking_tokens: thinking.reduce((sum, size) => sum + size, 0) },
    server_tool_use: null,
    service_tier: tier,
    inference_geo: null,
    speed: null,
  };
}
