/** A question whose answer has a form. */
import type Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { z } from 'zod';
import { askMind, type Ask, type Mind } from '../anthropic/mind.ts';

export type Structured<T> =
  | { readonly value: T }
  /** The model declined, ran out of room, or answered something else. */
  | { readonly failed: 'declined' | 'cut' | 'malformed' };

/** @throws as `askMind`. */
export async function askStructured<S extends z.ZodType>(
  mind: Mind,
  ask: Ask,
  schema: S,
): Promise<Structured<z.infer<S>>> {
  const request = {
    ...ask.request,
    output_config: { ...ask.request.output_config, format: zodOutputFormat(schema) },
  };
  return readStructured(await askMind(mind, { ...ask, request }), schema);
}

export function readStructured<S extends z.ZodType>(
  { content, stop_reason }: Pick<Anthropic.Message, 'content' | 'stop_reason'>,
  schema: S,
): Structured<z.infer<S>> {
  if (stop_reason === 'refusal') return { failed: 'declined' };
  if (stop_reason === 'max_tokens' || stop_reason === 'model_context_window_exceeded')
    return { failed: 'cut' };
  const text = content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
  const parsed = schema.safeParse(jsonOf(text));
  return parsed.success ? { value: parsed.data } : { failed: 'malformed' };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
