/** The request that has a model read one window. */
import type { Request } from '../../anthropic/mind.ts';
import { openDataBlocks } from '../data-block.ts';
import { promptOf } from '../prompt.ts';
import { replyFormat } from './reply.ts';
import type { Window } from './window.ts';

/**
 * Changes whenever the same session would be read otherwise: condensing, windows, prompt or schema. Sessions are then read,
 * and paid for, again.
 */
export const extractVersion = '1';

/** Tokens of an answer, what the model thinks to itself included; some thirty observations. */
const answerTokens = 12_000;

/**
 * The instructions come first and are the same for all windows, so that they are paid for once.
 * @param random for tests; see `openDataBlocks`.
 */
export function requestFor(window: Window, random?: () => string): Request {
  const data = openDataBlocks(random);
  return {
    max_tokens: answerTokens,
    system: [{ type: 'text', text: promptOf('extract'), cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: `${data.enclose(window.text)}\n\nNote what this teaches.` }],
    output_config: { format: replyFormat },
  };
}
