/** What the environment says of Anthropic's API: the names are its SDK's own. */
import { DreamkeeperError } from './core/error.ts';

export interface AnthropicSettings {
  /** ANTHROPIC_API_KEY. */
  readonly apiKey: string;
  /** ANTHROPIC_BASE_URL: a gateway in front of the API. */
  readonly baseURL?: string;
  /** ANTHROPIC_WEBHOOK_SECRET: with it Anthropic signs that sessions changed; without it they are only looked for. */
  readonly webhookSecret?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @returns undefined without a key: no model is asked then.
 * @throws {DreamkeeperError} `usage` that names the variable, and never says what is in it.
 */
export function readAnthropicSettings(env: Environment): AnthropicSettings | undefined {
  const apiKey = env.ANTHROPIC_API_KEY?.trim() ?? '';
  if (apiKey === '') return undefined;
  if (/[\x00-\x20\x7f]/.test(apiKey))
    throw wrong('ANTHROPIC_API_KEY is no key', 'It is one line, without spaces.');
  const webhookSecret = secretOf(env);
  const access = { apiKey, ...(webhookSecret === undefined ? {} : { webhookSecret }) };
  const baseURL = env.ANTHROPIC_BASE_URL?.trim() ?? '';
  if (baseURL === '') return access;
  const url = URL.parse(baseURL);
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isOwn(url.hostname));
  if (url === null || !secure || url.username !== '' || url.password !== '')
    throw wrong(
      'ANTHROPIC_BASE_URL is no address that a key may be sent to',
      'It begins with https:// (or http:// for a gateway on this machine), without a user or a password in it.',
    );
  return { ...access, baseURL };
}

/** As the Claude Console shows it once: `whsec_` and base64. */
function secretOf(env: Environment): string | undefined {
  const secret = env.ANTHROPIC_WEBHOOK_SECRET?.trim() ?? '';
  if (secret === '') return undefined;
  if (/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(secret)) return secret;
  throw wrong('ANTHROPIC_WEBHOOK_SECRET is no secret of a webhook', 'It begins with whsec_ and is one line.');
}

const isOwn = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host);

function wrong(message: string, remedy: string): DreamkeeperError {
  return new DreamkeeperError('usage', message, { remedy });
}
