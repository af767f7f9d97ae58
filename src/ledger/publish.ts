/**
 * Hands the sessions of a ledger on to where it is published. Only sessions, and signals of those that stay with their
 * author: dreams and decisions made here are this machine's own.
 */
import { admit, isBuried, readTombstones } from '../admit.ts';
import type { StreamedSession } from '../core/sessions/session.ts';
import type { FileChange } from '../git/fast-import.ts';
import { moveRef } from '../git/ref.ts';
import type { GitSite } from '../git/run.ts';
import { changedFiles } from './files.ts';
import { extractPath, partPath, readPath, readmePath, readmeText } from './layout.ts';
import type { StoredLedger } from './ledger.ts';
import { isForeign, type StoredView } from './view.ts';

export interface Publication {
  /** Ids of the sessions that are there now and were not before, or shorter; sorted. */
  readonly sessions: readonly string[];
  /** Sessions that are not taken there, each with the reason. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
  /** Where the ledger is there now; undefined when there is none. */
  readonly commit: string | undefined;
}

/**
 * Doing it twice changes nothing. Where the ledger here holds nothing of its own besides, it moves to what is published.
 * @param published the ledger as the remote has it.
 * @throws what `published` throws; the ledger here is as it was then.
 */
export async function publishSessions(local: StoredLedger, published: StoredLedger): Promise<Publication> {
  const mine = await local.read();
  let plan: Plan = { sessions: [], refused: [], files: [] };
  const view = await published.commit(async (theirs) => {
    plan = await planOf(mine, theirs, local.site);
    if (plan.files.length === 0) return undefined;
    return { files: plan.files, ...(theirs.commit === undefined ? {} : { parent: theirs.commit }) };
  }, 'Take in sessions');
  if (mine.commit !== undefined && view.commit !== undefined && !holdsMore(mine, view))
    await moveRef(local.site, local.ref, {
      to: view.commit,
      from: mine.commit,
      reason: 'dreamkeeper: pushed',
    });
  return { sessions: [...plan.sessions].sort(), refused: plan.refused, commit: view.commit };
}

interface Plan extends Pick<Publication, 'sessions' | 'refused'> {
  readonly files: readonly FileChange[];
}

async function planOf(mine: StoredView, theirs: StoredView, site: GitSite): Promise<Plan> {
  const tombstones = await readTombstones(theirs);
  const sessions: string[] = [];
  const refused: { id: string; reason: string }[] = [];
  const named: FileChange[] = [];
  const written: StreamedSession[] = [];
  for (const { summary } of await mine.sessions()) {
    const { id } = summary;
    const main = mine.pathOf(id);
    if (mine.objects.get(main) === theirs.objects.get(main)) continue;
    const buried = isBuried(tombstones, id);
    if (buried !== undefined) {
      refused.push({ id, reason: buried });
      continue;
    }
    const whole = mine.contents.sessions.has(main);
    const absent = !theirs.objects.has(main);
    if (!whole || (absent && !isForeign(mine, main))) {
      if (!absent && !(await isLonger(mine, theirs, id))) continue;
      named.push(...objectsOf(mine, id));
      sessions.push(id);
      continue;
    }
    const session = await mine.streamed(id);
    if (session === undefined) continue;
    const verdict = admit(session, await theirs.streamed(id));
    if (verdict.verdict === 'refused') refused.push({ id, reason: verdict.reason });
    if (verdict.verdict !== 'store') continue;
    written.push(verdict.session);
    sessions.push(id);
  }
  const files = [...named, ...(await changedFiles(site, theirs, { sessions: written }))];
  const begins = theirs.commit === undefined && named.length > 0 && written.length === 0;
  return { sessions, refused, files: begins ? [...files, { path: readmePath, content: readmeText }] : files };
}

/** Of a session whose words stay with their author. */
async function isLonger(mine: StoredView, theirs: StoredView, id: string): Promise<boolean> {
  const countIn = async (view: StoredView): Promise<number> =>
    (await view.sessions()).find(({ summary }) => summary.id === id)?.summary.eventCount ?? 0;
  return (await countIn(mine)) > (await countIn(theirs));
}

/** Its files are in this repository already: they are only named. */
function objectsOf(mine: StoredView, id: string): readonly FileChange[] {
  const { contents } = mine;
  const main = mine.pathOf(id);
  const parts = contents.sessions.get(main);
  const paths =
    parts === undefined
      ? [extractPath(id)]
      : Array.from({ length: parts.length }, (_, index) => partPath(main, index + 1));
  return paths.flatMap((path) => {
    const object = contents.tree.get(path);
    return object === undefined ? [] : [{ path, content: { object } }];
  });
}

/** Whether the ledger here has what the other lacks, besides what is taken from sessions anew. */
function holdsMore(mine: StoredView, published: StoredView): boolean {
  return [...mine.contents.tree].some(([path, object]) => {
    const kind = readPath(path)?.kind;
    if (kind === 'session') return !published.contents.tree.has(path);
    if (kind === 'extract' || kind === 'note' || kind === 'readme') return false;
    return published.contents.tree.get(path) !== object;
  });
}
