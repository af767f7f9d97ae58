/** The Managed Agents sessions that a repository's config names. */
import type { Config } from '../../../core/config.ts';
import { askingAnthropic } from '../../anthropic/failure.ts';
import { within, type Connection } from '../connection.ts';
import { unread, type Cursor, type Listed } from './cursor.ts';

export interface ListedSession extends Listed {
  /** The agent waits or is done: what it did so far is whole. */
  readonly rests: boolean;
  readonly model: string;
}

type Named = Config['managed'];

/** Whether the config names any sessions at Anthropic. */
export function namesSessions({ managed }: Pick<Config, 'managed'>): boolean {
  return filtersOf(managed).length > 0;
}

/**
 * Those that were not read yet, oldest first; each once, though several of agent, deployment and store may name it.
 * @throws as `askingAnthropic`.
 */
export async function listUnread(
  connection: Connection,
  named: Named,
  cursor: Cursor,
): Promise<ListedSession[]> {
  const found = new Map<string, ListedSession>();
  for (const filter of filtersOf(named)) {
    await askingAnthropic('listing Managed Agents sessions', async () => {
      const since = cursor.since === undefined ? {} : { 'created_at[gte]': cursor.since };
      const asked = { ...filter, ...since, order: 'asc', limit: 100, include_archived: true } as const;
      for await (const { id, status, agent, ...times } of connection.client.beta.sessions.list(
        asked,
        within(connection),
      )) {
        const { created_at: created, updated_at: updated } = times;
        const rests = status === 'idle' || status === 'terminated';
        found.set(id, { id, created, updated, rests, model: agent.model.id });
      }
    });
  }
  const key = ({ created, id }: Listed): string => `${created}\0${id}`;
  return unread(cursor, [...found.values()]).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function filtersOf({ agent, deployment, store }: Named) {
  return [
    ...(agent === undefined ? [] : [{ agent_id: agent }]),
    ...(deployment === undefined ? [] : [{ deployment_id: deployment }]),
    ...(store === undefined ? [] : [{ memory_store_id: store }]),
  ];
}
