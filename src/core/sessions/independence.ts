/** Which sessions are one piece of work: the same thing said in two of them was said once (DESIGN section 5). */
import type { SessionSummary } from '../dream/dreamer.ts';

const hour = 3_600_000;
const day = 24 * hour;
const defaultBranches = new Set(['main', 'master', 'trunk', 'develop', 'dev', 'HEAD', '']);

/**
 * Groups sessions that are not independent: one resumes, forks, plans or implements the other (`parent`), or the same
 * person ran them on one feature branch within a day, on a default or unknown branch within an hour.
 * Nearness is a chain: three sessions of a person each an hour after the other are one group.
 * @returns for each session id the id of its group: the smallest session id in it, so that it depends on no order.
 */
export function independentGroups(sessions: readonly SessionSummary[]): ReadonlyMap<string, string> {
  const groups = disjointGroups();
  for (const { id, parent } of sessions) if (parent !== undefined) groups.join(id, parent);
  for (const together of byPersonAndBranch(sessions).values()) joinNear(together, groups);
  return new Map(sessions.map(({ id }) => [id, groups.of(id)]));
}

/** Sessions of one person in one place. Nobody known counts as one person: two unknowns prove no independence. */
function byPersonAndBranch(
  sessions: readonly SessionSummary[],
): ReadonlyMap<string, readonly SessionSummary[]> {
  const together = new Map<string, SessionSummary[]>();
  for (const session of sessions) {
    const people = session.people.length > 0 ? session.people : [session.submittedBy ?? ''];
    for (const person of people) {
      const key = JSON.stringify([person, session.repository ?? session.cwd ?? '', session.branch ?? '']);
      const list = together.get(key);
      if (list) list.push(session);
      else together.set(key, [session]);
    }
  }
  return together;
}

function joinNear(sessions: readonly SessionSummary[], groups: Groups): void {
  const near = defaultBranches.has(sessions[0]?.branch ?? '') ? hour : day;
  const timed = sessions
    .map((session) => ({ id: session.id, start: time(session.startedAt), end: time(session.endedAt) }))
    .filter(({ start }) => !Number.isNaN(start))
    .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  let last: { readonly id: string; readonly until: number } | undefined;
  for (const { id, start, end } of timed) {
    if (last && start - last.until <= near) groups.join(last.id, id);
    const until = Number.isNaN(end) ? start : end;
    last = { id, until: Math.max(until, last?.until ?? until) };
  }
}

function time(iso: string | undefined): number {
  return iso === undefined ? NaN : Date.parse(iso);
}

export interface Groups {
  of(id: string): string;
  /** A parent that was never taken in still joins its children. */
  join(a: string, b: string): void;
}

/** Disjoint sets, each named by its smallest member. */
export function disjointGroups(): Groups {
  const parents = new Map<string, string>();
  const of = (id: string): string => {
    let root = id;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    for (let at = id; at !== root;) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  const join = (a: string, b: string): void => {
    const [first, second] = [of(a), of(b)];
    if (first !== second) parents.set(first < second ? second : first, first < second ? first : second);
  };
  return { of, join };
}
