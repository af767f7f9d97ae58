/** What is remembered of a proposal that a person did not want, and which later proposals are the same again. */
import type { Store } from '../memory/entry.ts';
import { entriesOf } from '../memory/operation.ts';
import { wordSimilarity } from '../text/similarity.ts';
import { stems } from '../text/words.ts';
import type { JournalProposal, Rejection } from './journal.ts';
import type { Proposal } from './proposal.ts';

/** Word similarity from which two proposals want the same (DESIGN section 7). */
const sameWords = 0.6;

export interface RejectionData {
  /** ISO 8601; only evidence from sessions begun later can bring the proposal back. */
  readonly at: string;
  readonly dream: string;
  readonly person?: string;
  readonly reason?: string;
}

type Fingerprint = Pick<Rejection, 'kind' | 'targets' | 'words'>;

/** The decision to record when a person drops or rejects a proposal. */
export function rejectionOf(proposal: JournalProposal, data: RejectionData): Rejection {
  const texts = new Map(proposal.before.map(({ id, text }) => [id, text]));
  return {
    type: 'rejected',
    at: data.at,
    ...(data.person === undefined ? {} : { person: data.person }),
    dream: data.dream,
    number: proposal.number,
    ...fingerprintOf(proposal, (entry) => texts.get(entry)),
    evidence: proposal.evidence,
    signals: proposal.signals,
    ...(data.reason === undefined ? {} : { reason: data.reason }),
  };
}

/**
 * Whether a proposal wants what was rejected: the same kind of change to the same entries, or the same words. A place
 * alone is no target: one rejected line under a heading says nothing about others there. And saying no to a removal is
 * no rejection of a wording, nor the other way round.
 */
export function matchesRejection(proposal: Proposal, rejection: Rejection, store: Store): boolean {
  const { kind, targets, words } = fingerprintOf(proposal, (entry) => store.entries.get(entry)?.text);
  const entries = targets.filter((target) => !target.includes('#'));
  if (kind === rejection.kind && entries.length > 0 && sameSet(targets, rejection.targets)) return true;
  return takesAway(kind) === takesAway(rejection.kind) && wordSimilarity(words, rejection.words) >= sameWords;
}

const takesAway = (kind: Proposal['kind']): boolean => kind === 'retire';

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));

function fingerprintOf(proposal: Proposal, textOf: (entry: string) => string | undefined): Fingerprint {
  const { kind, operations, evidence } = proposal;
  const targets = operations.flatMap((operation) =>
    operation.op === 'add'
      ? [`${operation.file}#${(operation.heading ?? []).join('#')}`]
      : entriesOf(operation),
  );
  const enforced = kind === 'enforce' ? evidence.filter((item) => item.type === 'entry') : [];
  const texts = [
    // What would be written; where nothing is, what would go.
    ...operations.flatMap((operation) =>
      'text' in operation ? [operation.text] : entriesOf(operation).map((entry) => textOf(entry) ?? ''),
    ),
    ...enforced.map(({ text }) => text),
  ];
  return {
    kind,
    targets: unique([...targets, ...enforced.map(({ entry }) => entry)]),
    words: unique(texts.flatMap((text) => stems(text))),
  };
}

const unique = (list: readonly string[]): string[] => [...new Set(list)].sort();
