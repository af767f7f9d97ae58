/** `/v1/sessions` and their events, to read. */
import { pageByCursor } from '../server/paging.ts';
import { found } from '../server/refusal.ts';
import { ok, type Answer, type Call, type Route } from '../server/route.ts';
import { withinTimes } from '../server/times.ts';
import { shownSession, type Session } from './session.ts';

const betas = ['managed-agents-2026-04-01'];

export const sessionRoutes: readonly Route[] = [
  { operation: 'beta.sessions.list', method: 'GET', path: '/v1/sessions', betas, answer: list },
  {
    operation: 'beta.sessions.retrieve',
    method: 'GET',
    path: '/v1/sessions/:session',
    betas,
    answer: (call) => ok(shownSession(sessionOf(call))),
  },
  {
    operation: 'beta.sessions.events.list',
    method: 'GET',
    path: '/v1/sessions/:session/events',
    betas,
    answer: listEvents,
  },
];

function list({ world, query }: Call): Answer {
  const matching = [...world.sessions.values()].filter((session) => matches(session, query));
  matching.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  if (query.get('order') !== 'asc') matching.reverse();
  return pageByCursor(matching.map(shownSession), query);
}

function matches(session: Session, query: URLSearchParams): boolean {
  const wanted = (name: string, found: string | null): boolean =>
    query.get(name) === null || query.get(name) === found;
  const store = query.get('memory_store_id');
  const statuses = query.getAll('statuses[]');
  return (
    wanted('agent_id', session.agentId) &&
    wanted('deployment_id', session.deploymentId) &&
    (store === null || session.memoryStoreIds.includes(store)) &&
    (statuses.length === 0 || statuses.includes(session.status)) &&
    (session.archivedAt === undefined || query.get('include_archived') === 'true') &&
    withinTimes(session.createdAt, query)
  );
}

function listEvents(call: Call): Answer {
  const { query } = call;
  const types = query.getAll('types[]');
  const events = sessionOf(call).events.filter(
    (event) =>
      (types.length === 0 || types.includes(event.type)) &&
      withinTimes(new Date(event.processed_at ?? 0), query),
  );
  return pageByCursor(query.get('order') === 'desc' ? events.reverse() : events, query);
}

function sessionOf({ world, at: { session = '' } }: Call): Session {
  return found(world.sessions.get(session), `The session ${session}`);
}
