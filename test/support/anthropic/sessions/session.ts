/** Sessions of managed agents: what is kept, and as the API shows it. */
import type { BetaManagedAgentsSessionEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events';
import type { BetaManagedAgentsSession } from '@anthropic-ai/sdk/resources/beta/sessions/sessions';

type Without<Event, Key extends string> = Event extends unknown ? Omit<Event, Key> : never;

/** Ids and times are given where a test does not say them. */
export type NewEvent = Without<BetaManagedAgentsSessionEvent, 'id' | 'processed_at'> & {
  readonly id?: string;
  readonly processed_at?: string;
};

export interface Session {
  readonly id: string;
  readonly agentId: string;
  readonly deploymentId: string | null;
  readonly memoryStoreIds: readonly string[];
  readonly title: string | null;
  readonly model: string;
  readonly createdAt: Date;
  status: BetaManagedAgentsSession['status'];
  updatedAt: Date;
  archivedAt?: Date;
  readonly events: BetaManagedAgentsSessionEvent[];
}

export function shownSession(session: Session): BetaManagedAgentsSession {
  const { id, title, status, createdAt, updatedAt, archivedAt, deploymentId, memoryStoreIds } = session;
  return {
    id,
    type: 'session',
    agent: agentOf(session),
    title,
    status,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    archived_at: archivedAt?.toISOString() ?? null,
    deployment_id: deploymentId,
    environment_id: 'env_0000000001',
    budget: null,
    metadata: {},
    outcome_evaluations: [],
    resources: memoryStoreIds.map((memory_store_id) => ({
      type: 'memory_store',
      memory_store_id,
      access: 'read_only',
    })),
    stats: {},
    usage: {},
    vault_ids: [],
  };
}

function agentOf({ agentId, model }: Session): BetaManagedAgentsSession['agent'] {
  return {
    id: agentId,
    type: 'agent',
    name: agentId,
    version: 1,
    model: { id: model },
    description: null,
    system: null,
    execution_identity: { type: 'service_account' },
    mcp_servers: [],
    multiagent: null,
    skills: [],
    tools: [],
  };
}

export const personSays = (text: string): NewEvent => ({
  type: 'user.message',
  content: [{ type: 'text', text }],
});

export const agentSays = (text: string): NewEvent => ({
  type: 'agent.message',
  content: [{ type: 'text', text }],
});
