/** Constructs what is done at Anthropic, where a repository's agents run: its sessions, its memory, its dreams. */
import type { AgentService } from './core/dream/agent-service.ts';
import type { ServiceOptions } from './dreamers/managed/service.ts';
import type { Settings } from './settings.ts';

export type AgentsOf = (of: Omit<ServiceOptions, 'open'>) => AgentService | undefined;

/**
 * @returns undefined for a repository whose config names nothing at Anthropic, and for all without a key.
 * @throws {DreamkeeperError} `usage` when the environment holds what is no key.
 */
export function agentsOf(settings: Pick<Settings, 'anthropic'>): AgentsOf {
  return (of) => {
    const hasSessions = Object.values(of.config.managed).some((id) => id !== undefined);
    if (!hasSessions && of.config.sync === undefined) return undefined;
    const access = settings.anthropic();
    if (access === undefined) return undefined;
    const service = async (): Promise<AgentService> => {
      // The SDK takes longer to load than most commands take.
      const { openAnthropic } = await import('./dreamers/anthropic/client.ts');
      const { createAgentService } = await import('./dreamers/managed/service.ts');
      return createAgentService({ ...of, open: () => openAnthropic(access) });
    };
    return {
      hasSessions,
      takeIn: async (now, options) => (await service()).takeIn(now, options),
      sync: async (commit, signal) => (await service()).sync(commit, signal),
    };
  };
}
