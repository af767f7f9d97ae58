/** Whose words a session holds, as far as whoever hands it in proves it (DESIGN section 5). */
import { claimedEvents, claimedHeader } from './claimed.ts';
import type { FormatName, Redacted, StreamedSession } from './session.ts';

/** Recordings of the agent's own that tell what a person typed from what others put there. */
const structured: ReadonlySet<FormatName> = new Set([
  'claude-code',
  'codex',
  'gemini-cli',
  'copilot-cli',
  'opencode',
  'cursor',
  'pi',
]);

/**
 * A session that somebody else took in, for what it counts: who hands it in is its submitter, and what looks typed was
 * typed by them where a person could type into it, the recording tells their words apart, and it names nobody else.
 * @param submitter undefined when nobody authenticated is known.
 */
export function asHandedIn(session: StreamedSession, submitter: Redacted | undefined): StreamedSession {
  const { interactive, format, people, submittedBy } = session;
  const theirs = people.every((person) => person === submittedBy || person === submitter);
  const proved =
    submitter !== undefined && interactive && structured.has(format) && theirs && people.length <= 1;
  const header = claimedHeader(session);
  if (submitter === undefined) return { ...header, events: claimedEvents(session.events) };
  if (!proved) return { ...header, submittedBy: submitter, events: claimedEvents(session.events) };
  return { ...header, people: [submitter], submittedBy: submitter };
}
