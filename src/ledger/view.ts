/** One consistent reading of the ledger, at one commit: lazy, remembered, and never stopped by a damaged file. */
import type { Decision, Journal } from '../core/dream/journal.ts';
import type { EntryRecord, Extract, LedgerView } from '../core/dream/ledger.ts';
import type { NoteKind } from '../core/dream/notes.ts';
import type { SessionSummary } from '../core/dream/dreamer.ts';
import { DreamkeeperError } from '../core/error.ts';
import { whole } from '../core/sessions/session.ts';
import type { StreamedSession } from '../core/sessions/session.ts';
import { readObjects } from '../git/objects.ts';
import type { ObjectReader } from '../git/objects.ts';
import type { GitSite } from '../git/run.ts';
import { sessionObject, sessionObjects } from './contents.ts';
import type { Contents } from './contents.ts';
import { decisionsPath, entriesPath, partPath, sessionHash, sessionPath, sessionPathOf } from './layout.ts';
import { decodeDecision, decodeEntries, decodeExtract, decodeJournal, decodeNote } from './records.ts';
import { claimedHeader, claimedSession } from '../core/sessions/claimed.ts';
import { decodeHeader, decodeSession } from './session-file.ts';

export interface StoredView extends LedgerView {
  readonly contents: Contents;
  /** Session files that somebody committed by hand (trusted.ts). */
  readonly foreign: ReadonlySet<string>;
  /** The bytes of a file of the ledger, as text; undefined when it is not there. */
  text(path: string): Promise<string | undefined>;
}

export interface ViewSource {
  readonly site: GitSite;
  readonly reader: ObjectReader;
  readonly commit: string | undefined;
  readonly contents: Contents;
  /** Session files that somebody committed by hand (trusted.ts). */
  readonly foreign: ReadonlySet<string>;
  /** What was wrong before any file was read. */
  readonly problems: readonly string[];
}

export function createView(source: ViewSource): StoredView {
  const { contents, reader } = source;
  const problems = new Set([...source.problems, ...contents.problems]);
  const objects = sessionObjects(contents);
  const text = async (path: string): Promise<string | undefined> => {
    const object = contents.tree.get(path);
    return object === undefined ? undefined : (await reader.read(object))?.toString('utf8');
  };
  const attempt = <T>(what: string, decode: () => T): T | undefined => tolerate(problems, what, decode);

  const readSession = async <T>(
    id: string,
    read: (session: StreamedSession) => T,
  ): Promise<T | undefined> => {
    const path = sessionPath(id);
    const files = contents.sessions.get(path);
    if (files === undefined) return undefined;
    const parts = await Promise.all(files.map((object) => reader.read(object)));
    return attempt(path, () => {
      const session = requireId(decodeSession(parts.map(required)), id);
      return read(isForeign(source, path) ? claimedSession(session) : session);
    });
  };
  const allExtracts = once(() => readExtracts(source, objects, attempt));
  const journals = once(() => readJournals(source, attempt));
  const summaries = once(async () => readSummaries(source, await allExtracts(), attempt));
  const decisions = once(async () => decodeDecisions((await text(decisionsPath)) ?? '', attempt));
  const entries = once(async () => {
    const found = await text(entriesPath);
    const none: ReadonlyMap<string, EntryRecord> = new Map();
    return found === undefined ? none : (attempt(entriesPath, () => decodeEntries(found)) ?? none);
  });

  return {
    commit: source.commit,
    contents,
    foreign: source.foreign,
    objects,
    text,
    journals,
    decisions,
    entries,
    sessions: summaries,
    notes: (kind) => readNotes(source, kind, attempt),
    pathOf: sessionPath,
    session: (id) => readSession(id, whole),
    streamed: (id) => readSession(id, goneThrough),
    async extracts(extractor) {
      const usable = (await allExtracts()).filter(
        ({ extract, alone }) =>
          alone ||
          (extract.extractor === extractor &&
            extract.object === objects.get(sessionPath(extract.session.id))),
      );
      return new Map(usable.map(({ extract }) => [extract.session.id, extract]));
    },
    async problems() {
      await Promise.all([summaries(), journals(), decisions(), entries()]);
      return [...problems];
    },
  };
}

/** Whether any file of a session was committed by hand. */
export function isForeign(
  { contents, foreign }: Pick<ViewSource, 'contents' | 'foreign'>,
  main: string,
): boolean {
  if (foreign.size === 0) return false;
  const parts = contents.sessions.get(main)?.length ?? 0;
  return Array.from({ length: parts }, (_, index) => partPath(main, index + 1)).some((path) =>
    foreign.has(path),
  );
}

type Attempt = <T>(what: string, decode: () => T) => T | undefined;

interface StoredExtract {
  readonly extract: Extract;
  /** The session itself is not on the ledger (`detail: signals`): nothing newer can be taken from it. */
  readonly alone: boolean;
}

async function readExtracts(
  source: ViewSource,
  objects: ReadonlyMap<string, string>,
  attempt: Attempt,
): Promise<readonly StoredExtract[]> {
  const found: StoredExtract[] = [];
  const hashes = [...source.contents.extracts];
  for await (const [[hash, object], data] of readAll(source, hashes)) {
    const path = sessionPathOf(hash);
    const alone = !source.contents.sessions.has(path);
    const extract = attempt(`extracts/${hash}.json`, () => {
      const decoded = decodeExtract(required(data));
      requireHash(decoded.session.id, hash);
      return alone ? { ...decoded, object: objects.get(path) ?? object } : decoded;
    });
    if (extract !== undefined) found.push({ extract, alone });
  }
  return found;
}

/** An extract tells the header of the session it was taken from; only the others are read. */
async function readSummaries(
  source: ViewSource,
  extracts: readonly StoredExtract[],
  attempt: Attempt,
): Promise<readonly { readonly summary: SessionSummary; readonly object: string }[]> {
  const { contents } = source;
  const known = new Map(extracts.map(({ extract }) => [sessionPath(extract.session.id), extract]));
  const found: { summary: SessionSummary; object: string }[] = [];
  const unread: [path: string, object: string][] = [];
  for (const [path, parts] of contents.sessions) {
    const object = sessionObject(parts);
    const extract = known.get(path);
    if (extract?.object === object) found.push({ summary: extract.session, object });
    else unread.push([path, parts[0] ?? '']);
  }
  for (const { extract, alone } of extracts)
    if (alone) found.push({ summary: extract.session, object: extract.object });
  for await (const [[path], data] of readAll(source, unread)) {
    const summary = attempt(path, () => {
      const header = decodeHeader(required(data));
      if (sessionPath(header.id) !== path) throw new Error('it holds another session than its name says');
      return isForeign(source, path) ? claimedHeader(header) : header;
    });
    if (summary !== undefined)
      found.push({ summary, object: sessionObject(contents.sessions.get(path) ?? []) });
  }
  return found;
}

async function readNotes(
  source: ViewSource,
  kind: NoteKind,
  attempt: Attempt,
): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for await (const [[hash], data] of readAll(source, [...(source.contents.notes.get(kind) ?? [])])) {
    const note = attempt(`notes/${kind}/${hash}.json`, () => {
      const decoded = decodeNote(required(data));
      if (sessionHash(decoded.name) !== hash) throw new Error('it holds another note than its name says');
      return decoded;
    });
    if (note !== undefined) found.set(note.name, note.value);
  }
  return found;
}

async function readJournals(source: ViewSource, attempt: Attempt): Promise<readonly Journal[]> {
  const found: Journal[] = [];
  const { journals } = source.contents;
  for await (const [[dream], data] of readAll(source, [...journals])) {
    const journal = attempt(`dreams/${dream}.json`, () =>
      requireDream(decodeJournal(required(data)), dream, journals),
    );
    if (journal !== undefined) found.push(journal);
  }
  return found.sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
}

function decodeDecisions(text: string, attempt: Attempt): readonly Decision[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line !== '')
    .flatMap(
      ({ line, number }) => attempt(`${decisionsPath}, line ${number},`, () => decodeDecision(line)) ?? [],
    );
}

/** @param items each with its object last; one object is in memory at a time. */
async function* readAll(
  { site, reader }: Pick<ViewSource, 'site' | 'reader'>,
  items: readonly (readonly [name: string, object: string])[],
): AsyncGenerator<readonly [readonly [string, string], string | undefined]> {
  let next = 0;
  for await (const { data } of readObjects(
    site,
    items.map(([, object]) => object),
    reader,
  )) {
    const item = items[next++];
    if (item !== undefined) yield [item, data?.toString('utf8')];
  }
}

/** A damaged file is reported and passed over; one of a newer version must not be. */
function tolerate<T>(problems: Set<string>, what: string, decode: () => T): T | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DreamkeeperError) throw error;
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    problems.add(
      `${what} is damaged and was passed over${why === '' || why === '[' ? '' : `: ${why.slice(0, 200)}`}`,
    );
    return undefined;
  }
}

function required<T>(content: T | undefined): T {
  if (content === undefined) throw new Error('its object is missing');
  return content;
}

/** @throws when an event is damaged or missing. */
function goneThrough(session: StreamedSession): StreamedSession {
  const events = session.events[Symbol.iterator]();
  while (events.next().done !== true);
  return session;
}

/** Its name is what it is known by, and its branch is its own, or that of a dream whose pull request it goes on with. */
function requireDream(
  journal: Journal,
  dream: string,
  known: { readonly has: (dream: string) => boolean },
): Journal {
  const { id, branch, heads = [] } = journal;
  if (id !== dream) throw new Error('it holds another dream than its name says');
  if (branch === undefined || branch === `dream/${dream}`) return journal;
  if (heads.length === 0 || !known.has(branch.replace(/^dream\//, '')))
    throw new Error('it names the branch of another dream');
  return journal;
}

function requireId(session: StreamedSession, id: string): StreamedSession {
  requireHash(session.id, sessionHash(id));
  return session;
}

function requireHash(id: string, hash: string): void {
  if (sessionHash(id) !== hash) throw new Error('it holds another session than its name says');
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    answer.catch(() => (answer = undefined));
    return answer;
  };
}
