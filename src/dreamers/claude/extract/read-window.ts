/** One window read by the model while the dream waits, with what can go wrong in that. */
import type { Session } from '../../../core/sessions/session.ts';
import { askMind, type Mind } from '../../anthropic/mind.ts';
import { type ReadWindow, shownOf } from './kept.ts';
import { readReply, type Reply } from './reply.ts';
import { requestFor } from './request.ts';
import { verify } from './verify.ts';
import { halves, type Window } from './window.ts';

/** The end of a sentence that begins "were not read: ". */
const troubles = {
  declined: 'the model refused to',
  cut: 'the answer did not fit',
  malformed: 'the answer did not have the form that was asked for, twice',
} as const;

/**
 * An answer that does not fit is asked for again by halves, once; a malformed one again, once. A refusal stands.
 * @param first what the model answered already, in a batch.
 * @throws as `askMind`.
 */
export async function readWindow(
  mind: Mind,
  session: Session,
  window: Window,
  first?: Reply,
): Promise<ReadWindow> {
  const reply = first ?? (await ask(mind, window));
  const failed = 'failed' in reply ? reply.failed : undefined;
  if (failed === 'malformed') return readAs(session, window, await ask(mind, window));
  const parts = failed === 'cut' ? halves(window) : undefined;
  if (parts === undefined) return readAs(session, window, reply);
  const read: ReadWindow[] = [];
  for (const part of parts) read.push(readAs(session, part, await ask(mind, part)));
  return joined(window, read);
}

async function ask(mind: Mind, window: Window): Promise<Reply> {
  const doing = `reading events ${window.first} to ${window.last} of a session`;
  return readReply(await askMind(mind, { phase: 'extract', doing, request: requestFor(window) }));
}

/** A reply, from a batch or not, with what is proved of it. */
export function readAs(session: Session, window: Window, reply: Reply): ReadWindow {
  if ('failed' in reply) return { ...nothing(window), trouble: troubles[reply.failed] };
  return { ...nothing(window), ...verify(session, reply.value.observations, window) };
}

export function nothing(window: Window): ReadWindow {
  const { first, last } = window;
  return { shown: shownOf(window), first, last, observations: [], dropped: 0 };
}

function joined(window: Window, parts: readonly ReadWindow[]): ReadWindow {
  const trouble = parts.find((part) => part.trouble !== undefined)?.trouble;
  return {
    ...nothing(window),
    observations: parts.flatMap(({ observations }) => observations),
    dropped: parts.reduce((sum, { dropped }) => sum + dropped, 0),
    ...(trouble === undefined ? {} : { trouble }),
  };
}
