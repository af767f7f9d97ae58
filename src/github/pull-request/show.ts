/** Makes the pull request of the open dream say what the ledger says; what says it already is left alone. */
import type { Decision, Journal } from '../../core/dream/journal.ts';
import { memoryMatcher } from '../../core/memory/memory-paths.ts';
import { checkText } from '../../core/review/check-run.ts';
import { inert } from '../../core/review/inert.ts';
import type { ReviewInput } from '../../core/review/input.ts';
import { labelsOf } from '../../core/review/labels.ts';
import { renderReview } from '../../core/review/render.ts';
import { droppedFrom, mergedBefore } from '../../core/review/state.ts';
import { statusComment } from '../../core/review/status-comment.ts';
import { ticksToRecord } from '../../core/review/ticks.ts';
import { reviewTitle } from '../../core/review/title.ts';
import type { LedgerView } from '../../core/dream/ledger.ts';
import type { OpenReview } from '../../render-again.ts';
import { showAuto } from '../auto/show-wait.ts';
import { asking } from '../failure.ts';
import { lifeNotes } from '../life-notes.ts';
import { bringBranch, type Blocked, type Brought } from './branch.ts';
import { showCheckRun } from './check-run.ts';
import { showLabels } from './labels.ts';
import { handledOf, notesOf } from './notes.ts';
import { noteNumber, openPull, type PullText } from './open.ts';
import { at, type PullRequestParts } from './parts.ts';
import { pullOf, type Pull } from './pull.ts';
import type { Reading } from './reading.ts';
import { isSameText } from './same-text.ts';
import { showStatusComment } from './status-comment.ts';

/** @param now ISO 8601 in UTC. */
export async function showOpen(
  parts: PullRequestParts,
  reading: Reading,
  { view, journal }: Pick<OpenReview, 'view' | 'journal'>,
  now: string,
): Promise<void> {
  const decisions = await view.decisions();
  const dropped = droppedFrom(journal.id, decisions);
  const before = await reading.pullOf(journal);
  // What became of it is found out by who settles.
  if (before?.open === false) return;
  const brought = await bringBranch(parts, { view, journal, dropped });
  if ('blocked' in brought) return showBlocked(parts, reading, before, { journal, decisions, ...brought });
  const input = await reviewInput(parts, view, { ...brought.journal, dropped });
  const text = { title: reviewTitle(input), body: renderReview(input) };
  const pull =
    before === undefined
      ? await opened(parts, reading, brought, text)
      : await edited(parts, reading, { journal, pull: before, decisions }, text);
  if (journal.pullRequest !== pull.number) await noteNumber(parts, journal, pull.number);
  await showLabels(parts, pull, labelsOf(input));
  const files = await memoryAt(parts, brought.tip);
  const check = checkText({ ...input, files, theirs: brought.theirs });
  await showCheckRun(parts, brought.tip, check, before === undefined && brought.pushed);
  const status = statusComment({
    commands: handledOf(journal, pull.number, decisions),
    notes: [
      ...notesOf(decisions, { theirs: brought.theirs, now }),
      ...(await lifeNotes(parts, brought.journal, decisions)),
      ...(await showAuto(parts, { ...brought.journal, pullRequest: pull.number }, decisions, now)),
    ],
  });
  await showStatusComment(parts, reading, pull, status);
}

/** It stays as it was last shown. One that was never opened is replaced by the next dream. */
async function showBlocked(
  parts: PullRequestParts,
  reading: Reading,
  pull: Pull | undefined,
  about: Blocked & { readonly journal: Journal; readonly decisions: readonly Decision[] },
): Promise<void> {
  if (pull === undefined) return;
  const commands = handledOf(about.journal, pull.number, about.decisions);
  const notes = [`This cannot be brought up to date: ${inert(about.blocked)}`];
  await showStatusComment(parts, reading, pull, statusComment({ commands, notes }));
}

/** What a review is rendered from. */
async function reviewInput(
  { publication }: PullRequestParts,
  view: LedgerView,
  { dropped, ...journal }: Journal & { readonly dropped: ReadonlySet<number> },
): Promise<ReviewInput> {
  return {
    journal,
    dropped,
    past: mergedBefore(journal, await view.journals(), await view.decisions()),
    quotes: await publication.mayQuote(),
    readMore: `dreamkeeper show ${journal.id} --json`,
  };
}

async function opened(
  parts: PullRequestParts,
  reading: Reading,
  { journal }: Brought,
  text: PullText,
): Promise<Pull> {
  const pull = await openPull(parts, journal, text);
  reading.opened(journal, pull);
  return pull;
}

/** Nothing is written over a tick that nobody has recorded yet: who hears of it records it, and shows it then. */
async function edited(
  parts: PullRequestParts,
  reading: Reading,
  {
    journal,
    pull,
    decisions,
  }: { readonly journal: Journal; readonly pull: Pull; readonly decisions: readonly Decision[] },
  { title, body }: PullText,
): Promise<Pull> {
  const ticks = ticksToRecord(pull.body, decisions);
  const keep = ticks !== undefined && ticks.boxes.length > 0;
  const change = {
    ...(title === pull.title ? {} : { title }),
    ...(keep || isSameText(pull.body, body) ? {} : { body }),
  };
  if (Object.keys(change).length === 0) return pull;
  const { data } = await asking('editing the pull request', () =>
    parts.hosted.octokit.rest.pulls.update({ ...at(parts), pull_number: pull.number, ...change }),
  );
  const now = pullOf(data);
  reading.changed(journal, now);
  return now;
}

async function memoryAt(
  { repository, config }: PullRequestParts,
  commit: string,
): Promise<ReadonlyMap<string, string>> {
  const files = await repository.readFiles(commit, memoryMatcher(config.memory));
  return new Map(files.map(({ path, text }) => [path, text]));
}
