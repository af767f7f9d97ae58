/** A request of the Messages API as a test looks at it. */
import { blocksOf, piecesOf, textOf } from './blocks.ts';
import type { CreateParams } from './schema.ts';

export interface Asked {
  readonly params: CreateParams;
  readonly model: string;
  /** What the test says its phase is (`phaseOf`); else the empty text. */
  readonly phase: string;
  readonly system: string;
  /** The last turn. */
  readonly latest: string;
  /** Everything the model reads: tools, system, messages. */
  readonly text: string;
  /** Names of the tools offered. */
  readonly tools: readonly string[];
  readonly streaming: boolean;
  /** In a batch: the caller's name for it. */
  readonly customId: string | undefined;
}

export function askedOf(params: CreateParams, customId?: string): Asked {
  const { model, messages, system = [], tools = [], stream = false } = params;
  return {
    params,
    model,
    phase: '',
    system: blocksOf(system).map(textOf).join('\n'),
    latest: blocksOf(messages.at(-1)?.content ?? '')
      .map(textOf)
      .join('\n'),
    text: piecesOf(params)
      .map(({ text }) => text)
      .join('\n'),
    tools: tools.map(({ name }) => name),
    streaming: stream,
    customId,
  };
}
