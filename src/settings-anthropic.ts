/** What the environment says of Anthropic's API: the names are its SDK's own. */
import { DreamkeeperError } from './core/error.ts';

export interface AnthropicSettings {
  /** ANTHROPIC_API_KEY. */
  readonly apiKey: string;
  /** ANTHROPIC_BASE_URL: a gateway in front of the API. */
  readonly baseURL?: string;
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
  const baseURL = env.ANTHROPIC_BASE_URL?.trim() ?? '';
  if (baseURL === '') return { apiKey };
  const url = URL.parse(baseURL);
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isOwn(url.hostname));
  if (url === null || !secure || url.username !== '' || url.password !== '')
    throw wrong(
      'ANTHROPIC_BASE_URL is no address that a key may be sent to',
      'It begins with https:// (or http:// for a gateway on this machine), without a user or a password in it.',
    );
  return { apiKey, baseURL };
}

const isOwn = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host);

function wrong(message: string, remedy: string): DreamkeeperError {
  return new DreamkeeperError('usage', message, { remedy });
}
