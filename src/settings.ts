/** What the process is told by its environment. The only reader of process.env; everybody else gets arguments. */
import { z } from 'zod';

/** What git needs of the environment: to be found, to find its user's config, and to sign in that user's name. */
const passedToGit = [
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'XDG_RUNTIME_DIR',
  'TMPDIR',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
  'GNUPGHOME',
  'GPG_TTY',
  'SSH_AUTH_SOCK',
  // Windows starts no process without these.
  'SystemRoot',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'TEMP',
] as const;

const variable = z.string().min(1).optional().catch(undefined);
const environmentSchema = z.object(Object.fromEntries(passedToGit.map((name) => [name, variable])));

export interface Settings {
  /** The variables git may see; never API keys, never GIT_DIR and its kin, which would point it elsewhere. */
  readonly git: Readonly<Record<string, string>>;
}

/** @param env the environment of the process; empty variables count as unset. */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const given = Object.entries(environmentSchema.parse(env));
  return {
    git: Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  };
}
