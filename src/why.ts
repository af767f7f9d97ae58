/** Why a line of memory is there: blame → trailers → journal, and for lines of people who wrote them (DESIGN section 4). */
import type { Evidence } from './core/dream/evidence.ts';
import type { Journal, JournalProposal } from './core/dream/journal.ts';
import type { LedgerView } from './core/dream/ledger.ts';
import { refutes } from './core/dream/said/refutes.ts';
import type { Signal } from './core/dream/signal.ts';
import { DreamkeeperError } from './core/error.ts';
import { parseTrailers } from './core/review/commit-message.ts';
import { bearingOf } from './core/text/claim/bearing.ts';

/** A line, and the commit that last wrote it; no commit: it is not committed yet. */
export interface BlamedLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly commit?: string;
  readonly author?: string;
  /** ISO 8601 in UTC. */
  readonly at?: string;
  /** The whole message of that commit. */
  readonly message?: string;
}

/** How a session bears on a line that no dream wrote. */
export interface Bearing {
  readonly session: string;
  readonly event: number;
  readonly quote: string;
  readonly person?: string;
  readonly at?: string;
}

export interface Why {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly commit: string | null;
  readonly author: string | null;
  readonly at: string | null;
  readonly dream: string | null;
  /** Where the dream was reviewed, if in a pull request. */
  readonly pullRequest: number | null;
  readonly proposal: number | null;
  readonly kind: JournalProposal['kind'] | null;
  readonly title: string | null;
  readonly rationale: string | null;
  readonly evidence: readonly Evidence[];
  readonly supported: readonly Bearing[];
  readonly violated: readonly Bearing[];
}

/** @param signals of all sessions; only read for lines that no dream wrote. */
export async function why(
  blamed: BlamedLine,
  view: LedgerView,
  signals: () => Promise<readonly Signal[]>,
): Promise<Why> {
  const journals = await view.journals();
  const cause = byTrailers(blamed, journals) ?? byAddedLine(blamed, journals);
  const said = cause === undefined ? await signals() : [];
  return {
    file: blamed.file,
    line: blamed.line,
    text: blamed.text,
    commit: blamed.commit ?? null,
    author: blamed.author ?? null,
    at: blamed.at ?? null,
    dream: cause?.journal.id ?? null,
    pullRequest: cause?.journal.pullRequest ?? null,
    proposal: cause?.proposal.number ?? null,
    kind: cause?.proposal.kind ?? null,
    title: cause?.proposal.title ?? null,
    rationale: cause?.proposal.rationale ?? null,
    evidence: cause?.proposal.evidence ?? [],
    supported: bearings(said, (signal) => supports(signal, blamed.text)),
    violated: bearings(said, (signal) => violates(signal, blamed.text)),
  };
}

interface Cause {
  readonly journal: Journal;
  readonly proposal: JournalProposal;
}

/** One trailer names the proposal; a squashed commit has several, and then the line decides between them. */
function byTrailers(blamed: BlamedLine, journals: readonly Journal[]): Cause | undefined {
  const named = parseTrailers(blamed.message ?? '').flatMap((trailer): Cause[] => {
    const journal = journals.find(({ id }) => id === trailer.dream);
    const proposal = journal?.proposals.find(({ number }) => number === trailer.proposal);
    return journal === undefined || proposal === undefined ? [] : [{ journal, proposal }];
  });
  return named.find((cause) => wrote(cause, blamed)) ?? (named.length === 1 ? named[0] : undefined);
}

/** After a squash merge with a message of its own, only the words are left: the newest dream before the commit that wrote them. */
function byAddedLine(blamed: BlamedLine, journals: readonly Journal[]): Cause | undefined {
  if (blamed.commit === undefined) return undefined;
  return journals
    .filter(({ outcome, at }) => outcome === 'proposed' && at <= (blamed.at ?? at))
    .toSorted((a, b) => (a.at > b.at ? -1 : 1))
    .flatMap((journal) => journal.proposals.map((proposal): Cause => ({ journal, proposal })))
    .find((cause) => wrote(cause, blamed));
}

function wrote({ proposal }: Cause, { file, text }: BlamedLine): boolean {
  const folded = text.trim();
  if (folded === '') return false;
  return proposal.added.some(
    (added) => added.file === file && added.lines.some((line) => line.trim() === folded),
  );
}

function supports(signal: Signal, text: string): boolean {
  if (signal.kind !== 'request' && signal.kind !== 'statement') return false;
  return bearingOf(text, signal.text) === 'same';
}

function violates(signal: Signal, text: string): boolean {
  if (signal.kind === 'refutation') return refutes(signal.text, text);
  if (signal.kind !== 'statement' && signal.kind !== 'request') return false;
  const bearing = bearingOf(text, signal.text);
  // Who corrects an agent in the sense of the line saw it broken.
  return bearing === 'conflict' || (bearing === 'same' && signal.kind === 'statement' && signal.correction);
}

function bearings(signals: readonly Signal[], test: (signal: Signal) => boolean): Bearing[] {
  return signals.filter(test).flatMap(({ quotes: [quote] }) =>
    quote === undefined
      ? []
      : [
          {
            session: quote.session,
            event: quote.event,
            quote: quote.quote,
            ...(quote.person === undefined ? {} : { person: quote.person }),
            ...(quote.at === undefined ? {} : { at: quote.at }),
          },
        ],
  );
}

/** `<file>:<line>`; the last colon divides, because file names may have some. @throws {DreamkeeperError} `usage`. */
export function parseLocation(text: string): { readonly file: string; readonly line: number } {
  const match = /^(.+):([1-9]\d{0,8})$/s.exec(text);
  if (match?.[1] === undefined)
    throw new DreamkeeperError('usage', `"${text}" is not <file>:<line>`, {
      remedy: 'For example: dreamkeeper why CLAUDE.md:12',
    });
  return { file: match[1], line: Number(match[2]) };
}
