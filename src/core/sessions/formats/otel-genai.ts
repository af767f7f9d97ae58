/** OpenTelemetry GenAI traces as OTLP JSON. They hold words only when whoever ran the agent opted in to that. */
import { sha256Hex } from '../../text/sha256.ts';
import {
  UnusableTranscriptError,
  type Format,
  type Parsed,
  type RawEvent,
  type RawHeader,
  type Source,
} from '../format.ts';
import { headValues } from '../json-head.ts';
import { asNumber, asString, isObject, present } from '../json-value.ts';
import {
  callEvents,
  messageEvents,
  messagesOf,
  resultEvents,
  type Message,
  type OpenCalls,
} from '../otel/messages.ts';
import { otelSpans, type OtelSpan } from '../otel/spans.ts';

export const otelGenai: Format = {
  name: 'otel-genai',
  about: 'OpenTelemetry GenAI traces (OTLP JSON) that were recorded with content',
  detect(head) {
    const exported = headValues(head).some((value) => isObject(value) && 'resourceSpans' in value);
    return exported ? 2 : 0;
  },
  async *parse(source) {
    const told = { genAi: false, content: false };
    yield* conversations(source, told);
    if (told.content) return;
    throw new UnusableTranscriptError(
      told.genAi
        ? 'no message content was recorded, only usage'
        : 'the trace has no spans of a generative model',
    );
  },
};

interface Conversation {
  readonly id: string;
  readonly calls: OpenCalls;
  /** Hashes of the messages told so far: every span of a model repeats those before it. */
  known: string[];
  usage: { chat: Tokens; agent: Tokens };
  header: RawHeader;
  opened: boolean;
}

interface Tokens {
  readonly input: number;
  readonly output: number;
}

async function* conversations(
  source: Source,
  told: { genAi: boolean; content: boolean },
): AsyncGenerator<Parsed> {
  const byId = new Map<string, Conversation>();
  for await (const span of otelSpans(source)) {
    if (span.type === 'skipped') {
      yield span;
      continue;
    }
    if (!Object.keys(span.attributes).some((key) => key.startsWith('gen_ai.'))) continue;
    told.genAi = true;
    const conversation = conversationOf(span, byId);
    learn(conversation, span);
    const events = eventsOf(span, conversation);
    if (events.length === 0) continue;
    told.content = true;
    if (!conversation.opened) yield { type: 'session', header: conversation.header };
    conversation.opened = true;
    for (const event of events) yield { type: 'event', session: conversation.id, event };
  }
  for (const { id, opened, header, usage } of byId.values()) {
    if (!opened) continue;
    const { input, output } = usage.chat.input + usage.chat.output > 0 ? usage.chat : usage.agent;
    const counted = input + output > 0 ? { usage: { inputTokens: input, outputTokens: output } } : {};
    yield { type: 'update', session: id, header: { ...present({ model: header.model }), ...counted } };
  }
}

function conversationOf(span: OtelSpan, byId: Map<string, Conversation>): Conversation {
  const { attributes, trace, startedAt } = span;
  // A conversation goes on over many exports, and each knows its own part only: parts are sessions with one parent.
  const whole = asString(attributes['gen_ai.conversation.id']);
  const known = byId.get(whole ?? trace);
  if (known) return known;
  const id = `${whole ?? 'otel'}-${trace}`;
  const agent = asString(attributes['gen_ai.agent.name']) ?? asString(attributes['service.name']) ?? 'otel';
  const conversation: Conversation = {
    id,
    calls: { tools: new Map(), answered: new Set() },
    known: [],
    usage: { chat: { input: 0, output: 0 }, agent: { input: 0, output: 0 } },
    header: {
      id,
      agent:
        agent
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, '') || 'otel',
      format: 'otel-genai',
      // Visual Studio says so; where nobody does it may be a service without a person.
      interactive: attributes['copilot_chat.initiator_type'] === 'user',
      people: [],
      ...present({ startedAt, parent: whole }),
    },
    opened: false,
  };
  byId.set(whole ?? trace, conversation);
  return conversation;
}

/** Usage of calls to the model is summed; that of `invoke_agent` is the sum of its calls and counts only without them. */
function learn(conversation: Conversation, { attributes }: OtelSpan): void {
  const model = asString(attributes['gen_ai.response.model']) ?? asString(attributes['gen_ai.request.model']);
  if (model !== undefined) conversation.header = { ...conversation.header, model };
  const kind = attributes['gen_ai.operation.name'] === 'invoke_agent' ? 'agent' : 'chat';
  const before = conversation.usage[kind];
  conversation.usage[kind] = {
    input: before.input + (asNumber(attributes['gen_ai.usage.input_tokens']) ?? 0),
    output: before.output + (asNumber(attributes['gen_ai.usage.output_tokens']) ?? 0),
  };
}

function eventsOf(span: OtelSpan, conversation: Conversation): readonly RawEvent[] {
  const { attributes, startedAt, endedAt } = span;
  const { calls } = conversation;
  if (attributes['gen_ai.operation.name'] === 'execute_tool') {
    const call = asString(attributes['gen_ai.tool.call.id']);
    const input = attributes['gen_ai.tool.call.arguments'];
    const result = attributes['gen_ai.tool.call.result'];
    if (input === undefined && result === undefined) return [];
    return [
      ...callEvents(attributes['gen_ai.tool.name'], input, call, startedAt, calls),
      ...resultEvents(result, call, endedAt, calls),
    ];
  }
  const { input, output } = messagesOf(span);
  return [
    ...unheard(input, conversation).flatMap((message) => messageEvents(message, startedAt, calls)),
    ...unheard([...output], conversation, true).flatMap((message) => messageEvents(message, endedAt, calls)),
  ];
}

/**
 * The messages that were not told before. A span repeats the whole conversation, so the known ones are its beginning;
 * after a compaction they are not, and then each message counts that was never seen.
 * @param answer the messages follow what is known and repeat nothing, except when a parent span tells its answer again
 */
function unheard(
  messages: readonly Message[],
  conversation: Conversation,
  answer = false,
): readonly Message[] {
  const hashes = messages.map((message) => sha256Hex(JSON.stringify(message)));
  const { known } = conversation;
  const repeats =
    !answer && hashes.length >= known.length && known.every((hash, index) => hash === hashes[index]);
  const seen = new Set(known);
  const fresh = repeats
    ? messages.slice(known.length)
    : messages.filter((_, index) => !seen.has(hashes[index] ?? ''));
  const freshHashes = repeats ? hashes.slice(known.length) : hashes.filter((hash) => !seen.has(hash));
  conversation.known = repeats ? hashes : [...known, ...freshHashes];
  return fresh;
}
