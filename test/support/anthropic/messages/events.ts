/** A message as the events of a stream. */
import type {
  ContentBlock,
  Message,
  RawContentBlockDelta,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages';
import type { ServerEvent } from '../server/route.ts';

/** Characters of a delta: small, so that a cut falls into words. */
const pieceLength = 24;

export function eventsOf(message: Message): ServerEvent[] {
  const { usage, stop_reason, stop_sequence, stop_details, container } = message;
  const start: RawMessageStreamEvent = {
    type: 'message_start',
    message: {
      ...message,
      content: [],
      stop_reason: null,
      stop_details: null,
      usage: { ...usage, output_tokens: Math.min(1, usage.output_tokens) },
    },
  };
  const end: RawMessageStreamEvent = {
    type: 'message_delta',
    delta: { stop_reason, stop_sequence, stop_details, container },
    usage: {
      input_tokens: usage.input_tokens,
      output_tokens: usage.output_tokens,
      cache_creation_input_tokens: usage.cache_creation_input_tokens,
      cache_read_input_tokens: usage.cache_read_input_tokens,
      output_tokens_details: usage.output_tokens_details,
      server_tool_use: null,
    },
  };
  const blocks = message.content.flatMap(eventsOfBlock);
  return [start, { type: 'ping' }, ...blocks, end, { type: 'message_stop' }];
}

function eventsOfBlock(block: ContentBlock, index: number): RawMessageStreamEvent[] {
  const { empty, deltas } = grownFromNothing(block);
  return [
    { type: 'content_block_start', index, content_block: empty },
    ...deltas.map((delta): RawMessageStreamEvent => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

/** @returns the block without its content, and the content piece by piece. */
function grownFromNothing(block: ContentBlock): { empty: ContentBlock; deltas: RawContentBlockDelta[] } {
  if (block.type === 'text')
    return {
      empty: { ...block, text: '' },
      deltas: pieces(block.text).map((text) => ({ type: 'text_delta', text })),
    };
  if (block.type === 'thinking') {
    const { thinking, signature } = block;
    const thoughts = pieces(thinking).map((piece) => ({ type: 'thinking_delta', thinking: piece }) as const);
    return {
      empty: { ...block, thinking: '', signature: '' },
      deltas: [...thoughts, { type: 'signature_delta', signature }],
    };
  }
  if (block.type === 'tool_use')
    return {
      empty: { ...block, input: {} },
      deltas: pieces(JSON.stringify(block.input)).map((partial_json) => ({
        type: 'input_json_delta',
        partial_json,
      })),
    };
  throw new Error(`the stand-in says nothing of type ${block.type}`);
}

/** Cut between characters, never within one. */
function pieces(text: string): string[] {
  const characters = Array.from(text);
  const all: string[] = [];
  for (let at = 0; at < characters.length; at += pieceLength)
    all.push(characters.slice(at, at + pieceLength).join(''));
  return all;
}
