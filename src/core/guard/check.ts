/** May this be proposed? Every proposal is checked by itself and with the others; only what passes is rendered. */
import type { Orientation } from '../dream/dreamer.ts';
import type { Decision, Journal } from '../dream/journal.ts';
import type { Proposal } from '../dream/proposal.ts';
import { independentGroups } from '../sessions/independence.ts';
import type { Redactor } from '../sessions/redact.ts';
import type { Event } from '../sessions/session.ts';
import type { Store } from '../memory/entry.ts';
import { checks } from './checks.ts';
import { findingsOf, type DreamContext, type GuardContext } from './context.ts';
import { dreamChecks } from './dream-checks.ts';
import type { CheckName, Cleared, Finding, Withheld } from './finding.ts';
import { removalsMerged } from './history.ts';
import type { Removal } from './loss.ts';

export interface GuardInput {
  readonly store: Store;
  readonly proposals: readonly Proposal[];
  readonly input: Pick<
    Orientation,
    'repository' | 'sessions' | 'decisions' | 'config' | 'now' | 'readSession'
  >;
  readonly past: { readonly journals: readonly Journal[]; readonly decisions: readonly Decision[] };
  readonly redactor: Redactor;
  readonly comments?: NonNullable<DreamContext['comments']>;
  readonly cleanUp?: boolean;
}

export interface Guarded {
  /** In the order given. */
  readonly cleared: readonly Cleared[];
  readonly withheld: readonly Withheld[];
}

/** Reads what the cited sessions say, then clears or withholds each proposal. Call it again after every drop or revision. */
export async function clearProposals(guard: GuardInput): Promise<Guarded> {
  const ctx = await readContext(guard);
  return clear(ctx, guard.proposals, removalsMerged(guard.past.journals, guard.past.decisions));
}

/** `clearProposals` when all is read. The checks of the dream run again on what is left until they block nothing. */
export async function clear(
  ctx: DreamContext,
  proposals: readonly Proposal[],
  removed: readonly Removal[],
): Promise<Guarded> {
  const findings = new Map<number, readonly Finding[]>();
  for (const proposal of proposals) findings.set(proposal.number, await checkProposal({ ...ctx, proposal }));
  let left = proposals.filter(({ number }) => !isBlocked(findings.get(number)));
  for (let settled = false; !settled;) {
    const together = checkDream(ctx, left, removed);
    const blocked = left.filter(({ number }) => isBlocked(together.get(number)));
    settled = blocked.length === 0;
    for (const { number } of settled ? left : blocked) {
      findings.set(number, [...(findings.get(number) ?? []), ...(together.get(number) ?? [])]);
    }
    left = left.filter((proposal) => !blocked.includes(proposal));
  }
  const passes = new Set(left.map(({ number }) => number));
  const checked = proposals.map((proposal) => ({
    ...proposal,
    findings: findings.get(proposal.number) ?? [],
  }));
  return {
    // The one place that brands a proposal as cleared.
    cleared: checked.filter(({ number }) => passes.has(number)) as unknown as readonly Cleared[],
    withheld: checked.filter(({ number }) => !passes.has(number)),
  };
}

/** All findings of one proposal. A check that throws blocks: what could not be checked is not known to be good. */
export async function checkProposal(ctx: GuardContext): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { name, check } of checks) {
    try {
      found.push(...(await check(ctx)));
    } catch (error) {
      found.push(unchecked(name, error));
    }
  }
  return found;
}

/**
 * Findings by proposal number that only show when proposals are seen together. What one check blocks is gone for the
 * next: it takes no room from others.
 */
export function checkDream(
  ctx: DreamContext,
  proposals: readonly Proposal[],
  removed: readonly Removal[],
): Map<number, Finding[]> {
  const found = new Map<number, Finding[]>(proposals.map(({ number }) => [number, []]));
  let left = proposals;
  for (const { name, check } of dreamChecks) {
    try {
      for (const [number, findings] of check(ctx, left, removed)) found.get(number)?.push(...findings);
    } catch (error) {
      for (const { number } of left) found.get(number)?.push(unchecked(name, error));
    }
    left = left.filter(({ number }) => !isBlocked(found.get(number)));
  }
  return found;
}

const isBlocked = (findings: readonly Finding[] = []): boolean =>
  findings.some(({ severity }) => severity === 'block');

function unchecked(name: CheckName, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return findingsOf(name).block(`It could not be checked: ${reason}`);
}

async function readContext({
  store,
  proposals,
  input,
  redactor,
  comments,
  cleanUp = false,
}: GuardInput): Promise<DreamContext> {
  const events = await readCited(proposals, input.readSession);
  return {
    store,
    quoted: (session, event) => events.get(`${session}\n${event}`),
    sessions: new Map(input.sessions.map((session) => [session.id, session])),
    groups: independentGroups(input.sessions),
    repository: input.repository,
    rejections: input.decisions.filter((decision) => decision.type === 'rejected'),
    ...(comments === undefined ? {} : { comments }),
    config: input.config,
    redactor,
    now: input.now,
    cleanUp,
  };
}

/** One session in memory at a time; of each only the events that are cited. */
async function readCited(
  proposals: readonly Proposal[],
  readSession: Orientation['readSession'],
): Promise<ReadonlyMap<string, Event>> {
  const cited = proposals.flatMap(({ evidence }) => evidence.filter((item) => item.type === 'quote'));
  const bySession = Map.groupBy(cited, ({ session }) => session);
  const events = new Map<string, Event>();
  for (const [id, quotes] of bySession) {
    const wanted = new Set(quotes.map(({ event }) => event));
    const session = await readSession(id);
    for (const event of session?.events ?? [])
      if (wanted.has(event.n)) events.set(`${id}\n${event.n}`, event);
  }
  return events;
}
