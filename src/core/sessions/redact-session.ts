/** Sessions through the redactor: a batch of events, or a header, in one scan. */
import { sha256Hex } from '../text/sha256.ts';
import { isRedacted, type Redactor } from './redact.ts';
import type { Event, Redacted, SessionHeader, Span, ToolUse } from './session.ts';

/**
 * Redacts every text of events: spans, tool names, commands, paths, queries, what was replaced.
 * Times that are no ISO 8601 times are dropped: whatever is not checked must not pass.
 * @throws what the redactor throws; nothing passes then.
 */
export async function redactEvents(
  redactor: Redactor,
  events: readonly Event<string>[],
): Promise<{ readonly events: readonly Event[]; readonly redactions: number }> {
  const { put, redactions } = await redactWalk(redactor, (visit) => {
    for (const event of events) visitEvent(event, visit);
  });
  return { events: events.map((event) => visitEvent(event, put)), redactions };
}

/**
 * Redacts every text of a session's header. An id with a secret in it becomes a hash of itself, so that two sessions
 * never become one.
 * @throws what the redactor throws; nothing passes then.
 */
export async function redactHeader(
  redactor: Redactor,
  header: SessionHeader<string>,
): Promise<{ readonly header: SessionHeader; readonly redactions: number }> {
  const { put, redactions } = await redactWalk(redactor, (visit) => {
    visitHeader(header, visit);
  });
  const redacted = visitHeader(header, put);
  const { id, parent } = redacted;
  return {
    header: {
      ...redacted,
      id: await safeId(redactor, id, header.id),
      ...(parent === undefined ? {} : { parent: await safeId(redactor, parent, header.parent ?? '') }),
    },
    redactions,
  };
}

async function safeId(redactor: Redactor, redacted: Redacted, original: string): Promise<Redacted> {
  if (!isRedacted(redacted)) return redacted;
  const [hashed] = await redactor.redact([`session-${sha256Hex(original).slice(0, 20)}`]);
  if (!hashed || isRedacted(hashed.text)) throw new Error('A session id could not be made safe.');
  return hashed.text;
}

/**
 * Redacts all texts of a walk in one scan. The same walk with `put` replaces them: it gives back the results in the
 * order in which the texts were visited.
 */
async function redactWalk(
  redactor: Redactor,
  walk: (visit: (text: string) => string) => void,
): Promise<{ readonly put: () => Redacted; readonly redactions: number }> {
  const texts: string[] = [];
  walk((text) => {
    texts.push(text);
    return text;
  });
  const results = await redactor.redact(texts);
  let next = 0;
  const put = (): Redacted => {
    const result = results[next++];
    if (!result) throw new Error('The redactor returned fewer texts than it was given.');
    return result.text;
  };
  return { put, redactions: results.reduce((sum, result) => sum + result.count, 0) };
}

function visitHeader<T extends string, U extends string>(
  header: SessionHeader<T>,
  visit: (text: T) => U,
): SessionHeader<U> {
  const { id, agent, people, startedAt, endedAt, format, usage, interactive } = header;
  const visitAll = optional(visit);
  return {
    id: visit(id),
    agent: visit(agent),
    format,
    interactive,
    people: people.map(visit),
    ...(usage && { usage }),
    ...time('startedAt', startedAt),
    ...time('endedAt', endedAt),
    ...visitAll(header, [
      'cwd',
      'repository',
      'branch',
      'model',
      'submittedBy',
      'parent',
      'title',
      'pullRequest',
    ]),
  };
}

function visitEvent<T extends string, U extends string>(event: Event<T>, visit: (text: T) => U): Event<U> {
  const { n, at, kind, spans, tool, ok, rejected } = event;
  return {
    n,
    kind,
    ...time('at', at),
    spans: spans.map(({ text, trust }): Span<U> => ({ text: visit(text), trust })),
    ...(tool && { tool: visitTool(tool, visit) }),
    ...(ok !== undefined && { ok }),
    ...(rejected !== undefined && { rejected }),
  };
}

function visitTool<T extends string, U extends string>(tool: ToolUse<T>, visit: (text: T) => U): ToolUse<U> {
  return {
    name: visit(tool.name),
    action: tool.action,
    ...optional(visit)(tool, ['call', 'command', 'path', 'query', 'replaced']),
  };
}

function optional<T extends string, U extends string>(visit: (text: T) => U) {
  return <K extends string>(
    object: Readonly<Partial<Record<K, T>>>,
    keys: readonly K[],
  ): Partial<Record<K, U>> => {
    const visited: Partial<Record<K, U>> = {};
    for (const key of keys) {
      const text = object[key];
      if (text !== undefined) visited[key] = visit(text);
    }
    return visited;
  };
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

function time<K extends string>(key: K, text: string | undefined): Partial<Record<K, string>> {
  const times: Partial<Record<K, string>> = {};
  if (text !== undefined && isoTime.test(text)) times[key] = text;
  return times;
}
