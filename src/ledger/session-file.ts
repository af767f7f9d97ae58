/** A session as files of JSON lines: the header first, then an event a line, so that Git can delta, grep and diff it. */
import { z } from 'zod';
import type { SessionSummary } from '../core/dream/dreamer.ts';
import { DreamkeeperError } from '../core/error.ts';
import { formatNames } from '../core/sessions/session.ts';
import type { Event, Session, SessionHeader, StreamedSession, ToolUse } from '../core/sessions/session.ts';
import { createPack, type PackedText } from '../packed-text.ts';

const version = 1;
/** GitHub refuses files over 100 MB and shows none over 20. */
const mostBytes = 20 * 2 ** 20;

const toolSchema = z.object({
  name: z.string(),
  action: z.enum(['shell', 'read', 'write', 'edit', 'search', 'fetch', 'task', 'ask', 'plan', 'other']),
  call: z.string().optional(),
  command: z.string().optional(),
  path: z.string().optional(),
  query: z.string().optional(),
  replaced: z.string().optional(),
});

const eventSchema = z.object({
  n: z.number().int().positive(),
  at: z.string().optional(),
  kind: z.enum(['person', 'agent', 'thinking', 'tool_call', 'tool_result', 'system']),
  spans: z.array(
    z.object({
      text: z.string(),
      trust: z.enum(['person', 'claimed', 'pasted', 'agent', 'tool', 'echo']),
    }),
  ),
  tool: toolSchema.optional(),
  ok: z.boolean().optional(),
  rejected: z.boolean().optional(),
});

export const summarySchema = z.object({
  id: z.string().min(1),
  agent: z.string(),
  format: z.enum(formatNames),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  cwd: z.string().optional(),
  repository: z.string().optional(),
  branch: z.string().optional(),
  model: z.string().optional(),
  usage: z
    .object({
      inputTokens: z.number(),
      outputTokens: z.number(),
      cacheReadTokens: z.number().optional(),
      cacheWriteTokens: z.number().optional(),
      usd: z.number().optional(),
    })
    .optional(),
  interactive: z.boolean(),
  people: z.array(z.string()),
  submittedBy: z.string().optional(),
  parent: z.string().optional(),
  title: z.string().optional(),
  pullRequest: z.string().optional(),
  eventCount: z.number().int().min(0),
});

const versionSchema = z.object({ version: z.number().int() });

/** The keys of the header in the order they are written, so that the same session always has the same bytes. */
export function orderedSummary(session: SessionHeader, eventCount: number): SessionSummary {
  return summarySchema.parse({ ...session, eventCount }) as unknown as SessionSummary;
}

/** The files of a session, in order; each but the last is full. Lines are never cut. */
export function encodeSession(session: Session | StreamedSession): PackedText[] {
  const parts: PackedText[] = [];
  let part = createPack();
  for (const line of linesOf(session)) {
    if (part.bytes > 0 && part.bytes + Buffer.byteLength(line) > mostBytes) {
      parts.push(part);
      part = createPack();
    }
    part.add(line);
  }
  return [...parts, part];
}

function* linesOf(session: Session | StreamedSession): Generator<string> {
  const { events, ...rest } = session;
  const count = 'eventCount' in session ? session.eventCount : session.events.length;
  yield `${JSON.stringify({ version, ...orderedSummary(rest, count) })}\n`;
  for (const event of events) yield `${encodeEvent(event)}\n`;
}

/** One event as it is stored; equal events have equal lines. */
export function encodeEvent(event: Event): string {
  const { n, at, kind, spans, tool, ok, rejected } = event;
  return JSON.stringify({
    n,
    at,
    kind,
    spans: spans.map(({ text, trust }) => ({ text, trust })),
    tool: tool === undefined ? undefined : orderedTool(tool),
    ok,
    rejected,
  });
}

function orderedTool({ name, action, call, command, path, query, replaced }: ToolUse) {
  return { name, action, call, command, path, query, replaced };
}

/**
 * @param text the main file, or as much of it as holds the first line.
 * @throws {DreamkeeperError} `ledger` when a newer Dreamkeeper wrote it; Error when it is damaged.
 */
export function decodeHeader(text: string): SessionSummary {
  const end = text.indexOf('\n');
  const value: unknown = JSON.parse(end < 0 ? text : text.slice(0, end));
  requireVersion(value, version);
  return summarySchema.parse(value) as unknown as SessionSummary;
}

/**
 * @param parts the files of the session, in order.
 * @throws as decodeHeader; going through the events throws when one of them is damaged or missing.
 */
export function decodeSession(parts: readonly Buffer[]): StreamedSession {
  const [first] = storedLines(parts);
  const header = decodeHeader(first ?? '');
  return {
    ...header,
    events: { [Symbol.iterator]: () => decodeEvents(storedLines(parts), header.eventCount) },
  };
}

function* decodeEvents(lines: Iterator<string>, count: number): Generator<Event> {
  let n = 0;
  lines.next();
  for (let line = lines.next(); line.done !== true; line = lines.next()) {
    n += 1;
    const event = eventSchema.parse(JSON.parse(line.value));
    if (event.n !== n) throw new Error(`event ${n} has the number ${event.n}`);
    yield event as unknown as Event;
  }
  if (n !== count) throw new Error(`${n} events are there, ${count} should be`);
}

function* storedLines(parts: readonly Buffer[]): Generator<string> {
  for (const part of parts) {
    for (let start = 0; start < part.length;) {
      const feed = part.indexOf('\n', start);
      const end = feed < 0 ? part.length : feed;
      if (end > start) yield part.toString('utf8', start, end);
      start = end + 1;
    }
  }
}

/** @throws {DreamkeeperError} `ledger` when a newer Dreamkeeper wrote it. */
export function requireVersion(value: unknown, known: number): void {
  const stated = versionSchema.safeParse(value).data?.version ?? 0;
  if (stated <= known) return;
  throw new DreamkeeperError('ledger', 'the ledger was written by a newer version of Dreamkeeper', {
    remedy: 'Update Dreamkeeper: npm install -g dreamkeeper@latest',
  });
}
