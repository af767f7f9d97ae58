/** What is done about the files of the ledger that others changed. */
import { readTombstones } from '../../admit.ts';
import type { Config } from '../../core/config.ts';
import type { Redactor } from '../../core/sessions/redact.ts';
import type { Redacted } from '../../core/sessions/session.ts';
import type { FileChange } from '../../git/fast-import.ts';
import { partPath, readPath, sessionPathOf } from '../../ledger/layout.ts';
import { decodeDecision, encodeExtract } from '../../ledger/records.ts';
import { decodeSession, encodeSession } from '../../ledger/session-file.ts';
import type { StoredView } from '../../ledger/view.ts';
import { inspectPushed } from './inspect.ts';
import { inspectExtract } from './inspect-extract.ts';
import type { ForeignChange } from './pushes.ts';

export interface Finding {
  /** The hash of the session's id, which may hold anything itself; or a path of the ledger. */
  readonly what: string;
  /** `quarantined`: taken off the ledger. `restored`: what was there before is there again. */
  readonly did: 'quarantined' | 'restored';
  readonly reason: string;
  /** Of the secrets that were found. */
  readonly kinds: readonly string[];
}

export interface Plan {
  readonly files: readonly FileChange[];
  readonly findings: readonly Finding[];
  /** Sessions that were looked at. */
  readonly sessions: number;
}

export interface Pushing {
  /** By path, the objects at the tip: all of them, whoever wrote them. */
  readonly tree: ReadonlyMap<string, string>;
  /** Those that are at the tip as others pushed them. */
  readonly changes: ReadonlyMap<string, ForeignChange>;
  readonly view: StoredView;
  readonly read: (object: string) => Promise<Buffer | undefined>;
  readonly redactor: Redactor;
  readonly detail: Config['ledger']['detail'];
}

/** Bytes of one file as Git keeps it; what Dreamkeeper writes is split at 20 MB, after a whole line. */
const mostFileBytes = 32 * 2 ** 20;
const mostFiles = 8;

export async function planFor(pushing: Pushing): Promise<Plan> {
  const plans: Plan[] = [];
  const seen = new Set<string>();
  for (const [path, change] of pushing.changes) {
    const found = readPath(path);
    if (found?.kind === 'session') {
      if (seen.has(found.hash)) continue;
      seen.add(found.hash);
      plans.push(await planSession(pushing, found.hash));
    } else if (found?.kind === 'extract') plans.push(await planExtract(pushing, path, found.hash, change));
    else if (found !== undefined && found.kind !== 'readme')
      plans.push(await planRecord(pushing, path, change));
  }
  return {
    files: plans.flatMap(({ files }) => files),
    findings: plans.flatMap(({ findings }) => findings),
    sessions: seen.size,
  };
}

async function planSession(pushing: Pushing, hash: string): Promise<Plan> {
  const { tree, changes, view, redactor, detail } = pushing;
  const main = sessionPathOf(hash);
  const now = filesOf(main, (path) => tree.get(path));
  const before = filesOf(main, (path) => (changes.has(path) ? changes.get(path)?.earlier : tree.get(path)));
  const finding = (did: Finding['did'], reason: string, kinds: readonly string[] = []): Finding[] => [
    { what: hash.slice(0, 12), did, reason, kinds },
  ];
  const put = (files: readonly FileChange[], findings: readonly Finding[] = []): Plan => ({
    files: replaced(main, tree, files),
    findings,
    sessions: 1,
  });
  const restored = (reason: string): Plan =>
    put(
      before.map((object, index) => ({ path: partPath(main, index + 1), content: { object } })),
      finding('restored', reason),
    );
  const buried = (await readTombstones(view)).has(hash);
  if (now.length === 0) return buried || before.length === 0 ? nothing : restored('it was taken away');
  if (buried) return put([], finding('quarantined', 'forgotten'));
  if (detail === 'signals') return put([], finding('quarantined', 'detail'));
  const parts = await readParts(pushing, now);
  if (parts === undefined) return put([], finding('quarantined', 'size'));
  const old = before.length === 0 ? undefined : await readParts(pushing, before);
  const { person } = changes.get(main) ?? [...changes].find(([path]) => path.includes(hash))?.[1] ?? {};
  const inspected = await inspectPushed(
    {
      path: main,
      parts,
      earlier: old === undefined ? undefined : decodeSession(old),
      person: await redactedName(redactor, person),
    },
    redactor,
  );
  if (inspected.type === 'restore') return restored(inspected.reason);
  if (inspected.type === 'quarantine') {
    const findings = finding('quarantined', inspected.reason, inspected.kinds);
    return old === undefined ? put([], findings) : { ...restored(''), findings };
  }
  const written = encodeSession(inspected.session);
  return put(written.map((content, index) => ({ path: partPath(main, index + 1), content })));
}

const nothing: Plan = { files: [], findings: [], sessions: 1 };

/** The files of a session as they shall be; those beyond go. */
function replaced(
  main: string,
  tree: ReadonlyMap<string, string>,
  files: readonly FileChange[],
): readonly FileChange[] {
  const stays = new Set(files.map(({ path }) => path));
  const gone = [...tree.keys()].filter((path) => {
    const found = readPath(path);
    return found?.kind === 'session' && sessionPathOf(found.hash) === main && !stays.has(path);
  });
  return [...files, ...gone.map((path) => ({ path, content: null }))];
}

function filesOf(main: string, objectAt: (path: string) => string | undefined): readonly string[] {
  const objects: string[] = [];
  for (let part = 1; ; part += 1) {
    const object = objectAt(partPath(main, part));
    if (object === undefined) return objects;
    objects.push(object);
  }
}

/** @returns undefined when they are larger than sessions are. */
async function readParts(
  { read }: Pushing,
  objects: readonly string[],
): Promise<readonly Buffer[] | undefined> {
  if (objects.length > mostFiles) return undefined;
  const parts: Buffer[] = [];
  for (const object of objects) {
    const data = await read(object);
    if (data === undefined || data.length > mostFileBytes) return undefined;
    parts.push(data);
  }
  return parts;
}

async function planExtract(
  pushing: Pushing,
  path: string,
  hash: string,
  change: ForeignChange,
): Promise<Plan> {
  const { tree, view, read, redactor } = pushing;
  const put = (content: FileChange['content'], findings: readonly Finding[] = []): Plan => ({
    files: [{ path, content }],
    findings,
    sessions: 0,
  });
  const earlier = change.earlier === undefined ? null : { object: change.earlier };
  // What can be taken from the session is taken from it.
  if (tree.has(sessionPathOf(hash))) return put(change.pushed === undefined ? null : earlier);
  const buried = (await readTombstones(view)).has(hash);
  if (change.pushed === undefined) return buried ? { files: [], findings: [], sessions: 0 } : put(earlier);
  const data = await read(change.pushed);
  const of = (reason: string, kinds: readonly string[]): readonly Finding[] => [
    { what: hash.slice(0, 12), did: 'quarantined', reason, kinds },
  ];
  if (data === undefined) return put(earlier, of('schema', []));
  if (buried) return put(null, of('forgotten', []));
  const person = await redactedName(redactor, change.person);
  const inspected = await inspectExtract({ path, data, person }, redactor);
  if (inspected.type === 'quarantine') return put(earlier, of(inspected.reason, inspected.kinds));
  return put(encodeExtract(inspected.extract));
}

/** Journals, decisions and what is kept of entries are ours alone; who forgets something may say so. */
async function planRecord(pushing: Pushing, path: string, change: ForeignChange): Promise<Plan> {
  const none: Plan = { files: [], findings: [], sessions: 0 };
  // Forgetting rewrites history, and what it took out of records stays out.
  if (change.forced) return none;
  if (readPath(path)?.kind === 'decisions' && (await onlyForgets(pushing, change))) return none;
  const content = change.earlier === undefined ? null : { object: change.earlier };
  const findings: Finding[] = [
    { what: path, did: 'restored', reason: 'only Dreamkeeper writes it', kinds: [] },
  ];
  return { files: [{ path, content }], findings, sessions: 0 };
}

async function onlyForgets({ read }: Pushing, { earlier, pushed }: ForeignChange): Promise<boolean> {
  if (pushed === undefined) return false;
  const before = earlier === undefined ? '' : ((await read(earlier))?.toString('utf8') ?? '');
  const after = (await read(pushed))?.toString('utf8') ?? '';
  if (!after.startsWith(before)) return false;
  try {
    const added = after
      .slice(before.length)
      .split('\n')
      .filter((line) => line !== '');
    return added.map(decodeDecision).every(({ type }) => type === 'tombstone');
  } catch {
    return false;
  }
}

async function redactedName(redactor: Redactor, name: string | undefined): Promise<Redacted | undefined> {
  if (name === undefined) return undefined;
  return (await redactor.redact([name]))[0]?.text;
}
