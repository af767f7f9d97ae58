/** Where things lie on the ledger branch (docs/architecture.md). Names are hashes, so no id can be a hostile path. */
import { createHash } from 'node:crypto';
import { noteKindSchema, type NoteKind } from '../core/dream/notes.ts';
import { DreamkeeperError } from '../core/error.ts';

export const defaultBranch = 'dreamkeeper';
export const ledgerVersion = 1;
export const readmePath = 'README.md';
export const decisionsPath = 'decisions.jsonl';
export const entriesPath = 'entries.json';

const sessionFile = /^sessions\/([0-9a-f]{2})\/(\1[0-9a-f]{62})(?:\.([1-9]\d{0,3}))?\.jsonl$/;
const extractFile = /^extracts\/([0-9a-f]{64})\.json$/;
const noteFile = new RegExp(`^notes/(${noteKindSchema.options.join('|')})/([0-9a-f]{64})\\.json$`);
const journalFile = /^dreams\/([A-Za-z0-9][A-Za-z0-9._-]{0,127})\.json$/;

/** SHA-256 of a session's id in hex: names its files, and is all that a tombstone says of it. */
export function sessionHash(id: string): string {
  return createHash('sha256').update(id, 'utf8').digest('hex');
}

export function sessionPath(id: string): string {
  return sessionPathOf(sessionHash(id));
}

export function sessionPathOf(hash: string): string {
  return `sessions/${hash.slice(0, 2)}/${hash}.jsonl`;
}

/** @param part counts from 1; the first is the main file. */
export function partPath(main: string, part: number): string {
  return part === 1 ? main : main.replace(/\.jsonl$/, `.${part}.jsonl`);
}

export function extractPath(session: string): string {
  return `extracts/${sessionHash(session)}.json`;
}

/** @param name of a session, where the note is about one: it is forgotten with it. */
export function notePath(kind: NoteKind, name: string): string {
  return `notes/${kind}/${sessionHash(name)}.json`;
}

/** @throws {DreamkeeperError} `usage` for a dream id that cannot be a file name. */
export function journalPath(dream: string): string {
  const path = `dreams/${dream}.json`;
  if (!journalFile.test(path))
    throw new DreamkeeperError('usage', `this cannot be the id of a dream: ${JSON.stringify(dream)}`);
  return path;
}

export type LedgerPath =
  | { readonly kind: 'session'; readonly hash: string; readonly part: number }
  | { readonly kind: 'extract'; readonly hash: string }
  | { readonly kind: 'note'; readonly note: NoteKind; readonly hash: string }
  | { readonly kind: 'journal'; readonly dream: string }
  | { readonly kind: 'decisions' | 'entries' | 'readme' };

/** @returns what lies at a path; undefined for what is no part of a ledger. */
export function readPath(path: string): LedgerPath | undefined {
  if (path === decisionsPath) return { kind: 'decisions' };
  if (path === entriesPath) return { kind: 'entries' };
  if (path === readmePath) return { kind: 'readme' };
  const session = sessionFile.exec(path);
  if (session?.[2] !== undefined)
    return { kind: 'session', hash: session[2], part: session[3] === undefined ? 1 : Number(session[3]) };
  const extract = extractFile.exec(path)?.[1];
  if (extract !== undefined) return { kind: 'extract', hash: extract };
  const note = noteFile.exec(path);
  if (note?.[2] !== undefined) return { kind: 'note', note: noteKindSchema.parse(note[1]), hash: note[2] };
  const dream = journalFile.exec(path)?.[1];
  return dream === undefined ? undefined : { kind: 'journal', dream };
}

const marker = 'dreamkeeper-ledger-version';

export const readmeText = `<!-- ${marker}: ${ledgerVersion} -->
# The ledger of Dreamkeeper

This branch is written by Dreamkeeper and is never merged into anything. It holds what dreams are made from and what
became of them:

- \`sessions/\`: transcripts of agents' sessions, condensed, with secrets taken out
- \`extracts/\`: what was noticed in each session
- \`dreams/\`: one journal per dream: its proposals, and the words each of them rests on
- \`notes/\`: what a dreamer with a model keeps so as not to pay for it twice
- \`decisions.jsonl\`: what was merged, dropped and rejected, and hashes of the sessions that were forgotten
- \`entries.json\`: how often each entry of the memory was supported or contradicted

Do not check it out or commit to it: what others change here, other than by adding sessions, is ignored. To take a
session out of it, history included: \`dreamkeeper forget <session>\`.
`;

/** @returns the version a ledger's README states; undefined when it is no README of a ledger. */
export function readmeVersion(text: string): number | undefined {
  const version = new RegExp(`<!-- ${marker}: (\\d{1,6}) -->`).exec(text)?.[1];
  return version === undefined ? undefined : Number(version);
}
