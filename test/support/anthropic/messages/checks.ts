/** What the API refuses although its form is right. */
import { invalid } from '../server/refusal.ts';
import { blocksOf } from './blocks.ts';
import { checkFormat } from './format.ts';
import type { Block, CountParams, CreateParams, MessageParam } from './schema.ts';

/** @throws {Refusal} 400 */
export function checkRequest(params: CountParams): void {
  checkRoles(params.messages);
  checkContent(params);
  checkToolTurns(params.messages);
  checkTools(params);
  checkBreakpoints(params);
  if (params.output_config?.format != null) checkFormat(params.output_config.format.schema);
}

/** @throws {Refusal} 400 */
export function checkThinking({ thinking, max_tokens, tool_choice }: CreateParams): void {
  if (thinking?.type === 'enabled' && thinking.budget_tokens >= max_tokens)
    throw invalid('`max_tokens` must be greater than `thinking.budget_tokens`');
  const thinks = thinking !== undefined && thinking.type !== 'disabled';
  if (thinks && (tool_choice?.type === 'any' || tool_choice?.type === 'tool'))
    throw invalid('Thinking may not be enabled when tool_choice forces tool use.');
}

function checkRoles(messages: readonly MessageParam[]): void {
  if (messages[0]?.role !== 'user') throw invalid('messages: first message must use the "user" role');
  if (messages.at(-1)?.role === 'assistant')
    throw invalid(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
}

function checkContent({ messages, system }: CountParams): void {
  for (const [index, { role, content }] of messages.entries()) {
    if (content.length === 0) throw invalid(`messages.${index}: all messages must have non-empty content`);
    for (const block of blocksOf(content)) checkBlock(block, role, `messages.${index}`);
  }
  for (const block of blocksOf(system ?? [])) if (block.type === 'text') checkText(block, 'system');
}

function checkBlock(block: Block, role: MessageParam['role'], where: string): void {
  if (block.type === 'text') checkText(block, where);
  const belongs = block.type === 'tool_result' ? 'user' : block.type === 'text' ? role : 'assistant';
  if (belongs !== role)
    throw invalid(`${where}: \`${block.type}\` blocks can only be in \`${belongs}\` messages`);
}

function checkText(block: Extract<Block, { type: 'text' }>, where: string): void {
  if (block.text === '') throw invalid(`${where}: text content blocks must be non-empty`);
  if (block.text.trim() === '')
    throw invalid(`${where}: text content blocks must contain non-whitespace text`);
}

/** A turn that uses tools is followed by one that answers each of them first, and nothing else is answered. */
function checkToolTurns(messages: readonly MessageParam[]): void {
  for (const [index, { role, content }] of messages.entries()) {
    const before = messages[index - 1];
    const used = before?.role === 'assistant' ? usesOf(before) : [];
    const results = blocksOf(content).flatMap((block) =>
      block.type === 'tool_result' ? [block.tool_use_id] : [],
    );
    const stray = results.find((id) => !used.includes(id));
    if (stray !== undefined)
      throw invalid(
        `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
    const open = used.filter((id) => !results.includes(id));
    const late =
      role === 'user' && results.length > 0 && blocksOf(content)[results.length - 1]?.type !== 'tool_result';
    if (open.length > 0 || late)
      throw invalid(
        `messages.${index - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${(late ? results : open).join(', ')}.`,
      );
    if (new Set(results).size < results.length)
      throw invalid(`messages.${index}: each tool_use must have a single result`);
  }
}

function usesOf({ content }: MessageParam): string[] {
  return blocksOf(content).flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
}

function checkTools({ tools = [], tool_choice }: CountParams): void {
  const names = tools.map(({ name }) => name);
  if (new Set(names).size < names.length) throw invalid('tools: Tool names must be unique.');
  for (const tool of tools)
    if (tool.strict === true) checkFormat(tool.input_schema, `tools.${tool.name}.input_schema`);
  if (tool_choice === undefined) return;
  if (tools.length === 0) throw invalid('tool_choice: may only be specified while providing `tools`.');
  if (tool_choice.type === 'tool' && !names.includes(tool_choice.name))
    throw invalid(`tool_choice: Tool '${tool_choice.name}' not found in provided tools`);
}

function checkBreakpoints(params: CountParams): void {
  const all = [
    ...(params.tools ?? []),
    ...blocksOf(params.system ?? []),
    ...params.messages.flatMap(({ content }) => blocksOf(content)),
    params,
  ];
  const marked = all.flatMap((one) =>
    'cache_control' in one && one.cache_control ? [one.cache_control] : [],
  );
  if (marked.length > 4)
    throw invalid(`A maximum of 4 blocks with cache_control may be provided. Found ${marked.length}.`);
  const short = marked.findIndex(({ ttl }) => ttl !== '1h');
  if (short >= 0 && marked.slice(short).some(({ ttl }) => ttl === '1h'))
    throw invalid("a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block");
}
