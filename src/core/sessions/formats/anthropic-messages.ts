/** Chats as messages of the Anthropic API: an array of `{role, content}`, `{messages}`, or one message a line. */
import type { OpenCalls } from '../claude/blocks.ts';
import { assistantEvents, openCalls, userEvents } from '../claude/blocks.ts';
import { usageByMessage } from '../claude/usage.ts';
import type { Format, Parsed, RawEvent, Source } from '../format.ts';
import { headValues } from '../json-head.ts';
import { jsonObjects, rowsIn } from '../json-objects.ts';
import type { JsonObject } from '../json-value.ts';
import { asArray, asObject, asString, asTime, isObject, present } from '../json-value.ts';
import type { Draft } from '../recording.ts';
import { recording } from '../recording.ts';

const keys = ['messages'];

export const anthropicMessages: Format = {
  name: 'anthropic-messages',
  about: 'Chats as Anthropic API messages: an array, {messages}, or one message a line',
  detect(head) {
    const messages = headValues(head)
      .flatMap((value) => rowsIn(value, keys))
      .filter(isObject);
    const chat = messages.filter(isMessage);
    if (chat.length === 0 || chat.length < messages.length / 2) return 0;
    return chat.some(isTelling) ? 2 : 1;
  },
  parse,
};

function isMessage(row: JsonObject): boolean {
  return /^(?:user|assistant)$/.test(asString(row.role) ?? '') && 'content' in row && !('parts' in row);
}

/** Whether a message has blocks that only this API has. */
function isTelling(row: JsonObject): boolean {
  return asArray(row.content).some((block) =>
    /^(?:tool_use|tool_result|thinking)$/.test(asString(asObject(block)?.type) ?? ''),
  );
}

function parse(source: Source): AsyncGenerator<Parsed> {
  // Nothing in these messages proves that a person typed them: programs send them too.
  const fixed = { agent: 'anthropic-messages', format: 'anthropic-messages', interactive: false } as const;
  return recording(fixed, drafts(source), 'nobody says or does anything in it');
}

async function* drafts(source: Source): AsyncGenerator<Draft> {
  const calls = openCalls();
  const usage = usageByMessage();
  for await (const item of jsonObjects(source, keys)) {
    if (item.type === 'skipped') {
      yield item;
      continue;
    }
    usage.see(item.value);
    yield { type: 'header', header: present({ model: asString(item.value.model) }) };
    for (const event of eventsOf(item.value, calls)) yield { type: 'event', event };
  }
  yield { type: 'header', header: present({ usage: usage.total() }) };
}

function eventsOf(row: JsonObject, calls: OpenCalls): readonly RawEvent[] {
  const at = asTime(row.timestamp) ?? asTime(row.created_at);
  const context = { calls, at, trust: 'claimed' as const };
  if (row.role === 'assistant') return assistantEvents(row.content, context);
  return row.role === 'user' ? userEvents(row.content, context) : [];
}
