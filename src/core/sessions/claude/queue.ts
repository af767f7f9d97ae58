/** Messages typed while the agent works: written when they are typed, and often once more when they are delivered. */
import type { JsonObject } from '../json-value.ts';
import { asObject, asString } from '../json-value.ts';

const maxWaiting = 200;

export interface MessageQueue {
  /** The words of a queue row that were typed by a person and were not seen before. */
  typed(row: JsonObject): string | undefined;
  /** Whether a user row repeats a queued message; each is repeated once. */
  isRepeat(text: string): boolean;
}

export function messageQueue(): MessageQueue {
  const waiting: string[] = [];
  const isRepeat = (text: string) => {
    const index = waiting.indexOf(text.trim());
    if (index >= 0) waiting.splice(index, 1);
    return index >= 0;
  };
  const remember = (text: string) => {
    waiting.push(text.trim());
    if (waiting.length > maxWaiting) waiting.shift();
    return text;
  };
  return {
    isRepeat,
    typed(row) {
      const text = queuedText(row);
      // Notifications and slash commands come as rows of their own.
      if (text === undefined || /^\s*[</]/.test(text)) return undefined;
      if (row.type === 'queue-operation') return row.operation === 'enqueue' ? remember(text) : undefined;
      return isRepeat(text) ? undefined : text;
    },
  };
}

function queuedText(row: JsonObject): string | undefined {
  if (row.type === 'queue-operation') return asString(row.content);
  const attachment = asObject(row.attachment);
  if (attachment?.type !== 'queued_command') return undefined;
  const mode = asString(attachment.commandMode);
  return mode === undefined || mode === 'prompt' ? asString(attachment.prompt) : undefined;
}
