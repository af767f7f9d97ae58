/** One session, or a piece of it, through the redactor in one scan. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isRedacted, type Redactor } from './redact.ts';
import type { Event, Redacted, SessionHeader, Span, ToolUse } from './session.ts';

export interface SessionPiece<T extends string> {
  readonly header: SessionHeader<T>;
  readonly events: readonly Event<T>[];
}

/**
 * Redacts every text of a header and of events: spans, tool names, commands, paths, queries, ids, titles.
 * A session id with a secret in it becomes a hash of itself, so that two sessions never become one.
 * Times that are no ISO 8601 times are dropped: whatever is not checked must not pass.
 * @throws what the redactor throws; nothing passes then.
 */
export async function redactSession(
  redactor: Redactor,
  piece: SessionPiece<string>,
): Promise<SessionPiece<Redacted> & { readonly redactions: number }> {
  const texts: string[] = [];
  collect(piece, (text) => {
    texts.push(text);
    return text;
  });
  const results = await redactor.redact(texts);
  let next = 0;
  let redactions = 0;
  const redacted = collect(piece, () => {
    const result = results[next++];
    if (!result) throw new Error('The redactor returned fewer texts than it was given.');
    redactions += result.count;
    return result.text;
  });
  const { id, parent } = redacted.header;
  const header = {
    ...redacted.header,
    id: await safeId(redactor, id, piece.header.id),
    ...(parent === undefined ? {} : { parent: await safeId(redactor, parent, piece.header.parent ?? '') }),
  };
  return { header, events: redacted.events, redactions };
}

async function safeId(redactor: Redactor, redacted: Redacted, original: string): Promise<Redacted> {
  if (!isRedacted(redacted)) return redacted;
  const [hashed] = await redactor.redact([`session-${hashOf(original)}`]);
  if (!hashed || isRedacted(hashed.text)) throw new Error('A session id could not be made safe.');
  return hashed.text;
}

const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text))).slice(0, 20);

/** Visits all texts in one fixed order, so that what was collected can be put back. */
function collect<T extends string, U extends string>(
  piece: SessionPiece<T>,
  visit: (text: T) => U,
): SessionPiece<U> {
  return {
    header: visitHeader(piece.header, visit),
    events: piece.events.map((event) => visitEvent(event, visit)),
  };
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
