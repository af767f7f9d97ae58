/** Reads OpenCode messages and their parts. */
import type { RawEvent } from '../format.ts';
import { humanTurn } from '../human-text.ts';
import type { JsonObject } from '../json-value.ts';
import { asNumber, asObject, asString, asTime, present } from '../json-value.ts';
import type { Span, Usage } from '../session.ts';
import { callEvents, resultEvent } from '../tool-events.ts';
import type { StoredMessage } from './storage.ts';

/** @param prompter who writes in the user's role: a person, or in a sub-agent's session the agent that spawned it */
export function messageEvents(
  { message, parts }: StoredMessage,
  prompter: 'person' | 'agent',
): readonly RawEvent[] {
  const created = asTime(asObject(message.time)?.created);
  const events = parts.flatMap((part) => partEvents(part, message, timeOf(part) ?? created, prompter));
  const error = asObject(message.error);
  const failure = asString(asObject(error?.data)?.message) ?? asString(error?.name);
  return [...events, ...said('system', failure, 'tool', created)];
}

function timeOf(part: JsonObject): string | undefined {
  return asTime(asObject(asObject(part.state)?.time ?? part.time)?.start);
}

function partEvents(
  part: JsonObject,
  message: JsonObject,
  at: string | undefined,
  prompter: 'person' | 'agent',
): readonly RawEvent[] {
  switch (part.type) {
    case 'text':
      return textEvents(part, message, at, prompter);
    case 'reasoning':
      return said('thinking', asString(part.text), 'agent', at);
    case 'tool':
      return toolEvents(part, at);
    default:
      return [];
  }
}

/** `synthetic` text is the harness speaking, and a `summary` message is a compaction. */
function textEvents(
  part: JsonObject,
  message: JsonObject,
  at: string | undefined,
  prompter: 'person' | 'agent',
): readonly RawEvent[] {
  const text = asString(part.text);
  if (text === undefined || part.ignored === true) return [];
  if (message.role === 'assistant') {
    const kind = message.summary === true || part.synthetic === true ? 'system' : 'agent';
    return said(kind, text, 'agent', at);
  }
  if (part.synthetic === true) return said('system', text, 'pasted', at);
  if (prompter === 'agent') return said('agent', text, 'agent', at);
  const { kind, spans } = humanTurn(text);
  return [{ ...present({ at }), kind, spans }];
}

const refused =
  /^The user rejected permission to use this specific tool call(?: with the following feedback: ([\s\S]+))?/;

function toolEvents(part: JsonObject, at: string | undefined): readonly RawEvent[] {
  const state = asObject(part.state) ?? {};
  const called = callEvents({
    name: asString(part.tool) ?? 'tool',
    input: state.input ?? {},
    callId: asString(part.callID),
    at,
  });
  const status = asString(state.status) ?? '';
  if (!/^(?:completed|success|error)$/.test(status)) return called;
  const text = (status === 'error' ? asString(state.error) : undefined) ?? asString(state.output) ?? '';
  const refusal = refused.exec(text);
  const result = resultEvent({
    text,
    tool: called[0]?.tool,
    at: asTime(asObject(state.time)?.end) ?? at,
    flag: status !== 'error',
    exitCode: asNumber(asObject(state.metadata)?.exit),
    trust: 'person',
    refused: refusal === null ? undefined : present({ words: refusal[1]?.trim() }),
  });
  return [...called, result];
}

function said(
  kind: RawEvent['kind'],
  text: string | undefined,
  trust: Span['trust'],
  at: string | undefined,
): readonly RawEvent[] {
  return text === undefined ? [] : [{ ...present({ at }), kind, spans: [{ text, trust }] }];
}

/** The sum with the tokens and cost of one more message. */
export function addedUsage(sum: Usage | undefined, message: JsonObject): Usage | undefined {
  const tokens = asObject(message.tokens);
  if (tokens === undefined) return sum;
  const cache = asObject(tokens.cache);
  const count = (value: unknown): number => asNumber(value) ?? 0;
  return {
    inputTokens: (sum?.inputTokens ?? 0) + count(tokens.input),
    outputTokens: (sum?.outputTokens ?? 0) + count(tokens.output) + count(tokens.reasoning),
    cacheReadTokens: (sum?.cacheReadTokens ?? 0) + count(cache?.read),
    cacheWriteTokens: (sum?.cacheWriteTokens ?? 0) + count(cache?.write),
    usd: (sum?.usd ?? 0) + count(message.cost),
  };
}
