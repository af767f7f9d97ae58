/** What a test lets happen in sessions of managed agents. */
import type { BetaManagedAgentsSessionEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events';
import type { World } from '../world.ts';
import type { NewEvent, Session } from './session.ts';

export interface NewSession {
  /** One of our own when left out. */
  readonly id?: string;
  readonly agent?: string;
  readonly deployment?: string;
  /** Ids of the stores it has mounted. */
  readonly memoryStores?: readonly string[];
  readonly title?: string;
  readonly model?: string;
  readonly createdAt?: Date;
  readonly status?: Session['status'];
  readonly events?: readonly NewEvent[];
}

export interface Sessions {
  /** @returns the id of a new session; it is idle unless said otherwise. */
  readonly add: (session?: NewSession) => string;
  /** More happens in it. */
  readonly goOn: (session: string, events: readonly NewEvent[], status?: Session['status']) => void;
  readonly archive: (session: string) => void;
  readonly delete: (session: string) => void;
}

export function sessionsByHand(world: World): Sessions {
  const sessionOf = (id: string): Session => {
    const session = world.sessions.get(id);
    if (session === undefined) throw new Error(`there is no session ${id}`);
    return session;
  };
  return {
    add({ events = [], ...parts } = {}) {
      const createdAt = parts.createdAt ?? world.now();
      const session: Session = {
        id: parts.id ?? world.newId('sesn'),
        agentId: parts.agent ?? 'agent_0000000001',
        deploymentId: parts.deployment ?? null,
        memoryStoreIds: parts.memoryStores ?? [],
        title: parts.title ?? null,
        model: parts.model ?? 'claude-large',
        status: parts.status ?? 'idle',
        createdAt,
        updatedAt: createdAt,
        events: events.map((event) => eventOf(world, event)),
      };
      world.sessions.set(session.id, session);
      return session.id;
    },
    goOn(id, events, status) {
      const session = sessionOf(id);
      session.events.push(...events.map((event) => eventOf(world, event)));
      session.status = status ?? session.status;
      session.updatedAt = world.now();
    },
    archive(id) {
      sessionOf(id).archivedAt = world.now();
    },
    delete: (id) => void world.sessions.delete(id),
  };
}

function eventOf(world: World, event: NewEvent): BetaManagedAgentsSessionEvent {
  return { id: world.newId('sevt'), processed_at: world.now().toISOString(), ...event };
}
