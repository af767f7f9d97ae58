/** What a test lets the model say, and the message the API makes of it. */
import type { Message, StopReason } from '@anthropic-ai/sdk/resources/messages';
import type { FalseAnswer } from '../../forge/server/faults.ts';
import type { Manner } from '../server/faults.ts';
import { tokensOfText } from './tokens.ts';

export type ReplyBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string }
  | { readonly type: 'tool_use'; readonly name: string; readonly input: unknown; readonly id?: string };

export interface Spoken {
  readonly content: string | readonly ReplyBlock[];
  /** Found out when left out: tools used, too long for `max_tokens`, or the end of the turn. */
  readonly stopReason?: StopReason;
  /** It departs from the schema that was asked for, on purpose. */
  readonly malformed?: boolean;
  readonly manner?: Manner;
}

/** Words, blocks, words said in a certain way, or an error. */
export type Reply = string | readonly ReplyBlock[] | Spoken | FalseAnswer;

/** A structured output. */
export const answers = (value: unknown): string => JSON.stringify(value);

/** One use of a tool; several in one turn as a list of them. */
export const uses = (name: string, input: unknown): ReplyBlock => ({ type: 'tool_use', name, input });

export const refuses: Spoken = { content: '', stopReason: 'refusal' };

export function isFalseAnswer(reply: Reply): reply is FalseAnswer {
  return typeof reply === 'object' && 'status' in reply;
}

/** @returns what is said, with how it ends. */
export function spoken(
  reply: Exclude<Reply, FalseAnswer>,
  maxTokens: number,
): Spoken & {
  readonly content: readonly ReplyBlock[];
  readonly stopReason: StopReason;
} {
  const said: Spoken = typeof reply === 'object' && 'content' in reply ? reply : { content: reply };
  const whole = blocksOf(said.content);
  const content = cutAt(whole, maxTokens);
  const toolUsed = content.some(({ type }) => type === 'tool_use');
  const found = content === whole ? (toolUsed ? 'tool_use' : 'end_turn') : 'max_tokens';
  return { ...said, content, stopReason: said.stopReason ?? found };
}

function blocksOf(content: Spoken['content']): readonly ReplyBlock[] {
  if (typeof content !== 'string') return content;
  return content === '' ? [] : [{ type: 'text', text: content }];
}

/** @returns the very blocks when they fit; else those that do, the last words cut. */
function cutAt(blocks: readonly ReplyBlock[], maxTokens: number): readonly ReplyBlock[] {
  let left = maxTokens;
  for (const [index, block] of blocks.entries()) {
    const size = tokensOfReply(block);
    if (size > left) {
      const kept = blocks.slice(0, index);
      if (block.type !== 'text') return kept;
      const characters = Math.floor((block.text.length * left) / size);
      return characters === 0 ? kept : [...kept, { ...block, text: block.text.slice(0, characters) }];
    }
    left -= size;
  }
  return blocks;
}

export function tokensOfReply(block: ReplyBlock): number {
  switch (block.type) {
    case 'text':
      return tokensOfText(block.text);
    case 'thinking':
      return tokensOfText(block.thinking);
    case 'tool_use':
      return tokensOfText(`${block.name} ${JSON.stringify(block.input)}`);
  }
}

/** @returns the blocks as the API shows them. */
export function shown(blocks: readonly ReplyBlock[], newId: (prefix: string) => string): Message['content'] {
  return blocks.map((block) => {
    switch (block.type) {
      case 'text':
        return { type: 'text', text: block.text, citations: null };
      case 'thinking':
        return { type: 'thinking', thinking: block.thinking, signature: 'c2lnbmVk' };
      case 'tool_use':
        return {
          type: 'tool_use',
          id: block.id ?? newId('toolu'),
          name: block.name,
          input: block.input,
          caller: { type: 'direct' },
        };
    }
  });
}
