/** Forgets a session, or a text wherever it stands: in sessions, extracts, journals and decisions, history included. */
import type { Decision, Journal } from '../core/dream/journal.ts';
import { DreamkeeperError } from '../core/error.ts';
import type { Remains } from '../git/discard.ts';
import { unpacked } from '../packed-text.ts';
import { decisionsPath, partPath, sessionHash, sessionPath, readPath } from './layout.ts';
import type { StoredLedger } from './ledger.ts';
import { encodeDecision, encodeJournal } from './records.ts';
import { rewriteLedger, sessionFiles } from './rewrite.ts';
import type { Rewriting } from './rewrite.ts';
import { forgotten, mapTexts, scrubDecision, scrubJournal } from './scrub.ts';
import { encodeSession } from './session-file.ts';
import type { StoredView } from './view.ts';

export type ForgetWhat = { readonly session: string } | { readonly text: string };

export interface Forgotten {
  /** Ids of the sessions that were removed, or from which the text was taken, sorted. */
  readonly sessions: readonly string[];
  /** Ids of the dreams whose journals changed, sorted. */
  readonly dreams: readonly string[];
  /** What is out of reach from here; each a sentence for a person. */
  readonly remains: readonly string[];
}

export interface ForgetBy {
  /** ISO 8601. */
  readonly now: string;
  readonly person?: string;
  /** What is recorded in the same commit, once there is something to forget. */
  readonly also?: (found: Pick<Forgotten, 'sessions' | 'dreams'>) => readonly Decision[];
}

/** A shorter text would be found where it means nothing, and take half of the ledger with it. */
const leastText = 4;

/**
 * A session is removed, and a tombstone keeps it from being taken in again, also when it was never there. Of a text only
 * the text goes; transcripts that hold it are then refused, because they differ from what is stored.
 * @param by when (ISO 8601) and who.
 * @throws {DreamkeeperError} `usage` for a text of fewer than four characters.
 */
export async function forget(ledger: StoredLedger, what: ForgetWhat, by: ForgetBy): Promise<Forgotten> {
  if ('text' in what && what.text.trim().length < leastText)
    throw new DreamkeeperError('usage', `a text to forget has at least ${leastText} characters`);
  let found: Found = { files: new Map(), sessions: [], dreams: [] };
  const remains = await rewriteLedger(ledger, 'Forget on request', async (view) => {
    found = 'session' in what ? await withoutSession(view, what.session) : await withoutText(view, what.text);
    const decisions = 'session' in what ? await tombstone(view, what.session, by) : [];
    if (found.files.size + decisions.length === 0) return undefined;
    return { files: found.files, decisions: [...decisions, ...(by.also?.(found) ?? [])] };
  });
  const branches = await branchesOf(ledger, found.dreams);
  return {
    sessions: [...found.sessions].sort(),
    dreams: [...found.dreams].sort(),
    remains: [...describe(remains), ...branches],
  };
}

interface Found extends Pick<Rewriting, 'files'> {
  readonly sessions: readonly string[];
  readonly dreams: readonly string[];
}

async function tombstone(view: StoredView, id: string, { now, person }: ForgetBy): Promise<Decision[]> {
  const session = sessionHash(id);
  const there = (await view.decisions()).some(
    (decision) => decision.type === 'tombstone' && decision.session === session,
  );
  const who = person === undefined ? {} : { person };
  return there ? [] : [{ type: 'tombstone', at: now, ...who, session, reason: 'forgotten' }];
}

async function withoutSession(view: StoredView, id: string): Promise<Found> {
  const hash = sessionHash(id);
  const scrubber = { session: id, alias: `forgotten-${hash.slice(0, 12)}` };
  const files = new Map<string, string | null>(sessionFiles(view, hash).map((path) => [path, null]));
  const sessions = files.size === 0 ? [] : [id];
  await dropNotes(view, files, id);
  const dreams: string[] = [];
  for (const journal of await view.journals()) {
    const [before, after] = [encodeJournal(journal), encodeJournal(scrubJournal(journal, scrubber))];
    if (before === after) continue;
    dreams.push(journal.id);
    files.set(`dreams/${journal.id}.json`, after);
  }
  await scrubDecisions(view, files, (decision) => withoutAnswer(scrubDecision(decision, scrubber), dreams));
  return { files, sessions, dreams };
}

async function scrubDecisions(
  view: StoredView,
  files: Map<string, string | null>,
  scrub: (decision: Decision) => Decision,
): Promise<void> {
  const decisions = await view.decisions();
  const after = decisions.map((decision) => encodeDecision(scrub(decision))).join('');
  if (after !== decisions.map(encodeDecision).join('')) files.set(decisionsPath, after);
}

async function withoutText(view: StoredView, text: string): Promise<Found> {
  const files = new Map<string, string | null>();
  const sessions: string[] = [];
  const dreams: string[] = [];
  const clean = <T>(value: T): T => mapTexts(value, (each) => each.replaceAll(text, forgotten));
  for (const { summary } of await view.sessions()) {
    const changed = await cleanSession(view, summary.id, clean);
    // An extract is taken anew from the cleaned session; where there is no session the words go with it.
    const alone =
      !view.contents.sessions.has(sessionPath(summary.id)) && (await extractHolds(view, summary.id, text));
    if (changed === undefined && !alone) continue;
    sessions.push(summary.id);
    for (const path of sessionFiles(view, sessionHash(summary.id))) files.set(path, null);
    changed?.forEach((part, index) => files.set(partPath(sessionPath(summary.id), index + 1), part));
  }
  for (const journal of await view.journals()) {
    const [before, after] = [
      encodeJournal(journal),
      encodeJournal({ ...clean(journal), ...branchOf(journal) }),
    ];
    if (before === after) continue;
    dreams.push(journal.id);
    files.set(`dreams/${journal.id}.json`, after);
  }
  await dropNotes(view, files, text);
  await scrubDecisions(view, files, (decision) => withoutAnswer(clean(decision), dreams));
  return { files, sessions, dreams };
}

/** A note only saves asking a model again: one that holds the words goes. */
async function dropNotes(view: StoredView, files: Map<string, string | null>, words: string): Promise<void> {
  for (const path of view.contents.tree.keys()) {
    if (readPath(path)?.kind !== 'note') continue;
    if (holdsWords((await view.text(path)) ?? '', words)) files.set(path, null);
  }
}

/** Whether JSON has the words in one of its strings. */
const holdsWords = (json: string, words: string): boolean =>
  json.includes(JSON.stringify(words).slice(1, -1));

/** What a reviewer was told of a proposal holds its evidence, written so that it is not found there. */
function withoutAnswer(decision: Decision, dreams: readonly string[]): Decision {
  const told = decision.type === 'command' && dreams.includes(decision.dream ?? '');
  return told ? { ...decision, words: forgotten } : decision;
}

/** What names the branch of a dream is no free text. */
function branchOf({ branch }: Journal): Pick<Journal, 'branch'> {
  return branch === undefined ? {} : { branch };
}

/** @returns the files of the session without the text; undefined when it is not in them. The id stays. */
async function cleanSession(
  view: StoredView,
  id: string,
  clean: <T>(value: T) => T,
): Promise<readonly string[] | undefined> {
  const session = await view.session(id);
  if (session === undefined) return undefined;
  const [before, after] = [session, clean(session)].map((each) => encodeSession(each).map(unpacked));
  return after?.join('') === before?.join('') ? undefined : after;
}

async function extractHolds(view: StoredView, id: string, text: string): Promise<boolean> {
  const stored = (await view.text(`extracts/${sessionHash(id)}.json`)) ?? '';
  return holdsWords(stored, text);
}

function describe(remains: Remains | undefined): readonly string[] {
  const { refs = [], packed = 0 } = remains ?? {};
  return [
    ...refs.map((ref) => `${ref} still has the old history of the ledger`),
    ...(packed === 0 ? [] : [`${packed} objects are in pack files until "git gc --prune=now" has run`]),
    'clones, forks and backups made before keep what they have, and so does the recording on its author\u2019s machine',
  ];
}

/** Branches of dreams that rest on what was forgotten; their commits hold what was proposed. */
async function branchesOf(ledger: StoredLedger, dreams: readonly string[]): Promise<readonly string[]> {
  const view = await ledger.read();
  const named = (await view.journals()).filter(({ id }) => dreams.includes(id));
  return named.flatMap(({ id, branch }) =>
    branch === undefined
      ? []
      : [`dream ${id} rests on it: what ${branch} proposed, and what of it was merged, stays`],
  );
}
