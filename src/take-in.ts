/** One transcript file to sessions as they may be kept: parsed, redacted, condensed, and trusted no more than is due. */
import { whyUnreadable } from './files.ts';
import { assemble } from './core/sessions/assemble.ts';
import { claimedEvents } from './core/sessions/claimed.ts';
import { condenseEvent } from './core/sessions/condense.ts';
import type { Detail } from './core/sessions/condense.ts';
import { detectFormat } from './core/sessions/detect.ts';
import type { Format, RawHeader, Source } from './core/sessions/format.ts';
import { UnusableTranscriptError } from './core/sessions/format.ts';
import type { Redactor } from './core/sessions/redact.ts';
import { redactEvents, redactHeader } from './core/sessions/redact-session.ts';
import type { Event, StreamedSession } from './core/sessions/session.ts';
import { createPack, type Pack, type PackedText } from './packed-text.ts';

export interface TakeInOptions {
  readonly redactor: Redactor;
  readonly detail: Detail;
  /** Who hands it in, as far as that is authenticated. */
  readonly submittedBy?: string;
  /** Whoever hands it in did not type it, as a workflow: what looks typed is only claimed to be. */
  readonly claimed?: boolean;
  /** What the sources are, where we made them ourselves: nothing is detected, and who said what in them is proved. */
  readonly known?: Format;
  /** `owner/name`, for transcripts that do not say where they were recorded. */
  readonly recordedIn?: string;
}

export interface Candidate {
  readonly path: string;
  readonly session: StreamedSession;
  readonly redactions: number;
  readonly skippedLines: number;
  /** Characters it takes as stored. */
  readonly size: number;
}

export type Taken =
  | { readonly type: 'sessions'; readonly candidates: readonly Candidate[] }
  | { readonly type: 'refused'; readonly reason: string }
  /** Part of another transcript. */
  | { readonly type: 'secondary' };

/** Characters of one session as stored, at most; the longest real one seen has 6 million. */
const mostCharacters = 128 * 2 ** 20;

/** Never throws for what a file holds: a file that cannot be used is refused, and nothing of it is kept. */
export async function takeIn(source: Source, options: TakeInOptions): Promise<Taken> {
  try {
    if (options.known !== undefined) return sessionsOf(await readSessions(options.known, source, options));
    const detection = detectFormat(await source.head(), source.path);
    if ('secondary' in detection) {
      const orphaned = await detection.format.orphan?.(source);
      return orphaned === undefined ? { type: 'secondary' } : { type: 'refused', reason: orphaned };
    }
    if ('reason' in detection) return { type: 'refused', reason: detection.reason };
    return sessionsOf(await readSessions(detection.format, source, options));
  } catch (error) {
    return { type: 'refused', reason: whyUnreadable(error) };
  }
}

function sessionsOf(candidates: readonly Candidate[]): Taken {
  if (candidates.length === 0) return { type: 'refused', reason: 'nothing was said or done in it' };
  return { type: 'sessions', candidates };
}

interface Growing {
  /** The events so far, a batch a line as JSON. */
  readonly batches: Pack;
  count: number;
  size: number;
  redactions: number;
}

async function readSessions(
  format: Format,
  source: Source,
  options: TakeInOptions,
): Promise<readonly Candidate[]> {
  const growing = new Map<string, Growing>();
  const candidates: Candidate[] = [];
  let skipped = 0;
  for await (const item of assemble(format.parse(source))) {
    if (item.type === 'skipped') skipped += 1;
    else if (item.type === 'events') await grow(growing, item.session, item.events, options);
    else {
      const grown = growing.get(item.header.id);
      growing.delete(item.header.id);
      if (grown === undefined) continue;
      const { session, redactions } = await finish(item.header, grown, options);
      candidates.push({ path: source.path, session, redactions, skippedLines: 0, size: grown.size });
    }
  }
  // Which session a malformed line belonged to is not known: the first one tells, so that sums are right.
  return candidates.map((candidate, index) =>
    index === 0 ? { ...candidate, skippedLines: skipped } : candidate,
  );
}

async function grow(
  growing: Map<string, Growing>,
  id: string,
  raw: readonly Event<string>[],
  { redactor, detail }: TakeInOptions,
): Promise<void> {
  const grown = growing.get(id) ?? { batches: createPack(), count: 0, size: 0, redactions: 0 };
  growing.set(id, grown);
  const { events, redactions } = await redactEvents(redactor, raw);
  // `signals` keeps no text; the signals are taken from what `condensed` would keep.
  const level = detail === 'full' ? 'full' : 'condensed';
  const text = JSON.stringify(events.map((event) => condenseEvent(event, level)));
  grown.size += text.length;
  grown.redactions += redactions;
  if (grown.size > mostCharacters)
    throw new UnusableTranscriptError('it holds a session that is too large to keep, even condensed');
  grown.batches.add(`${text}\n`);
  grown.count += events.length;
}

/** One batch of events at a time is in memory as objects. */
function eventsOf(batches: PackedText): Iterable<Event> {
  return {
    *[Symbol.iterator]() {
      for (const piece of batches)
        for (const line of piece.toString('utf8').trimEnd().split('\n')) yield* JSON.parse(line) as Event[];
    },
  };
}

async function finish(raw: RawHeader, grown: Growing, options: TakeInOptions) {
  const { submittedBy, recordedIn, known } = options;
  // A recording that names its people and not who hands it in has somebody else's words.
  const theirs = raw.people.length === 0 || raw.people.some((person) => person === submittedBy);
  const proved = raw.interactive && submittedBy !== undefined && theirs && options.claimed !== true;
  // What a transcript says of its own submitter proves nothing.
  const proper = Object.entries(raw).filter(([key]) => key !== 'submittedBy');
  const { header, redactions } = await redactHeader(options.redactor, {
    ...(Object.fromEntries(proper) as unknown as RawHeader),
    people: known !== undefined ? raw.people : proved ? [submittedBy] : [],
    ...(submittedBy === undefined ? {} : { submittedBy }),
    ...(raw.repository === undefined && recordedIn !== undefined ? { repository: recordedIn } : {}),
  });
  const events = eventsOf(grown.batches);
  const said = proved || known !== undefined ? events : claimedEvents(events);
  return {
    session: { ...header, eventCount: grown.count, events: said },
    redactions: grown.redactions + redactions,
  };
}
