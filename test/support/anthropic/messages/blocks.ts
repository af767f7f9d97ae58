/** What a request holds, in the order in which the model reads it: tools, system, messages. */
import type { Block, CountParams } from './schema.ts';

type CacheControl = { readonly type: 'ephemeral'; readonly ttl?: '5m' | '1h' } | null;

/** A block that may end a cached prefix. */
export interface Piece {
  readonly part: 'tools' | 'system' | 'messages';
  readonly text: string;
  /** How long the prefix up to here is to be kept; undefined where none ends. */
  readonly keep: '5m' | '1h' | undefined;
}

export function piecesOf(params: CountParams): Piece[] {
  const tools = (params.tools ?? []).map(({ cache_control, ...tool }) =>
    piece('tools', JSON.stringify(tool), cache_control),
  );
  const system = blocksOf(params.system ?? []).map((block) =>
    piece('system', textOf(block), cacheControlOf(block)),
  );
  const messages = params.messages.flatMap(({ role, content }) =>
    blocksOf(content).map((block) => piece('messages', `${role}: ${textOf(block)}`, cacheControlOf(block))),
  );
  const pieces = [...tools, ...system, ...messages];
  const last = pieces.at(-1);
  if (params.cache_control == null || last === undefined) return pieces;
  return [...pieces.slice(0, -1), { ...last, keep: params.cache_control.ttl ?? '5m' }];
}

export function blocksOf(content: string | readonly Block[]): readonly Block[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

/** @returns what the model reads of a block. */
export function textOf(block: Block): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'tool_use':
      return `${block.name} ${JSON.stringify(block.input)}`;
    case 'tool_result':
      return blocksOf(block.content ?? '')
        .map(textOf)
        .join('\n');
    case 'thinking':
      return block.thinking;
    case 'redacted_thinking':
      return block.data;
  }
}

function cacheControlOf(block: Block): CacheControl | undefined {
  return 'cache_control' in block ? block.cache_control : undefined;
}

function piece(part: Piece['part'], text: string, cacheControl: CacheControl | undefined): Piece {
  return { part, text, keep: cacheControl == null ? undefined : (cacheControl.ttl ?? '5m') };
}
