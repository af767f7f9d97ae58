/** Codex rollouts of mid 2025: a bare `{id, timestamp, instructions, git?}` and then bare items, without an envelope. */
import type { OpenCalls } from '../codex/items.ts';
import { itemEvents, messageParts } from '../codex/items.ts';
import { createPromptReader } from '../codex/prompts.ts';
import type { Format, RawEvent, RawHeader, Source } from '../format.ts';
import { headValues } from '../json-head.ts';
import { jsonLines } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { asObject, asString, asTime, isObject, present } from '../json-value.ts';
import type { Draft } from '../recording.ts';
import { recording } from '../recording.ts';

export const codexLegacy: Format = {
  name: 'codex-legacy',
  about: 'Codex rollouts of mid 2025, whose lines have no envelope',
  detect(head) {
    const rows = headValues(head).filter(isObject);
    if (rows.some((row) => isObject(row.payload) && row.type === 'session_meta')) return 0;
    if (rows[0] !== undefined && isHeader(rows[0])) return 2;
    return rows.some(isBareItem) ? 2 : 0;
  },
  parse: (source) =>
    recording(
      { agent: 'codex', format: 'codex-legacy', interactive: true },
      drafts(source),
      'an old Codex session in which nobody said or did anything',
    ),
};

function isHeader(row: JsonObject): boolean {
  return asString(row.id) !== undefined && 'instructions' in row && !('type' in row) && !('messages' in row);
}

function isBareItem(row: JsonObject): boolean {
  if (row.record_type === 'state') return true;
  if (row.type === 'function_call' || row.type === 'function_call_output')
    return isObject(row.function) || 'arguments' in row || 'call_id' in row;
  const [part] = Array.isArray(row.content) ? (row.content as unknown[]) : [];
  return row.type === 'message' && isObject(part) && /^(?:in|out)put_text$/.test(asString(part.type) ?? '');
}

/** Nothing in these files tells a person's prompt from one of `codex exec`, so all of them are only claimed. */
async function* drafts(source: Source): AsyncGenerator<Draft> {
  const prompts = createPromptReader('script');
  const calls: OpenCalls = { tools: new Map(), exitCodes: new Map(), trust: 'claimed' };
  for await (const row of jsonLines(source)) {
    if (row.type === 'skipped') {
      yield row;
      continue;
    }
    const { value } = row;
    const at = asTime(value.timestamp) ?? asTime(value.created_at);
    if (isHeader(value) || asString(value.model) !== undefined)
      yield { type: 'header', header: headerOf(value) };
    if (!('role' in value) && !('type' in value)) continue;
    const events =
      value.role === 'user'
        ? [...prompts.item(messageParts(value), at), ...prompts.flush()]
        : itemEvents(value, at, calls);
    const cwd = cwdIn(events);
    if (cwd !== undefined) yield { type: 'header', header: { cwd } };
    for (const event of events) yield { type: 'event', event };
  }
}

/** Only the context that Codex injected names the folder. */
function cwdIn(events: readonly RawEvent[]): string | undefined {
  const context = events.find((event) => event.kind === 'system')?.spans[0]?.text;
  const found = /<cwd>([^<\n]+)<\/cwd>|^Current working directory: (.+)$/m.exec(context ?? '');
  return found?.[1] ?? found?.[2];
}

function headerOf(row: JsonObject): Partial<RawHeader> {
  const git = asObject(row.git);
  if (!isHeader(row)) return present({ model: asString(row.model) });
  return present({
    id: asString(row.id),
    startedAt: asTime(row.timestamp),
    repository: asString(git?.repository_url),
    branch: asString(git?.branch),
  });
}
