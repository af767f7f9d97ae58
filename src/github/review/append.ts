/**
 * What is left out of a dream that people have committed to: nothing is rendered over what they did, so commits on top of
 * it take proposals back, and bring them in again. Each names what it does, so that the branch itself tells how it stands.
 */
import type { Journal, JournalProposal } from '../../core/dream/journal.ts';
import { renderCommits } from '../../core/dream/render-commits.ts';
import { DreamkeeperError } from '../../core/error.ts';
import type { Cleared } from '../../core/guard/finding.ts';
import type { Store } from '../../core/memory/entry.ts';
import { count } from '../../core/review/wording.ts';
import { applyChange } from '../../git/apply-change.ts';
import { importCommits } from '../../git/fast-import.ts';
import { modeFor } from '../../git/path.ts';
import { gitText, runGit } from '../../git/run.ts';
import { listTree } from '../../git/tree.ts';
import { writeSigned } from '../pull-request/verified.ts';
import type { HostedPlace } from '../repositories.ts';

export interface Appending {
  readonly journal: Journal;
  /** Where the branch is, with what people committed. */
  readonly tip: string;
  /** Numbers that shall be out. */
  readonly dropped: ReadonlySet<number>;
  /** ISO 8601; the date of the commits. */
  readonly at: string;
  /** The memory at the base, and what passed the guard on it: what is brought in again is rendered from these. */
  readonly store: Store;
  readonly cleared: readonly Cleared[];
}

/**
 * Commits that make the branch hold what it shall; no ref is moved.
 * @returns the new tip; the same when nothing is to be done.
 * @throws {DreamkeeperError} `conflict` when people changed the lines of a proposal that shall go or come.
 */
export async function appendedTip(
  { repository }: Pick<HostedPlace, 'repository'>,
  appending: Appending,
): Promise<string> {
  const { journal, dropped, at } = appending;
  let { tip: onto } = appending;
  const last = await lastChanges(repository, journal, onto);
  for (const proposal of journal.proposals) {
    const { number } = proposal;
    const isIn = last.get(number) ?? proposal.commit !== undefined;
    if (isIn !== dropped.has(number)) continue;
    const change = isIn ? takingBack(proposal) : await bringingIn(repository, appending, proposal);
    if (change === undefined) continue;
    const message = messageOf(journal.id, number, isIn);
    const applied = await applyChange(repository, { ...change, onto, message, at });
    if ('conflicts' in applied) throw inTheWay(proposal, isIn, applied.conflicts);
    onto = applied.commit;
  }
  return onto;
}

/** Writes commits that are here to the branch on GitHub, one by one and signed; a job that dies in between goes on later. */
export async function appendSigned(
  place: Pick<HostedPlace, 'hosted' | 'repository'>,
  { branch, from, to }: { readonly branch: string; readonly from: string; readonly to: string },
): Promise<void> {
  const { site } = place.repository;
  const range = await gitText(site, ['rev-list', '--reverse', to, `^${from}`, '--']);
  let parent = from;
  for (const commit of range.split('\n').filter((line) => line !== '')) {
    const text = await gitText(site, ['log', '--no-walk', '--format=%B', commit, '--']);
    const [headline = '', ...body] = text.trim().split('\n');
    const message = { headline, body: body.join('\n').trim() };
    parent = await writeSigned(place, { branch, parent, commit, message });
  }
}

function takingBack({ commit }: JournalProposal): { from: string; to: string } | undefined {
  return commit === undefined ? undefined : { from: commit, to: `${commit}^` };
}

/** What it does to the base alone, whatever else is in the branch. */
async function bringingIn(
  { site }: HostedPlace['repository'],
  { journal, store, cleared, at }: Appending,
  { number }: JournalProposal,
): Promise<{ from: string; to: string } | undefined> {
  const wanted = cleared.filter((proposal) => proposal.number === number);
  const [made] = renderCommits(store, wanted, journal.id);
  if (made === undefined) return undefined;
  const tree = await listTree(site, journal.base);
  const files = [...made.commit.files].map(([path, content]) => ({
    path,
    content,
    mode: modeFor(tree, path),
  }));
  const [to] = await importCommits(site, [{ message: made.commit.message, parent: journal.base, files }], at);
  return to === undefined ? undefined : { from: journal.base, to };
}

const key = { out: 'Dream-Left-Out', in: 'Dream-Taken-Back-In' } as const;

/** Fixed words and ids only, like all messages of ours. */
function messageOf(dream: string, number: number, goes: boolean): string {
  const title = goes ? 'Leave a proposal out again' : 'Take a proposal back in';
  return `${title}\n\n${goes ? key.out : key.in}: ${dream} ${number}\n`;
}

/** By number, whether the newest commit of ours about a proposal brought it in. */
async function lastChanges(
  { site }: HostedPlace['repository'],
  { id, base }: Journal,
  tip: string,
): Promise<ReadonlyMap<number, boolean>> {
  const format = `--format=%(trailers:key=${key.out},key=${key.in})`;
  const { stdout } = await runGit(site, ['log', '--first-parent', format, tip, `^${base}`, '--']);
  const found = new Map<number, boolean>();
  for (const line of Buffer.from(stdout).toString('utf8').split('\n')) {
    const [, name = '', dream, number] = /^(Dream-[A-Za-z-]+): (\S+) (\d{1,6})$/.exec(line) ?? [];
    if (dream === id && !found.has(Number(number))) found.set(Number(number), name === key.in);
  }
  return found;
}

function inTheWay(
  { number, commit }: JournalProposal,
  goes: boolean,
  files: readonly string[],
): DreamkeeperError {
  const where = files.length === 1 ? (files[0] ?? '') : count(files.length, 'file');
  return new DreamkeeperError(
    'conflict',
    `proposal ${number} cannot be ${goes ? 'taken out' : 'brought in'} by itself: commits on the branch changed the same lines of ${where}`,
    {
      remedy:
        goes && commit !== undefined
          ? `Commit ${commit.slice(0, 7)} is what it did: take it back there by hand.`
          : 'Change the file on the branch by hand.',
    },
  );
}
