/** Who dreams for a repository, as its config says; a server may not have them. */
import { configPath, type Config } from '../core/config.ts';
import type { Dreamer } from '../core/dream/dreamer.ts';
import { DreamkeeperError } from '../core/error.ts';

export interface Mind {
  readonly dreamer: Dreamer;
  /** The server does not have it, and what to do: the repository sleeps until it has. */
  readonly lacking?: string;
}

/** @param dreamerOf throws `config` for a dreamer that is not there. */
export function mindOf(config: Config, dreamerOf: (config: Config) => Dreamer): Mind {
  try {
    return { dreamer: dreamerOf(config) };
  } catch (error) {
    if (!(error instanceof DreamkeeperError) || error.code !== 'config') throw error;
    const { message, remedy = '' } = error;
    return { dreamer: refusing(config, error), lacking: `${configPath}: ${message}. ${remedy}`.trim() };
  }
}

function refusing({ dream: { dreamer = 'embedded' } }: Config, error: DreamkeeperError): Dreamer {
  return { name: dreamer, paid: false, dream: () => Promise.reject(error) };
}
