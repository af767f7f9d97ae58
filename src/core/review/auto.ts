/** Whether a dream may merge itself, and if not, what it waits for (DESIGN section 9, modes). The one place that says so. */
import type { Config } from '../config.ts';
import type { Decision, Journal, JournalProposal } from '../dream/journal.ts';
import type { ProposalKind } from '../dream/proposal.ts';
import { isPaused } from '../dream/triggers.ts';
import { droppedFrom } from './state.ts';

/** What GitHub says of the pull request of a dream. */
export interface PullState {
  /** Where its branch is. */
  readonly head: string;
  readonly draft: boolean;
  /** Since when this head can be seen: ISO 8601 in UTC. Absent: it cannot be yet. */
  readonly shownAt?: string;
  /** People who said something in it that is no command, or asked for changes. */
  readonly voices: readonly string[];
}

export interface AutoInput {
  readonly config: Pick<Config, 'mode' | 'auto'>;
  /** When the config on the default branch was last changed: ISO 8601 in UTC. */
  readonly configAt?: string;
  /** As they stand (dream/decisions.ts). */
  readonly decisions: readonly Decision[];
  readonly journal: Pick<Journal, 'id' | 'head' | 'cleanUp' | 'proposals'> &
    Partial<Pick<Journal, 'dreamer'>>;
  /** Absent: it is not open. */
  readonly pull?: PullState;
  /** ISO 8601 in UTC. */
  readonly now: string;
}

export type AutoState =
  /** The config leaves merging to people. */
  | { readonly state: 'off' }
  | { readonly state: 'ready' }
  | {
      readonly state: 'waits';
      /** For whom: `time` goes by itself, everything else needs a person. */
      readonly for: 'time' | 'person';
      /** A whole sentence. */
      readonly reason: string;
      /** When the time is over, where it waits for that: ISO 8601 in UTC. */
      readonly until?: string;
    };

/** Wider than it was learned: always reviewed, whatever the config allows (DESIGN section 4). */
const neverAlone: readonly ProposalKind[] = ['promote'];

const hour = 3_600_000;

/** Ready is a dream in which nothing is for a person, and whose head has been shown for long enough. */
export function autoState(input: AutoInput): AutoState {
  if (input.config.mode !== 'auto') return { state: 'off' };
  const reason = personalReason(input);
  if (reason !== undefined) return { state: 'waits', for: 'person', reason };
  const until = waitEnds(input);
  if (until === undefined)
    return { state: 'waits', for: 'time', reason: 'The wait begins when the pull request is open.' };
  if (until > input.now)
    return { state: 'waits', for: 'time', reason: `It merges itself at ${minuteOf(until)}.`, until };
  return { state: 'ready' };
}

/** What keeps it waiting until somebody acts. */
function personalReason({ config, configAt, decisions, journal, pull, now }: AutoInput): string | undefined {
  const kept = keptOf(journal, decisions);
  if (isLowered(decisions, configAt))
    return 'Somebody said "/dream manual"; a change of the config switches auto mode on again.';
  if (isPaused(decisions, now)) return 'Dreams are paused; "/dream resume" goes on.';
  if (kept.length === 0) return 'Nothing is left in it.';
  if (journal.cleanUp === true) return 'A clean-up is always merged by a person.';
  const named = reviewed(kept, config.auto.kinds);
  if (named !== undefined) return named;
  const ungraded = kept.filter(({ grade }) => grade === undefined);
  if (journal.dreamer === 'claude' && ungraded.length > 0)
    return `${proposalsOf(ungraded)} not graded, so a person merges it.`;
  if (pull === undefined) return undefined;
  if (journal.head === undefined || pull.head !== journal.head)
    return 'The branch is not where the dream left it, and only what was checked merges itself.';
  if (pull.draft) return 'The pull request is a draft.';
  const [voice] = pull.voices;
  return voice === undefined ? undefined : `${voice} has something to say about it, so a person merges it.`;
}

function reviewed(kept: readonly JournalProposal[], kinds: readonly ProposalKind[]): string | undefined {
  const flagged = kept.filter(({ findings }) => findings.some(({ severity }) => severity !== 'note'));
  if (flagged.length > 0) return `${proposalsOf(flagged)} for a person to review.`;
  const allowed = kinds.filter((kind) => !neverAlone.includes(kind));
  const others = kept.filter(({ kind }) => !allowed.includes(kind));
  if (others.length === 0) return undefined;
  const only = allowed.length === 0 ? 'nothing' : `only what is of kind ${allowed.join(', ')}`;
  return `${proposalsOf(others)} of a kind that waits for a person: ${only} merges itself.`;
}

function proposalsOf(proposals: readonly { readonly number: number }[]): string {
  const numbers = proposals.map(({ number }) => number).sort((a, b) => a - b);
  const last = numbers.at(-1);
  return numbers.length === 1
    ? `Proposal ${last} is`
    : `Proposals ${numbers.slice(0, -1).join(', ')} and ${last} are`;
}

function keptOf(journal: AutoInput['journal'], decisions: readonly Decision[]): readonly JournalProposal[] {
  const dropped = droppedFrom(journal.id, decisions);
  return journal.proposals.filter(({ number }) => !dropped.has(number));
}

/** Commands lower autonomy and never raise it: only a later change of the config does. */
export function isLowered(decisions: readonly Decision[], configAt?: string): boolean {
  const last = decisions.findLast(({ type }) => type === 'mode');
  return last !== undefined && !(configAt !== undefined && configAt > last.at);
}

/** A head that was there before, and is again, begins anew: what is left out or taken back changes what merges. */
function waitEnds({ config, decisions, journal, pull }: AutoInput): string | undefined {
  if (pull?.shownAt === undefined) return undefined;
  const changes = decisions.flatMap((decision) =>
    (decision.type === 'dropped' || decision.type === 'restored' || decision.type === 'reopened') &&
    decision.dream === journal.id
      ? [Date.parse(decision.at)]
      : [],
  );
  const from = Math.max(Date.parse(pull.shownAt), ...changes);
  return new Date(from + config.auto.after * hour).toISOString();
}

/** `2026-03-20 18:00 UTC`, rounded up to the minute. */
function minuteOf(time: string): string {
  const minute = new Date(Math.ceil(Date.parse(time) / 60_000) * 60_000).toISOString();
  return `${minute.slice(0, 10)} ${minute.slice(11, 16)} UTC`;
}
