/** Gemini CLI chats: one JSON document, or from 0.40 on JSON Lines in which a message may be written again as it grows. */
import type { Format, RawHeader, Source } from '../format.ts';
import type { OpenCalls } from '../gemini/messages.ts';
import { messageEvents } from '../gemini/messages.ts';
import { readDocument } from '../json-document.ts';
import { headValues } from '../json-head.ts';
import { jsonLines } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { asNumber, asObject, asObjects, asString, asTime, isObject, present } from '../json-value.ts';
import type { Draft } from '../recording.ts';
import { recording } from '../recording.ts';
import type { Usage } from '../session.ts';

export const geminiCli: Format = {
  name: 'gemini-cli',
  about: 'Gemini CLI chats (~/.gemini/tmp/<project>/chats/session-*.json and .jsonl)',
  detect(head) {
    const values = headValues(head).filter(isObject);
    return values.some((value) => isHeader(value) || isChat(value) || isPatchedMessage(value)) ? 2 : 0;
  },
  async *parse(source) {
    const [first] = headValues(await source.head()).filter(isObject);
    const header = first === undefined ? {} : headerOf(first);
    // A sub-agent is prompted by the agent that spawned it.
    const interactive = first?.kind !== 'subagent';
    const whole = first !== undefined && isChat(first);
    yield* recording(
      { agent: 'gemini-cli', format: 'gemini-cli', interactive, ...header },
      drafts(whole ? wholeChat(source) : chatLines(source), interactive),
      'a Gemini CLI session that holds notices only: nobody said or did anything',
    );
  },
};

function isHeader(value: JsonObject): boolean {
  return asString(value.sessionId) !== undefined && asString(value.projectHash) !== undefined;
}

function isChat(value: JsonObject): boolean {
  const recorded = asObjects(value.messages).some((message) =>
    /^(?:user|gemini|info|warning|error)$/.test(asString(message.type) ?? ''),
  );
  return recorded || asObjects(value.history).some((turn) => Array.isArray(turn.parts));
}

function isPatchedMessage(value: JsonObject): boolean {
  return isObject(value.$set) || (value.type === 'gemini' && asString(value.id) !== undefined);
}

function headerOf(chat: JsonObject): Partial<RawHeader> {
  return present({
    id: asString(chat.sessionId),
    startedAt: asTime(chat.startTime) ?? asTime(chat.start_time),
    title: asString(chat.summary),
  });
}

type ChatItem = Draft | { readonly type: 'message'; readonly message: JsonObject };

async function* wholeChat(source: Source): AsyncGenerator<ChatItem> {
  const chat = asObject(await readDocument(source)) ?? {};
  yield { type: 'header', header: headerOf(chat) };
  for (const message of [...asObjects(chat.messages), ...asObjects(chat.history)])
    yield { type: 'message', message };
}

/**
 * Read twice: a message counts where it was written last, and only then its calls have their results. `$rewindTo` takes back
 * the message it names and all behind it; one that is not there takes back everything, as Gemini CLI itself reads it.
 */
async function* chatLines(source: Source): AsyncGenerator<ChatItem> {
  const lastLine = new Map<string, number>();
  for await (const row of jsonLines(source)) {
    if (row.type !== 'value') continue;
    const [id, target] = [asString(row.value.id), asString(row.value.$rewindTo)];
    if (target !== undefined) rewind(lastLine, target);
    else if (id !== undefined) lastLine.set(id, row.line);
  }
  for await (const row of jsonLines(source)) {
    if (row.type === 'skipped') yield row;
    else if (isHeader(row.value)) yield { type: 'header', header: headerOf(row.value) };
    // `messages` in a patch is what the model was shown after a compression, not what was said.
    else if (isObject(row.value.$set))
      yield { type: 'header', header: present({ title: asString(row.value.$set.summary) }) };
    else if (lastLine.get(asString(row.value.id) ?? '') === row.line)
      yield { type: 'message', message: row.value };
  }
}

function rewind(lastLine: Map<string, number>, target: string): void {
  const ids = [...lastLine.keys()];
  for (const id of ids.slice(Math.max(0, ids.indexOf(target)))) lastLine.delete(id);
}

async function* drafts(items: AsyncIterable<ChatItem>, interactive: boolean): AsyncGenerator<Draft> {
  const calls: OpenCalls = new Map();
  let usage: Usage | undefined;
  for await (const item of items) {
    if (item.type !== 'message') {
      yield item;
      continue;
    }
    for (const event of messageEvents(item.message, calls)) {
      const prompt = !interactive && event.kind === 'person';
      yield {
        type: 'event',
        event: prompt ? { ...event, kind: 'agent', spans: asAgent(event.spans) } : event,
      };
    }
    usage = added(usage, asObject(item.message.tokens));
    yield { type: 'header', header: present({ model: asString(item.message.model), usage }) };
  }
}

function asAgent(spans: readonly { readonly text: string }[]): { text: string; trust: 'agent' }[] {
  return spans.map(({ text }) => ({ text, trust: 'agent' }));
}

/** Each message counts its own call. Gemini counts what came from the cache as input too. */
function added(sum: Usage | undefined, tokens: JsonObject | undefined): Usage | undefined {
  const input = asNumber(tokens?.input);
  if (tokens === undefined || input === undefined) return sum;
  const cached = asNumber(tokens.cached) ?? 0;
  return {
    inputTokens: (sum?.inputTokens ?? 0) + Math.max(0, input - cached),
    outputTokens:
      (sum?.outputTokens ?? 0) + (asNumber(tokens.output) ?? 0) + (asNumber(tokens.thoughts) ?? 0),
    cacheReadTokens: (sum?.cacheReadTokens ?? 0) + cached,
  };
}
