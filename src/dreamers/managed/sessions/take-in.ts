/** Takes Managed Agents sessions onto the ledger, redacted as any other transcript. Doing it twice changes nothing. */
import type { Config } from '../../../core/config.ts';
import { extractorVersion, gather } from '../../../core/dream/gather/gather.ts';
import type { Ledger } from '../../../core/dream/ledger.ts';
import type { Source } from '../../../core/sessions/format.ts';
import { managedAgents } from '../../../core/sessions/formats/managed-agents.ts';
import type { Redactor } from '../../../core/sessions/redact.ts';
import { ingest, type IngestReport } from '../../../ingest.ts';
import { textSource } from '../../../text-source.ts';
import { askingAnthropic } from '../../anthropic/failure.ts';
import { unlessGone, within, type Connection } from '../connection.ts';
import { takenCursor } from '../state.ts';
import { advanced } from './cursor.ts';
import { listUnread, type ListedSession } from './list.ts';

export interface TakeInManaged {
  readonly connection: Connection;
  readonly config: Config;
  readonly ledger: Ledger;
  readonly redactor: Redactor;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly dryRun?: boolean;
  readonly onProgress?: (step: string) => void;
}

/** Of one go; the others wait for the next. */
const mostSessions = 500;

/**
 * Those that are new or went on since the last time; what still runs waits until it rests.
 * @throws as `askingAnthropic`; what the ledger throws.
 */
export async function takeInManaged(options: TakeInManaged): Promise<IngestReport> {
  const { connection, config, ledger, now, dryRun = false } = options;
  const cursor = takenCursor.read(await (await ledger.read()).notes('managed'));
  const listed = await listUnread(connection, config.managed, cursor);
  const some = listed.filter(({ rests }) => rests).slice(0, mostSessions);
  const report = await ingest({
    sources: sources(connection, some),
    known: managedAgents,
    ledger,
    redactor: options.redactor,
    detail: config.ledger.detail,
    extractor: { version: extractorVersion, gather },
    dryRun,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  if (some.length === 0 || dryRun) return report;
  const left = listed.filter((each) => !some.includes(each));
  const read = some.map(({ id, created, updated }) => ({ id, created, updated }));
  const notes = [takenCursor.note(advanced(cursor, { read, left, now }))];
  await ledger.write('Note how far sessions at Anthropic were read', () => Promise.resolve({ notes }));
  return report;
}

async function* sources(connection: Connection, sessions: readonly ListedSession[]): AsyncGenerator<Source> {
  for (const session of sessions) {
    connection.signal?.throwIfAborted();
    const lines = await unlessGone(() => linesOf(connection, session));
    if (lines !== undefined && lines.length > 0) yield textSource(session.id, lines);
  }
}

/** An event a line. What is queued still ends it: it may yet come in another order. */
function linesOf(connection: Connection, { id, model }: ListedSession): Promise<string[]> {
  return askingAnthropic('reading a Managed Agents session', async () => {
    const lines: string[] = [];
    const { events } = connection.client.beta.sessions;
    for await (const event of events.list(id, { order: 'asc', limit: 100 }, within(connection))) {
      if (!('processed_at' in event) || event.processed_at === null) break;
      lines.push(JSON.stringify({ ...event, session_id: id, model }));
    }
    return lines;
  });
}
