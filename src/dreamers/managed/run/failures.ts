/** Why a dream at Anthropic came to nothing, and what a person can do about it. */
import type Anthropic from '@anthropic-ai/sdk';
import { DreamkeeperError } from '../../../core/error.ts';

interface Reason {
  readonly what: string;
  readonly remedy: string;
}

/** The codes of platform.claude.com/docs/en/managed-agents/dreams#errors. */
const reasons: Readonly<Record<string, Reason>> = {
  timeout: {
    what: 'ran out of time',
    remedy: 'The next one takes half as many sessions. To try at once: /dream now, or dreamkeeper dream.',
  },
  internal_error: {
    what: 'failed inside Anthropic’s service',
    remedy: 'It is tried again by itself. If it keeps failing, tell Anthropic’s support the id of the dream.',
  },
  memory_store_org_limit_exceeded: {
    what: 'had no room for another memory store in the organisation',
    remedy:
      'Delete or archive memory stores that nobody needs in the Claude Console, or have the limit raised.',
  },
  input_memory_store_too_large: {
    what: 'found the memory too large',
    remedy: 'Make the memory smaller (dreamkeeper dream --clean-up), or name fewer paths under memory.',
  },
  input_memory_store_unavailable: {
    what: 'could not read the mirror of the memory',
    remedy: 'Somebody deleted or archived the memory store meanwhile; the next dream makes it anew.',
  },
  input_session_unavailable: {
    what: 'could not read one of the sessions',
    remedy: 'Somebody deleted it meanwhile; the next dream does without.',
  },
};

const unknown: Reason = {
  what: 'failed',
  remedy:
    'platform.claude.com/docs/en/managed-agents/dreams#errors lists the reasons. It is tried again later.',
};

const cancelled: Reason = {
  what: 'was cancelled by somebody else',
  remedy: 'Ask who uses the same workspace in the Claude Console. It is tried again later.',
};

/** @param dream that failed, or was cancelled by somebody else. */
export function failureOf({ id, status, error }: Anthropic.Beta.BetaDream): DreamkeeperError {
  const reason = status === 'canceled' ? cancelled : (reasons[error?.type ?? ''] ?? unknown);
  const code = error === null ? '' : ` (${codeOf(error.type)})`;
  return new DreamkeeperError('model', `the dream ${id} at Anthropic ${reason.what}${code}`, {
    remedy: reason.remedy,
  });
}

/** Foreign text: what is no code is not repeated. */
const codeOf = (type: string): string => (/^[a-z_]{1,60}$/.test(type) ? type : 'of an unknown kind');

/** Ids of sessions that an error speaks of. */
export function sessionsIn(text: string): string[] {
  return [...new Set(text.match(/\bsesn_[A-Za-z0-9]{1,200}\b/g) ?? [])];
}
