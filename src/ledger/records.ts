/** The small files of the ledger: extracts, journals, decisions and entries, to text and back. */
import { z } from 'zod';
import { decisionSchema, journalSchema } from '../core/dream/journal.ts';
import type { Decision, Journal } from '../core/dream/journal.ts';
import type { EntryRecord, Extract } from '../core/dream/ledger.ts';
import type { Note } from '../core/dream/notes.ts';
import { signalSchema } from '../core/dream/signal.ts';
import { orderedSummary, requireVersion, summarySchema } from './session-file.ts';

const version = 1;

const extractSchema = z.object({
  extractor: z.string(),
  object: z.string(),
  session: summarySchema,
  signals: z.array(signalSchema),
});

const entriesSchema = z.record(
  z.string(),
  z.object({
    support: z.number(),
    applied: z.number(),
    violated: z.number(),
    contradicted: z.number(),
    lastTouched: z.string().optional(),
  }),
);

export function encodeExtract(extract: Extract): string {
  const { extractor, object, session, signals } = extract;
  return pretty({
    version,
    extractor,
    object,
    session: orderedSummary(session, session.eventCount),
    signals: signals.map((signal) => signalSchema.parse(signal)),
  });
}

/** @throws {DreamkeeperError} `ledger` when a newer Dreamkeeper wrote it; Error when it is damaged. */
export function decodeExtract(text: string): Extract {
  return extractSchema.parse(versioned(text)) as unknown as Extract;
}

export function encodeJournal(journal: Journal): string {
  return pretty(journalSchema.parse(journal));
}

/** @throws as decodeExtract. */
export function decodeJournal(text: string): Journal {
  return journalSchema.parse(versioned(text));
}

const noteSchema = z.object({ name: z.string(), value: z.unknown() });

export function encodeNote({ name, value }: Note): string {
  return pretty({ version, name, value });
}

/** @throws as decodeExtract. */
export function decodeNote(text: string): { readonly name: string; readonly value?: unknown } {
  return noteSchema.parse(versioned(text));
}

export function encodeDecision(decision: Decision): string {
  return `${JSON.stringify(decisionSchema.parse(decision))}\n`;
}

/** @throws Error when the line is damaged. */
export function decodeDecision(line: string): Decision {
  return decisionSchema.parse(JSON.parse(line));
}

export function encodeEntries(entries: ReadonlyMap<string, EntryRecord>): string {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return pretty({ version, entries: Object.fromEntries(sorted) });
}

/** @throws as decodeExtract. */
export function decodeEntries(text: string): ReadonlyMap<string, EntryRecord> {
  const { entries } = z.object({ entries: entriesSchema }).parse(versioned(text));
  return new Map(Object.entries(entries)) as ReadonlyMap<string, EntryRecord>;
}

function versioned(text: string): unknown {
  const value: unknown = JSON.parse(text);
  requireVersion(value, version);
  return value;
}

/** Indented, so that Git shows what changed. */
function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
