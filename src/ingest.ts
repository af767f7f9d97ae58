/** Takes transcripts in: detect, parse, redact, condense, store (DESIGN section 5). Doing it twice changes nothing. */
import { admit, isBuried, readTombstones } from './admit.ts';
import type { Verdict } from './admit.ts';
import type { Extract, Ledger, LedgerChange, LedgerView } from './core/dream/ledger.ts';
import type { Signal } from './core/dream/signal.ts';
import { DreamkeeperError } from './core/error.ts';
import type { Source } from './core/sessions/format.ts';
import { whole } from './core/sessions/session.ts';
import type { Session, StreamedSession } from './core/sessions/session.ts';
import type { TakenSession } from './core/sessions/submission.ts';
import { sha256Hex } from './core/text/sha256.ts';
import { isSource } from './files.ts';
import type { Unreadable } from './files.ts';
import { takeIn } from './take-in.ts';
import type { Candidate, TakeInOptions } from './take-in.ts';

/** Needed at `detail: signals`, where the words of a session stay with its author. */
export interface Extractor {
  readonly version: string;
  readonly gather: (session: Session) => readonly Signal[];
}

export interface IngestOptions extends TakeInOptions {
  readonly sources: AsyncIterable<Source | Unreadable>;
  readonly ledger: Ledger;
  readonly extractor?: Extractor;
  /** Says what would be taken in and writes nothing. */
  readonly dryRun?: boolean;
  readonly onProgress?: (step: string) => void;
}

/** `sessions` holds those taken in and those unchanged, in the order met; an id is in it once. */
export interface IngestReport {
  readonly ingested: number;
  readonly unchanged: number;
  readonly refused: readonly Unreadable[];
  readonly sessions: readonly TakenSession[];
}

/** Characters of sessions that are held before they are written; bounds memory, whatever is handed in. */
const flushAt = 16 * 2 ** 20;

/**
 * @throws {DreamkeeperError} `usage` without an extractor at `detail: signals`; what the ledger throws. What is wrong with
 * a file is in the report.
 */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  if (options.detail === 'signals' && options.extractor === undefined)
    throw new DreamkeeperError('usage', 'to keep signals only, something must extract them');
  const progress = options.onProgress ?? (() => undefined);
  const tally = createTally();
  let batch: Candidate[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) tally.add(await store(batch, options));
    batch = [];
    size = 0;
  };
  for await (const found of options.sources) {
    if (!isSource(found)) {
      tally.refuse(found);
      continue;
    }
    progress(`reading ${found.path}`);
    const taken = await takeIn(found, options);
    if (taken.type === 'refused') tally.refuse({ path: found.path, reason: taken.reason });
    if (taken.type !== 'sessions') continue;
    batch.push(...taken.candidates);
    size += taken.candidates.reduce((sum, candidate) => sum + candidate.size, 0);
    if (size >= flushAt) await flush();
  }
  progress('writing the ledger');
  await flush();
  const report = tally.report();
  return { ...report, refused: await withoutSecrets(report.refused, options.redactor) };
}

/** Names of files and keys in them may be secrets too, and a report ends in logs. */
async function withoutSecrets(
  refused: readonly Unreadable[],
  redactor: IngestOptions['redactor'],
): Promise<readonly Unreadable[]> {
  // Where the redactor itself is broken nothing was taken in; who handed the files in may still read their names.
  const texts = await redactor
    .redact(refused.flatMap(({ path, reason }) => [path, reason]))
    .catch(() => undefined);
  if (texts === undefined) return refused;
  return refused.map((_, index) => ({
    path: texts[2 * index]?.text ?? '',
    reason: texts[2 * index + 1]?.text ?? '',
  }));
}

interface Judged {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
}

/** The verdicts are those on the ledger that was written to: another writer may have been faster. */
async function store(batch: readonly Candidate[], options: IngestOptions): Promise<readonly Judged[]> {
  let judged: readonly Judged[] = [];
  const decide = async (view: LedgerView): Promise<LedgerChange | undefined> => {
    judged = options.detail === 'signals' ? await judgeBySummary(batch, view) : await judge(batch, view);
    const last = new Map(
      judged.flatMap(({ verdict }) =>
        verdict.verdict === 'store' ? [[verdict.session.id, verdict.session]] : [],
      ),
    );
    const sessions = [...last.values()];
    if (sessions.length === 0) return undefined;
    const { extractor } = options;
    if (options.detail !== 'signals' || extractor === undefined) return { sessions };
    return { extracts: sessions.map((session) => extractOf(session, extractor)) };
  };
  if (options.dryRun === true) await decide(await options.ledger.read());
  else await options.ledger.write(`Take in ${batch.length} session${batch.length === 1 ? '' : 's'}`, decide);
  return judged;
}

async function judge(batch: readonly Candidate[], view: LedgerView): Promise<readonly Judged[]> {
  const tombstones = await readTombstones(view);
  const here = new Map<string, StreamedSession>();
  const judged: Judged[] = [];
  for (const candidate of batch) {
    const { id } = candidate.session;
    const buried = isBuried(tombstones, id);
    const stored = here.get(id) ?? (view.objects.has(view.pathOf(id)) ? await view.streamed(id) : undefined);
    const verdict: Verdict =
      buried === undefined ? admit(candidate.session, stored) : { verdict: 'refused', reason: buried };
    if (verdict.verdict === 'store') here.set(id, verdict.session);
    judged.push({ candidate, verdict });
  }
  return judged;
}

/** Without the words there is nothing to compare: the version with more events counts. */
async function judgeBySummary(batch: readonly Candidate[], view: LedgerView): Promise<readonly Judged[]> {
  const tombstones = await readTombstones(view);
  const known = new Map<string, number>(
    (await view.sessions()).map(({ summary }) => [summary.id, summary.eventCount]),
  );
  return batch.map((candidate): Judged => {
    const { session } = candidate;
    const buried = isBuried(tombstones, session.id);
    if (buried !== undefined) return { candidate, verdict: { verdict: 'refused', reason: buried } };
    if ((known.get(session.id) ?? 0) >= session.eventCount)
      return { candidate, verdict: { verdict: 'unchanged' } };
    known.set(session.id, session.eventCount);
    return { candidate, verdict: { verdict: 'store', session } };
  });
}

function extractOf(streamed: StreamedSession, extractor: Extractor): Extract {
  const session = whole(streamed);
  const { events, ...header } = session;
  return {
    extractor: extractor.version,
    object: sha256Hex(JSON.stringify(session)),
    session: { ...header, eventCount: events.length },
    signals: extractor.gather(session),
  };
}

function createTally() {
  const refused: Unreadable[] = [];
  const kept = new Map<string, { readonly stored: boolean; readonly session: TakenSession }>();
  return {
    refuse: (found: Unreadable) => void refused.push({ path: found.path, reason: found.reason }),
    add(judged: readonly Judged[]) {
      for (const { candidate, verdict } of judged) {
        const { path, session } = candidate;
        if (verdict.verdict === 'refused') {
          refused.push({ path, reason: verdict.reason });
          continue;
        }
        const before = kept.get(session.id);
        const stored = verdict.verdict === 'store';
        if (before === undefined || stored)
          kept.set(session.id, { stored: stored || before?.stored === true, session: reported(candidate) });
      }
    },
    report(): IngestReport {
      const all = [...kept.values()];
      return {
        ingested: all.filter(({ stored }) => stored).length,
        unchanged: all.filter(({ stored }) => !stored).length,
        refused,
        sessions: all.map(({ session }) => session),
      };
    },
  };
}

/** Without the events, which are written by then. */
function reported({ session, redactions, skippedLines }: Candidate): TakenSession {
  const { id, agent, format, eventCount } = session;
  return { id, agent, format, events: eventCount, redactions, skippedLines };
}
