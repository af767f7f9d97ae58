/** Gather, with a model: what each session teaches, read once and kept. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Mind } from '../../anthropic/mind.ts';
import type { Gathered } from '../observation.ts';
import { collectBatches } from './collect-batch.ts';
import { isRead, openShelf, type Shelf } from './kept.ts';
import { readNow } from './read-now.ts';
import { extractVersion } from './request.ts';
import { sendBatch } from './send-batch.ts';

/** Sessions below which a batch saves nothing that is worth its wait. */
const leastForBatch = 2;

/**
 * Observations of all retained sessions. Those that were read before, by this version and model, cost nothing; others are
 * read now when somebody waits for the dream, else in a batch, which a later dream collects (`waiting`).
 * @throws as `askMind`; what was finished by then has been kept.
 */
export async function gatherObservations(mind: Mind, input: DreamInput): Promise<Gathered> {
  const shelf = await openShelf(input.notes, `${extractVersion} ${mind.models.extract}`);
  const { waiting, again, sent } = await collectBatches(mind, input, shelf);
  if (waiting !== undefined) return { observations: [], remarks: [], waiting };
  await readNow(mind, input, shelf, [...again.keys()], again);
  const unread = unreadOf(input, shelf);
  if (input.urgent || unread.length < leastForBatch)
    return gathered(input, shelf, await readNow(mind, input, shelf, unread));
  const batch = await sendBatch(mind, input, shelf, unread, sent);
  if (batch.waiting !== undefined) return { observations: [], remarks: [], waiting: batch.waiting };
  return gathered(input, shelf, batch.short ? unread.length : 0);
}

function unreadOf({ sessions, objects }: DreamInput, shelf: Shelf): readonly string[] {
  return sessions.map(({ id }) => id).filter((id) => !isRead(shelf.get(id), objects.get(id)));
}

/** @param unpaid sessions that the budget did not reach for. */
function gathered(input: DreamInput, shelf: Shelf, unpaid: number): Gathered {
  const kept = input.sessions.flatMap(({ id }) => {
    const found = shelf.get(id);
    return found === undefined ? [] : [{ id, read: found.read }];
  });
  const dropped = kept.flatMap(({ read }) => read).reduce((sum, window) => sum + window.dropped, 0);
  const troubles = kept.flatMap(({ id, read }) =>
    read.flatMap(({ first, last, trouble }) =>
      trouble === undefined ? [] : [`Events ${first} to ${last} of session ${id} were not read: ${trouble}.`],
    ),
  );
  return {
    observations: kept.flatMap(({ read }) => read.flatMap(({ observations }) => observations)),
    remarks: [
      ...(unpaid === 0 ? [] : [`${sessions(unpaid)} left out: the budget did not reach for reading them.`]),
      ...troubles,
      ...(dropped === 0
        ? []
        : [
            `${dropped} of Claude's observations were dropped: the sessions do not hold the words they rest on.`,
          ]),
    ],
  };
}

const sessions = (count: number): string => (count === 1 ? '1 session was' : `${count} sessions were`);
