/** Codex rollouts: JSON Lines of `{timestamp, type, payload}`. */
import type { OpenCalls } from '../codex/items.ts';
import { itemEvents, messageParts } from '../codex/items.ts';
import type { Prompter } from '../codex/prompts.ts';
import { createPromptReader } from '../codex/prompts.ts';
import type { Format, RawEvent, RawHeader, Source } from '../format.ts';
import { headValues } from '../json-head.ts';
import { jsonLines } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { asNumber, asObject, asString, asTime, isObject, present } from '../json-value.ts';
import type { Draft } from '../recording.ts';
import { recording } from '../recording.ts';
import type { Usage } from '../session.ts';

export const codex: Format = {
  name: 'codex',
  about: 'Codex rollouts (~/.codex/sessions/YYYY/MM/DD/rollout-*.jsonl)',
  detect: (head) => (headValues(head).some(isEnvelope) ? 2 : 0),
  async *parse(source) {
    const meta = await firstMeta(source);
    const prompter = prompterOf(meta);
    yield* recording(
      { agent: 'codex', format: 'codex', interactive: prompter === 'person', ...headerOf(meta) },
      drafts(source, prompter),
      'a Codex session in which nobody said or did anything',
    );
  },
};

const rowTypes = new Set(['session_meta', 'response_item', 'event_msg', 'turn_context', 'compacted']);

function isEnvelope(value: unknown): boolean {
  return isObject(value) && isObject(value.payload) && rowTypes.has(asString(value.type) ?? '');
}

/** A forked thread repeats the thread it came from, `session_meta` included: the first one is this thread's own. */
async function firstMeta(source: Source): Promise<JsonObject> {
  const rows = headValues(await source.head()).filter(isObject);
  return asObject(rows.find((row) => row.type === 'session_meta')?.payload) ?? {};
}

const scripted = /exec|sdk|mcp|action|review/i;
const keyboards = /^codex[_-](cli|tui|vscode)|codex desktop|jetbrains|xcode/i;

/** Sub-agents are prompted by an agent. Runs of `codex exec`, SDKs and clients we do not know are not proved to have a person at the keyboard. */
function prompterOf(meta: JsonObject): Prompter {
  const originator = asString(meta.originator) ?? '';
  if (isObject(meta.source) || meta.source === 'subagent') return 'agent';
  if (scripted.test(originator) || scripted.test(asString(meta.source) ?? '')) return 'script';
  return keyboards.test(originator) || meta.source === 'cli' || meta.source === 'vscode'
    ? 'person'
    : 'script';
}

function headerOf(meta: JsonObject): Partial<RawHeader> {
  const git = asObject(meta.git);
  const spawn = asObject(asObject(asObject(meta.source)?.subagent)?.thread_spawn);
  return present({
    id: asString(meta.id) ?? asString(meta.session_id),
    startedAt: asTime(meta.timestamp),
    cwd: asString(meta.cwd),
    repository: asString(git?.repository_url),
    branch: asString(git?.branch),
    parent:
      asString(meta.forked_from_id) ?? asString(meta.parent_thread_id) ?? asString(spawn?.parent_thread_id),
  });
}

async function* drafts(source: Source, prompter: Prompter): AsyncGenerator<Draft> {
  const prompts = createPromptReader(prompter);
  const trust = prompter === 'person' ? 'person' : 'claimed';
  const calls: OpenCalls = { tools: new Map(), exitCodes: new Map(), trust };
  for await (const row of jsonLines(source)) {
    if (row.type === 'skipped') {
      yield row;
      continue;
    }
    const payload = asObject(row.value.payload) ?? {};
    const at = asTime(row.value.timestamp);
    const header = learned(row.value.type, payload);
    if (header !== undefined) yield { type: 'header', header };
    for (const event of rowEvents(row.value.type, payload, at)) yield { type: 'event', event };
  }
  for (const event of prompts.flush()) yield { type: 'event', event };

  function rowEvents(type: unknown, payload: JsonObject, at: string | undefined): readonly RawEvent[] {
    if (type === 'response_item') {
      if (payload.role === 'user') return prompts.item(messageParts(payload), at);
      const events = itemEvents(payload, at, calls);
      return events.some((event) => event.kind !== 'system') ? [...prompts.flush(), ...events] : events;
    }
    if (type === 'compacted') return summary(payload, at);
    if (type !== 'event_msg') return [];
    if (payload.type === 'user_message') {
      const typed = asString(payload.kind) ?? 'plain';
      const message = asString(payload.message);
      return message === undefined || typed !== 'plain' ? [] : prompts.announced(message, at);
    }
    rememberExit(payload, calls);
    return payload.type === 'turn_aborted' ? [...prompts.flush(), ...abortion(payload, at)] : [];
  }
}

/** What a row tells about the whole session. Token counts are running totals: the last one holds. */
function learned(type: unknown, payload: JsonObject): Partial<RawHeader> | undefined {
  if (type === 'turn_context') return present({ model: asString(payload.model) });
  if (payload.type === 'token_count') return present({ usage: usageOf(payload) });
  if (payload.type === 'thread_name_updated') return present({ title: asString(payload.thread_name) });
  return undefined;
}

/** Codex counts what came from the cache as input too; a session's `inputTokens` are those that did not. */
function usageOf(payload: JsonObject): Usage | undefined {
  const total = asObject(asObject(payload.info)?.total_token_usage);
  const input = asNumber(total?.input_tokens);
  const output = asNumber(total?.output_tokens);
  if (input === undefined || output === undefined) return undefined;
  const cached = asNumber(total?.cached_input_tokens) ?? 0;
  return { inputTokens: Math.max(0, input - cached), outputTokens: output, cacheReadTokens: cached };
}

function rememberExit(payload: JsonObject, calls: OpenCalls): void {
  const callId = asString(payload.call_id);
  if (callId === undefined || !calls.tools.has(callId)) return;
  const code =
    payload.type === 'patch_apply_end' && payload.success === false ? 1 : asNumber(payload.exit_code);
  if (code !== undefined) calls.exitCodes.set(callId, code);
}

function summary(payload: JsonObject, at: string | undefined): readonly RawEvent[] {
  const text = asString(payload.message);
  return text === undefined
    ? []
    : [{ ...present({ at }), kind: 'system', spans: [{ text, trust: 'agent' }] }];
}

function abortion(payload: JsonObject, at: string | undefined): readonly RawEvent[] {
  const text = `Turn aborted: ${asString(payload.reason) ?? 'no reason given'}`;
  return [{ ...present({ at }), kind: 'system', spans: [{ text, trust: 'tool' }] }];
}
