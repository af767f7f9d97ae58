/** Constructs what is done at Anthropic, where a repository's agents run: its sessions, its memory, its dreams. */
import { configPath } from './core/config.ts';
import type { AgentService } from './core/dream/agent-service.ts';
import type { Dreamer } from './core/dream/dreamer.ts';
import { DreamkeeperError } from './core/error.ts';
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

/** @throws {DreamkeeperError} `config` without a key; `usage` when the environment holds what is none. */
export function managedDreamer(settings: Pick<Settings, 'anthropic'>): Dreamer {
  const access = settings.anthropic();
  if (access === undefined) {
    throw new DreamkeeperError('config', 'dream.dreamer: managed needs a key of Anthropic', {
      remedy: `Set ANTHROPIC_API_KEY, or say "dreamer: embedded" in ${configPath}.`,
    });
  }
  return {
    name: 'managed',
    paid: true,
    async dream(input) {
      const { openAnthropic } = await import('./dreamers/anthropic/client.ts');
      const { createManagedDreamer } = await import('./dreamers/managed/dreamer.ts');
      return createManagedDreamer({ open: () => openAnthropic(access) }).dream(input);
    },
  };
}
