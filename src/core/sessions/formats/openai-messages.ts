/**
 * Chats in the messages of the OpenAI API: one array, one `{messages}`, JSON Lines of `{messages}` (one chat a line), or JSON
 * Lines of messages (one chat a file).
 */
import type { OpenCalls } from '../chat-messages.ts';
import { chatDrafts, chatMessageEvents, isChatMessage, isTelling, saysSomething } from '../chat-messages.ts';
import type { Format, Parsed, RawHeader, Source } from '../format.ts';
import { UnusableTranscriptError } from '../format.ts';
import { readDocument } from '../json-document.ts';
import { headValues } from '../json-head.ts';
import { jsonLines } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { asObject, asObjects, asString, asTime, isObject, present } from '../json-value.ts';
import type { Draft } from '../recording.ts';
import { finishedId, recording } from '../recording.ts';

const fixed = { agent: 'openai-messages', format: 'openai-messages', interactive: false } as const;
const nothing = 'chat messages in which nobody said or did anything';

export const openaiMessages: Format = {
  name: 'openai-messages',
  about: 'Chats as OpenAI API messages: an array, {messages}, or JSON Lines of either',
  detect(head) {
    const values = headValues(head);
    const messages = values.flatMap((value) => messagesOf(value) ?? (isObject(value) ? [value] : []));
    const chat = messages.filter(isChatMessage);
    if (chat.length === 0 || chat.length < messages.length / 2) return 0;
    // Agents that keep these messages (Hermes, Vibe) give their chats or messages ids of their own.
    const kept = chat.some((message) => 'message_id' in message) || values.some(hasSessionId);
    return kept || chat.some(isTelling) ? 2 : 1;
  },
  async *parse(source) {
    const [first] = headValues(await source.head());
    if (isObject(first) && isChatMessage(first)) yield* recording(fixed, messageLines(source), nothing);
    else if (isObject(first) && (await isJsonLines(source))) yield* chatLines(source);
    else yield* wholeChat(source);
  },
};

/** The messages of a chat object or array; undefined for anything else. */
function messagesOf(value: unknown): readonly JsonObject[] | undefined {
  if (Array.isArray(value)) return asObjects(value);
  const chat = asObject(value);
  return Array.isArray(chat?.messages) ? asObjects(chat.messages) : undefined;
}

function hasSessionId(value: unknown): boolean {
  const chat = asObject(value);
  return Array.isArray(chat?.messages) && asString(chat.session_id) !== undefined;
}

async function isJsonLines(source: Source): Promise<boolean> {
  const [line = ''] = (await source.head()).split('\n', 1);
  return line.trimEnd().endsWith('}');
}

async function* messageLines(source: Source): AsyncGenerator<Draft> {
  const calls: OpenCalls = new Map();
  for await (const row of jsonLines(source)) {
    if (row.type === 'skipped') yield row;
    else for (const event of chatMessageEvents(row.value, calls)) yield { type: 'event', event };
  }
}

async function* chatLines(source: Source): AsyncGenerator<Parsed> {
  let sessions = 0;
  for await (const row of jsonLines(source)) {
    if (row.type === 'skipped') {
      yield row;
      continue;
    }
    const messages = messagesOf(row.value);
    if (messages === undefined || !saysSomething(messages)) {
      yield { type: 'skipped', line: row.line, reason: nothing };
      continue;
    }
    sessions++;
    // One line holds a finished chat; many may begin alike.
    const id = finishedId(fixed.agent, messages);
    yield* recording({ ...fixed, id, ...headerOf(row.value) }, chatDrafts(messages), nothing);
  }
  if (sessions === 0) throw new UnusableTranscriptError(nothing);
}

async function* wholeChat(source: Source): AsyncGenerator<Parsed> {
  const document = await readDocument(source);
  const header = headerOf(asObject(document) ?? {});
  yield* recording({ ...fixed, ...header }, chatDrafts(messagesOf(document) ?? []), nothing);
}

function headerOf(chat: JsonObject): Partial<RawHeader> {
  return present({
    id: asString(chat.session_id) ?? asString(chat.conversation_id) ?? asString(chat.id),
    model: asString(chat.model),
    startedAt: asTime(chat.session_start) ?? asTime(chat.created_at),
    cwd: asString(chat.cwd) ?? asString(asObject(chat.model_config)?.cwd),
    title: asString(chat.title),
  });
}
