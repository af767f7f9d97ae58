/** Gather over the ledger: the signals of every retained session, each taken once per extractor version. */
import { extractorVersion, gather } from './core/dream/gather/gather.ts';
import type { Journal } from './core/dream/journal.ts';
import type { Extract, LedgerView } from './core/dream/ledger.ts';

/** Most new sessions in one dream (DESIGN section 7); older ones first, the rest waits. */
const mostNewSessions = 100;

const sessionFile = /^sessions\/[0-9a-f]{2}\/[0-9a-f]+\.jsonl$/;

/** Session files that no dream has read as they are now: path to object. */
export function waitingObjects(view: LedgerView, journals: readonly Journal[]): ReadonlyMap<string, string> {
  const consumed = new Set(journals.flatMap((journal) => journal.inputs.map((item) => item.object)));
  return new Map(
    [...view.objects].filter(([path, object]) => sessionFile.test(path) && !consumed.has(object)),
  );
}

function byStart(a: Extract, b: Extract): number {
  const key = (extract: Extract): string => `${extract.session.startedAt ?? ''}\0${extract.session.id}`;
  return key(a) < key(b) ? -1 : 1;
}

/** Extracts of all sessions dreamed about before and of the oldest new ones, by start; `fresh` are those not yet kept. */
export async function readExtracts(
  view: LedgerView,
  waiting: ReadonlyMap<string, string>,
  progress: (step: string) => void,
): Promise<{ extracts: Extract[]; fresh: Extract[] }> {
  const kept = await view.extracts(extractorVersion);
  const keptPaths = new Set([...kept.keys()].map((id) => view.pathOf(id)));
  const missing = [...view.objects.keys()].some((path) => sessionFile.test(path) && !keptPaths.has(path));
  const unread = missing ? (await view.sessions()).filter(({ summary }) => !kept.has(summary.id)) : [];
  const fresh: Extract[] = [];
  for (const [at, { summary, object }] of unread.entries()) {
    progress(`reading session ${at + 1} of ${unread.length}`);
    const session = await view.session(summary.id);
    if (session !== undefined)
      fresh.push({ extractor: extractorVersion, object, session: summary, signals: gather(session) });
  }
  const all = [...kept.values(), ...fresh].sort(byStart);
  const isNew = (extract: Extract): boolean => waiting.has(view.pathOf(extract.session.id));
  const beyond = new Set(all.filter(isNew).slice(mostNewSessions));
  return { extracts: all.filter((extract) => !beyond.has(extract)), fresh };
}
