/** Our own: a session as the ledger keeps it, a header line and then an event a line. */
import type { Format, Parsed, RawEvent, RawHeader, Source } from '../format.ts';
import { UnusableTranscriptError } from '../format.ts';
import { headValues } from '../json-head.ts';
import type { JsonLine, Skipped } from '../json-line.ts';
import { jsonLines } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import {
  asArray,
  asNumber,
  asObject,
  asObjects,
  asString,
  asTime,
  isObject,
  present,
} from '../json-value.ts';
import type { EventKind, Span, ToolAction, ToolUse, Trust } from '../session.ts';
import { formatNames } from '../session.ts';

const kinds: readonly string[] = [
  'person',
  'agent',
  'thinking',
  'tool_call',
  'tool_result',
  'system',
] satisfies EventKind[];
const trusts: readonly string[] = ['person', 'claimed', 'pasted', 'agent', 'tool', 'echo'] satisfies Trust[];
const actions: readonly string[] = [
  'shell',
  'read',
  'write',
  'edit',
  'search',
  'fetch',
  'task',
  'ask',
  'plan',
  'other',
] satisfies ToolAction[];

export const dreamkeeper: Format = {
  name: 'dreamkeeper',
  about: "Sessions from another memory repository's ledger (sessions/<hh>/<hash>.jsonl)",
  detect(head) {
    const [first] = headValues(head);
    if (!isObject(first)) return 0;
    if (isHeader(first)) return 2;
    // The second and later files of a long session begin with an event.
    return eventOf(first) === undefined || asNumber(first.n) === undefined ? 0 : 'secondary';
  },
  parse,
};

function isHeader(row: JsonObject): boolean {
  return (
    typeof row.version === 'number' &&
    typeof row.eventCount === 'number' &&
    typeof row.agent === 'string' &&
    typeof row.id === 'string'
  );
}

async function* parse(source: Source): AsyncGenerator<Parsed> {
  let id: string | undefined;
  for await (const item of rows(source)) {
    if (item.type === 'skipped') {
      yield item;
    } else if (id === undefined) {
      const header = headerOf(item.value);
      id = header.id;
      yield { type: 'session', header };
    } else {
      const event = eventOf(item.value);
      if (event === undefined)
        yield { type: 'skipped', line: item.line, reason: 'not an event of a session' };
      else yield { type: 'event', session: id, event };
    }
  }
}

/** The lines of the file and of those that go on with it: `x.jsonl`, `x.2.jsonl`, … */
async function* rows(source: Source): AsyncGenerator<JsonLine | Skipped> {
  yield* jsonLines(source);
  const name = source.path.replace(/^.*\//, '').replace(/\.jsonl$/, '');
  for (let part = 2; ; part++) {
    const next = await source.sibling(`${name}.${part}.jsonl`);
    if (next === undefined) return;
    yield* jsonLines(next);
  }
}

function headerOf(row: JsonObject): RawHeader {
  const id = asString(row.id);
  const version = asNumber(row.version);
  if (id === undefined || version === undefined)
    throw new UnusableTranscriptError('its first line is no header');
  if (version > 1) throw new UnusableTranscriptError('a newer version of Dreamkeeper wrote it');
  return {
    id,
    agent: asString(row.agent) ?? 'unknown',
    format: formatNames.find((name) => name === row.format) ?? 'dreamkeeper',
    interactive: row.interactive === true,
    people: asArray(row.people).flatMap((person) => asString(person) ?? []),
    ...present({
      startedAt: asTime(row.startedAt),
      endedAt: asTime(row.endedAt),
      cwd: asString(row.cwd),
      repository: asString(row.repository),
      branch: asString(row.branch),
      model: asString(row.model),
      parent: asString(row.parent),
      title: asString(row.title),
      pullRequest: asString(row.pullRequest),
      usage: usageOf(row.usage),
    }),
  };
}

function usageOf(value: unknown): RawHeader['usage'] {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  return {
    inputTokens: asNumber(usage.inputTokens) ?? 0,
    outputTokens: asNumber(usage.outputTokens) ?? 0,
    ...present({
      cacheReadTokens: asNumber(usage.cacheReadTokens),
      cacheWriteTokens: asNumber(usage.cacheWriteTokens),
      usd: asNumber(usage.usd),
    }),
  };
}

function eventOf(row: JsonObject): RawEvent | undefined {
  const kind = row.kind;
  if (typeof kind !== 'string' || !kinds.includes(kind) || !Array.isArray(row.spans)) return undefined;
  return {
    kind: kind as EventKind,
    spans: asObjects(row.spans).flatMap((span) => spanOf(span) ?? []),
    ...present({
      at: asTime(row.at),
      tool: toolOf(row.tool),
      ok: typeof row.ok === 'boolean' ? row.ok : undefined,
      rejected: row.rejected === true ? true : undefined,
    }),
  };
}

function spanOf({ text, trust }: JsonObject): Span<string> | undefined {
  if (typeof text !== 'string' || typeof trust !== 'string' || !trusts.includes(trust)) return undefined;
  return { text, trust: trust as Trust };
}

function toolOf(value: unknown): ToolUse<string> | undefined {
  const tool = asObject(value);
  const name = asString(tool?.name);
  if (tool === undefined || name === undefined) return undefined;
  const action = asString(tool.action) ?? '';
  return {
    name,
    action: actions.includes(action) ? (action as ToolAction) : 'other',
    ...present({
      call: asString(tool.call),
      command: asString(tool.command),
      path: asString(tool.path),
      query: asString(tool.query),
      replaced: asString(tool.replaced),
    }),
  };
}
