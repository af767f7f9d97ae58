/** Constructs the mind that a repository's config asks for. What speaks to Anthropic is loaded when it is first used. */
import { configPath, rubricPath, type Config } from './core/config.ts';
import type { Dreamer, DreamInput } from './core/dream/dreamer.ts';
import { DreamkeeperError } from './core/error.ts';
import { embeddedDreamer } from './dreamers/embedded/dreamer.ts';
import type { Settings } from './settings.ts';
import type { AnthropicSettings } from './settings-anthropic.ts';

/** Reads a file of the repository as it is at a commit. */
export interface AtCommit {
  readFile(commit: string, path: string): Promise<string | undefined>;
}

/**
 * Claude where there is a key and the config names nobody, else the embedded dreamer.
 * @throws {DreamkeeperError} `config` for a mind that needs a key where there is none; `usage` when the environment holds
 * what is no key.
 */
export function dreamerOf(
  { dream: { dreamer } }: Config,
  settings: Pick<Settings, 'anthropic'>,
  repository: AtCommit,
): Dreamer {
  if (dreamer === 'embedded') return embeddedDreamer;
  const access = settings.anthropic();
  if (access !== undefined)
    return dreamer === 'managed' ? managedDreamer(access) : claudeDreamer(access, repository);
  if (dreamer === undefined) return embeddedDreamer;
  throw new DreamkeeperError('config', `dream.dreamer: ${dreamer} needs a key of Anthropic`, {
    remedy: `Set ANTHROPIC_API_KEY where Dreamkeeper runs, or say "dreamer: embedded" in ${configPath}.`,
  });
}

/** Whoever has no key can still take in sessions and review: only dreaming says what is missing. */
export function dreamerWhenAsked(...asked: Parameters<typeof dreamerOf>): Dreamer {
  try {
    return dreamerOf(...asked);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    const { dreamer: name = 'embedded' } = asked[0].dream;
    return { name, paid: false, dream: () => Promise.reject(failure) };
  }
}

function claudeDreamer(access: AnthropicSettings, repository: AtCommit): Dreamer {
  const load = async (): Promise<Required<Dreamer>> => {
    const { openAnthropic } = await import('./dreamers/anthropic/client.ts');
    const { createClaudeDreamer } = await import('./dreamers/claude/dreamer.ts');
    const { gatherObservations } = await import('./dreamers/claude/extract/gather.ts');
    return createClaudeDreamer({
      open: () => openAnthropic(access),
      gather: gatherObservations,
      rubric: (base) => repository.readFile(base, rubricPath),
    });
  };
  return {
    name: 'claude',
    paid: true,
    dream: async (input) => (await load()).dream(input),
    revise: async (...asked) => (await load()).revise(...asked),
    explain: async (...asked) => (await load()).explain(...asked),
  };
}

function managedDreamer(access: AnthropicSettings): Dreamer {
  return {
    name: 'managed',
    paid: true,
    async dream(input: DreamInput) {
      const { openAnthropic } = await import('./dreamers/anthropic/client.ts');
      const { createManagedDreamer } = await import('./dreamers/managed/dreamer.ts');
      return createManagedDreamer({ open: () => openAnthropic(access) }).dream(input);
    },
  };
}
