/** The review of a dream as the verbs print it. */
import { DreamkeeperError } from '../core/error.ts';
import type { Journal } from '../core/dream/journal.ts';
import type { LedgerView } from '../core/dream/ledger.ts';
import { openDream } from '../core/dream/triggers.ts';
import type { ReviewInput } from '../core/review/input.ts';
import { droppedFrom, mergedBefore } from '../core/review/state.ts';

/** @param quotes false where no word of a session may be shown. */
export async function reviewInput(view: LedgerView, journal: Journal): Promise<ReviewInput> {
  const [journals, decisions] = [await view.journals(), await view.decisions()];
  return {
    journal,
    dropped: droppedFrom(journal.id, decisions),
    past: mergedBefore(journal, journals, decisions),
    // The person at this terminal can read the ledger; the pull request of a public repository is another matter.
    quotes: true,
    readMore: `dreamkeeper show ${journal.id} --json`,
  };
}

/** The dream with this id or the beginning of it; without one the open dream, else the newest that proposed something. */
export async function findDream(view: LedgerView, id?: string): Promise<Journal> {
  const journals = (await view.journals()).toSorted((a, b) => (a.at > b.at ? -1 : 1));
  if (id !== undefined) return namedDream(journals, id);
  const found =
    openDream(journals, await view.decisions()) ??
    journals.find(({ outcome }) => outcome === 'proposed') ??
    journals[0];
  if (found === undefined)
    throw new DreamkeeperError('repository', 'there was no dream yet', {
      remedy: 'Run "dreamkeeper dream".',
    });
  return found;
}

function namedDream(journals: readonly Journal[], id: string): Journal {
  const wanted = id.replace(/^dream\//, '');
  const found = journals.filter((journal) => journal.id.startsWith(wanted));
  const [only, second] = found;
  if (only !== undefined && (second === undefined || only.id === wanted)) return only;
  const known = journals.slice(0, 5).map((journal) => journal.id);
  throw new DreamkeeperError(
    'usage',
    found.length === 0 ? `there is no dream "${id}"` : `"${id}" names ${found.length} dreams`,
    { remedy: known.length === 0 ? 'There was no dream yet.' : `The newest are ${known.join(', ')}.` },
  );
}
