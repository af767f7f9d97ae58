/** What the environment says of the GitHub App: the names are Probot's own, so that its set-up page can fill them in. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DreamkeeperError } from './core/error.ts';

export interface GithubAddresses {
  /** GHE_HOST: a GitHub Enterprise Server, with its port where it has one. */
  readonly host?: string;
  /** Where REST is, without a slash at the end. */
  readonly apiUrl: string;
  /** Where repositories are cloned from, without a slash at the end. */
  readonly webUrl: string;
}

export interface GithubSettings extends GithubAddresses {
  /** APP_ID. */
  readonly appId: number;
  /** PRIVATE_KEY, or the file that PRIVATE_KEY_PATH names: PEM. */
  readonly privateKey: string;
  /** WEBHOOK_SECRET. */
  readonly webhookSecret: string;
  /** Which tokens of GitHub Actions are taken: DREAMKEEPER_OIDC_ISSUER and DREAMKEEPER_OIDC_AUDIENCE. */
  readonly oidc: { readonly issuer: string; readonly audience: string };
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @returns undefined without APP_ID: there is no App then.
 * @throws {DreamkeeperError} `usage` that names the variable, and never says what is in it.
 */
export function readGithubSettings(env: Environment): GithubSettings | undefined {
  const appId = given(env.APP_ID);
  if (appId === undefined) return undefined;
  if (!/^[1-9]\d{0,15}$/.test(appId))
    throw wrong('APP_ID is no number', 'It is the "App ID" on the settings page of the GitHub App.');
  const addresses = readGithubAddresses(env);
  return {
    appId: Number(appId),
    privateKey: privateKeyOf(env),
    webhookSecret: secretOf(env),
    ...addresses,
    oidc: {
      issuer: issuerOf(env, addresses),
      audience: given(env.DREAMKEEPER_OIDC_AUDIENCE) ?? 'dreamkeeper',
    },
  };
}

function privateKeyOf(env: Environment): string {
  const [name, text] = keyText(env);
  const unescaped = text.replaceAll(String.raw`\n`, '\n').trim();
  const pem = unescaped.startsWith('-----BEGIN')
    ? unescaped
    : Buffer.from(unescaped, 'base64').toString('utf8').trim();
  try {
    if (createPrivateKey(pem).asymmetricKeyType === 'rsa') return `${pem}\n`;
  } catch {
    // What the parser says could quote the key.
  }
  throw wrong(
    `${name} holds no RSA private key`,
    'Give the PEM file that GitHub made for the App: as it is, with \\n for line breaks, or in base64.',
  );
}

function keyText(env: Environment): readonly [name: string, text: string] {
  const [key, path] = [given(env.PRIVATE_KEY), given(env.PRIVATE_KEY_PATH)];
  if (key !== undefined) return ['PRIVATE_KEY', key];
  if (path === undefined)
    throw wrong('APP_ID is set, PRIVATE_KEY is not', 'Set PRIVATE_KEY, or PRIVATE_KEY_PATH to its file.');
  try {
    return ['PRIVATE_KEY_PATH', readFileSync(path, 'utf8')];
  } catch (error) {
    throw new DreamkeeperError('usage', 'PRIVATE_KEY_PATH names a file that cannot be read', {
      remedy: 'Name the .pem file of the GitHub App, and let this user read it.',
      cause: error,
    });
  }
}

/** Probot falls back to "development", with which anybody could sign. */
function secretOf(env: Environment): string {
  const secret = given(env.WEBHOOK_SECRET);
  if (secret !== undefined && secret.trim() !== '' && secret !== 'development') return secret;
  throw wrong(
    secret === undefined ? 'APP_ID is set, WEBHOOK_SECRET is not' : 'WEBHOOK_SECRET can be guessed',
    'Set it to what stands as "Webhook secret" in the settings of the GitHub App; openssl rand -hex 32 makes one.',
  );
}

/** @throws {DreamkeeperError} `usage` that names the variable. */
export function readGithubAddresses(env: Environment): GithubAddresses {
  const host = given(env.GHE_HOST);
  const protocol = given(env.GHE_PROTOCOL) ?? 'https';
  if (protocol !== 'https' && protocol !== 'http') throw wrong('GHE_PROTOCOL is neither https nor http');
  if (host === undefined) return { apiUrl: 'https://api.github.com', webUrl: 'https://github.com' };
  if (!/^[a-z0-9.-]+(:\d{1,5})?$/i.test(host))
    throw wrong('GHE_HOST is no host name', 'Leave the scheme and the path out: github.example.com');
  const webUrl = `${protocol}://${host}`;
  return { host, apiUrl: `${webUrl}/api/v3`, webUrl };
}

/** Clouds of one customer and issuers of one enterprise have others than these two. */
function issuerOf(env: Environment, { host, webUrl }: Pick<GithubSettings, 'host' | 'webUrl'>): string {
  const asked = given(env.DREAMKEEPER_OIDC_ISSUER)?.replace(/\/$/, '');
  if (asked === undefined)
    return host === undefined ? 'https://token.actions.githubusercontent.com' : `${webUrl}/_services/token`;
  const { protocol } = new URL(webUrl);
  if (URL.canParse(asked) && new URL(asked).protocol === protocol) return asked;
  throw wrong('DREAMKEEPER_OIDC_ISSUER is no https address', 'It is the claim "iss" of the tokens.');
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function wrong(message: string, remedy?: string): DreamkeeperError {
  return new DreamkeeperError('usage', message, remedy === undefined ? {} : { remedy });
}
