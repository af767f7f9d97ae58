/** Messages of the Agent SDK and of `claude -p --output-format stream-json`, as lines or as one array. */
import { openCalls, assistantEvents, userEvents } from '../claude/blocks.ts';
import type { OpenCalls } from '../claude/blocks.ts';
import { usageByMessage, usageOf } from '../claude/usage.ts';
import type { Format, Parsed, RawEvent, Source } from '../format.ts';
import { headValues } from '../json-head.ts';
import type { JsonObject } from '../json-value.ts';
import { asNumber, asObject, asString, asTime, isObject, present } from '../json-value.ts';
import { jsonObjects } from '../json-objects.ts';
import { recording } from '../recording.ts';
import type { Draft } from '../recording.ts';

export const streamJson: Format = {
  name: 'stream-json',
  about:
    'Output of the Claude Agent SDK and of claude -p --output-format stream-json, as lines or as an array',
  detect(head) {
    const values = headValues(head).flatMap((value) =>
      Array.isArray(value) ? (value as unknown[]) : [value],
    );
    const rows = values.filter(isObject);
    if (rows.some(isInit)) return 2;
    return rows.some((row) => isMessage(row) && typeof row.session_id === 'string')
      ? 2
      : rows.every(isMessage) && rows.length > 0
        ? 1
        : 0;
  },
  parse,
};

function isInit(row: JsonObject): boolean {
  return row.type === 'system' && row.subtype === 'init' && typeof row.session_id === 'string';
}

function isMessage(row: JsonObject): boolean {
  const isTurn = row.type === 'assistant' || row.type === 'user';
  return isTurn && isObject(row.message) && row.sessionId === undefined;
}

function parse(source: Source): AsyncGenerator<Parsed> {
  // Nobody is at the keyboard of these runs; a prompt that is replayed into the stream came from a program.
  const fixed = { agent: 'claude-code', format: 'stream-json', interactive: false } as const;
  return recording(fixed, drafts(source), 'no messages are in it');
}

async function* drafts(source: Source): AsyncGenerator<Draft> {
  const calls = openCalls();
  const usage = usageByMessage();
  let isFinished = false;
  for await (const item of jsonObjects(source)) {
    if (item.type === 'skipped') {
      yield item;
      continue;
    }
    const row = item.value;
    yield { type: 'header', header: headerOf(row) };
    isFinished ||= row.type === 'result' && isObject(row.usage);
    const message = asObject(row.message);
    if (message !== undefined) usage.see(message);
    for (const event of eventsOf(row, calls)) yield { type: 'event', event };
  }
  // The result says what the whole run used; without one it was cut off.
  if (!isFinished) yield { type: 'header', header: present({ usage: usage.total() }) };
}

function headerOf(row: JsonObject) {
  const id = asString(row.session_id);
  if (row.type === 'result') {
    const total = usageOf(row.usage);
    const usd = asNumber(row.total_cost_usd);
    return present({ id, usage: total && { ...total, ...present({ usd }) } });
  }
  if (row.type !== 'system') return present({ id, model: asString(asObject(row.message)?.model) });
  return present({ id, cwd: asString(row.cwd), model: asString(row.model) });
}

function eventsOf(row: JsonObject, calls: OpenCalls): readonly RawEvent[] {
  const content = asObject(row.message)?.content;
  const context = { calls, at: asTime(row.timestamp), trust: 'claimed' as const };
  if (row.type === 'assistant') return assistantEvents(content, context);
  if (row.type !== 'user') return [];
  const events = userEvents(content, context);
  return typeof row.parent_tool_use_id === 'string' ? events.map(bySendingAgent) : events;
}

/** A sub-agent's messages run in the same stream; its prompt is the words of the agent that sent it. */
function bySendingAgent(event: RawEvent): RawEvent {
  if (event.kind !== 'person') return event;
  return { ...event, kind: 'agent', spans: event.spans.map((span) => ({ ...span, trust: 'agent' })) };
}
