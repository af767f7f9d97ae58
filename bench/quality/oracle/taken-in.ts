/** A world as it lies on the ledger and in the repository. */
import type { Store } from '../../../src/core/memory/entry.ts';
import { parseStore } from '../../../src/core/memory/parse.ts';
import type { Session } from '../../../src/core/sessions/session.ts';
import type { Place } from '../place.ts';
import type { World } from '../world.ts';

/** Source files of a world are no memory. */
export function memoryOf({ files }: World): Store {
  const memory = Object.entries(files).filter(([path]) => path.endsWith('.md'));
  return parseStore(memory.map(([path, text]) => ({ path, text })));
}

/** Takes the transcripts in. @returns the sessions as they were kept */
export async function takenIn(place: Place, world: World): Promise<readonly Session[]> {
  await place.take(world.transcripts);
  const view = await place.workplace.ledger.read();
  const all = await Promise.all((await view.sessions()).map(({ summary }) => view.session(summary.id)));
  return all.flatMap((session) => session ?? []);
}
