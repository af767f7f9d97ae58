/** What the process is told by its environment. The only reader of process.env; everybody else gets arguments. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { DreamkeeperError } from './core/error.ts';
import { readAnthropicSettings, type AnthropicSettings } from './settings-anthropic.ts';
import {
  readGithubAddresses,
  readGithubSettings,
  type GithubAddresses,
  type GithubSettings,
} from './settings-github.ts';

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
  // How remotes are reached from behind a proxy; curl knows both spellings.
  'HTTPS_PROXY',
  'https_proxy',
  'http_proxy',
  'ALL_PROXY',
  'all_proxy',
  'NO_PROXY',
  'no_proxy',
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
  /** Whether answers are coloured: NO_COLOR and FORCE_COLOR decide (no-color.org), else each terminal. */
  readonly colour: 'always' | 'never' | 'auto';
  /** Show where an unexpected error happened. */
  readonly debug: boolean;
  /** DATABASE_URL: the PostgreSQL of the queue; absent, `serve` starts one of its own. */
  readonly databaseUrl?: string;
  /** DREAMKEEPER_DATA: where `serve` keeps its own database; else a folder for the state of programs. */
  readonly dataFolder: string;
  /** LOG_LEVEL of `serve`. */
  readonly logLevel: string;
  /** HOST: the address on which `serve` listens. */
  readonly host: string;
  /** PORT of `serve`. Read when it is needed: other programs use the name too. @throws {DreamkeeperError} `usage` */
  port(): number | undefined;
  /** OTEL_EXPORTER_OTLP_ENDPOINT is set: traces are wanted. Its exporter reads it, and its kin, itself. */
  readonly traces: boolean;
  /**
   * The GitHub App: of APP_ID and its kin, else the one that the set-up page made. Read when it is needed, as PORT is.
   * @throws {DreamkeeperError} `usage`
   */
  github(): GithubSettings | undefined;
  /** ANTHROPIC_API_KEY and its kin. Read when a model may be asked. @throws {DreamkeeperError} `usage` */
  anthropic(): AnthropicSettings | undefined;
  /** GHE_HOST. @throws {DreamkeeperError} `usage` */
  githubAddresses(): GithubAddresses;
  /** Where the set-up page keeps the App that it made: lines as in an environment. */
  readonly appEnvironmentFile: string;
}

/** @param env the environment of the process; empty variables count as unset. */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const given = Object.entries(environmentSchema.parse(env));
  const dataFolder = dataFolderOf(env);
  const appEnvironmentFile = join(dataFolder, 'github-app.env');
  return {
    git: Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    colour: colourOf(env),
    debug: isSet(env.DREAMKEEPER_DEBUG),
    ...(isGiven(env.DATABASE_URL) ? { databaseUrl: env.DATABASE_URL } : {}),
    dataFolder,
    logLevel: isGiven(env.LOG_LEVEL) ? env.LOG_LEVEL : 'info',
    host: isGiven(env.HOST) ? env.HOST : '127.0.0.1',
    port: () => portOf(env.PORT),
    traces: isGiven(env.OTEL_EXPORTER_OTLP_ENDPOINT),
    github: () => readGithubSettings(isGiven(env.APP_ID) ? env : { ...env, ...linesOf(appEnvironmentFile) }),
    anthropic: () => readAnthropicSettings(env),
    githubAddresses: () => readGithubAddresses(env),
    appEnvironmentFile,
  };
}

/** None when there is no such file. @throws {DreamkeeperError} `usage` when it is there and cannot be read. */
function linesOf(file: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new DreamkeeperError('usage', `${file} cannot be read`, {
      remedy:
        'It holds the GitHub App that the set-up page made: let this user read it, or set APP_ID and its kin.',
      cause: error,
    });
  }
}

function colourOf(env: Readonly<Record<string, string | undefined>>): Settings['colour'] {
  if ((env.NO_COLOR ?? '') !== '') return 'never';
  if (isSet(env.FORCE_COLOR)) return 'always';
  return env.TERM === 'dumb' || env.FORCE_COLOR === '0' ? 'never' : 'auto';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

function isGiven(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** @throws {DreamkeeperError} `usage` for what is no port: a server on another one than was meant is not found. */
function portOf(value: string | undefined): number | undefined {
  if (!isGiven(value)) return undefined;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Infinity;
  if (port > 65_535) throw new DreamkeeperError('usage', `PORT is no port: ${value}`);
  return port;
}

/** As the XDG base directory specification has it; for root, whose home is closed to the user of PostgreSQL, the FHS. */
function dataFolderOf(env: Readonly<Record<string, string | undefined>>): string {
  if (isGiven(env.DREAMKEEPER_DATA)) return resolve(env.DREAMKEEPER_DATA);
  if (isGiven(env.XDG_STATE_HOME)) return join(env.XDG_STATE_HOME, 'dreamkeeper');
  const state = process.getuid?.() === 0 ? '/var/lib' : join(homedir(), '.local', 'state');
  return join(state, 'dreamkeeper');
}
