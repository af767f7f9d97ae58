/** A session as files of JSON lines: the header first, then an event a line, so that Git can delta, grep and diff it. */
import { z } from 'zod';
import type { SessionSummary } from '../core/dream/dreamer.ts';
import { DreamkeeperError } from '../core/error.ts';
import { formatNames } from '../core/sessions/session.ts';
import type { Event, Session, SessionHeader, StreamedSession, ToolUse } from '../core/sessions/session.ts';

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
export function encodeSession(session: Session | StreamedSession): Buffer[] {
  const parts: Buffer[] = [];
  let pieces: Buffer[] = [];
  let bytes = 0;
  for (const piece of piecesOf(session)) {
    if (bytes + piece.length > mostBytes && pieces.length > 0) {
      parts.push(Buffer.concat(pieces));
      pieces = [];
      bytes = 0;
    }
    pieces.push(piece);
    bytes += piece.length;
  }
  return [...parts, Buffer.concat(pieces)];
}

function* piecesOf(session: Session | StreamedSession): Generator<Buffer> {
  const { events, ...rest } = session;
  const count = 'eventCount' in session ? session.eventCount : session.events.length;
  yield Buffer.from(`${JSON.stringify({ version, ...orderedSummary(rest, count) })}\n`, 'utf8');
  for (const event of events) yield Buffer.from(`${encodeEvent(event)}\n`, 'utf8');
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

/** @throws as decodeHeader. */
export function decodeSession(parts: readonly string[]): Session {
  const lines = parts.flatMap((part) => part.split('\n')).filter((line) => line !== '');
  const { eventCount, ...header } = decodeHeader(lines[0] ?? '');
  const events = lines.slice(1).map((line, index) => {
    const event = eventSchema.parse(JSON.parse(line));
    if (event.n !== index + 1) throw new Error(`event ${index + 1} has the number ${event.n}`);
    return event as unknown as Event;
  });
  if (events.length !== eventCount)
    throw new Error(`${events.length} events are there, ${eventCount} should be`);
  return { ...header, events };
}

/** @throws {DreamkeeperError} `ledger` when a newer Dreamkeeper wrote it. */
export function requireVersion(value: unknown, known: number): void {
  const stated = versionSchema.safeParse(value).data?.version ?? 0;
  if (stated <= known) return;
  throw new DreamkeeperError('ledger', 'the ledger was written by a newer version of Dreamkeeper', {
    remedy: 'Update Dreamkeeper: npm install -g dreamkeeper@latest',
  });
}
