/** What a person is told when it cannot be done. */
import { DreamkeeperError } from '../../core/error.ts';
import { inert } from '../../core/review/inert.ts';
import { readNow, record, type Asked, type Conversation } from './conversation.ts';

/**
 * Does what was asked for, or records why it cannot be done.
 * @throws whatever is no answer to a person: GitHub fails, the ledger cannot be written, somebody is faster.
 */
export async function orRefused(
  talk: Conversation,
  asked: Asked,
  verb: string,
  work: () => Promise<void>,
): Promise<'done' | 'refused'> {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await refuse(talk, asked, verb, reasonOf(error));
    return 'refused';
  }
}

/** @param words Markdown; foreign words in it are inert. */
export async function refuse(talk: Conversation, asked: Asked, verb: string, words: string): Promise<void> {
  const { open } = await readNow(talk);
  const here = open?.pullRequest !== undefined && open.pullRequest === asked.number ? { dream: open.id } : {};
  await record(talk, asked, { verb, outcome: 'refused', words, ...here });
}

function isRefusal(error: unknown): error is DreamkeeperError {
  return (
    error instanceof DreamkeeperError &&
    !error.retryable &&
    (error.code === 'usage' || error.code === 'conflict')
  );
}

/** Messages name files, branches and values, and remedies have commands as code. */
function reasonOf({ message, remedy }: DreamkeeperError): string {
  const words = inert(message);
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;
  return remedy === undefined ? sentence : `${sentence} ${inert(remedy)}`;
}
