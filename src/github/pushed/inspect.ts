/** What of a session that somebody pushed may stay: its bytes may be anything. */
import { admit } from '../../admit.ts';
import { bytesOf, eventTextLimit, textsOf } from '../../core/sessions/condense.ts';
import { asHandedIn } from '../../core/sessions/proved.ts';
import type { Redactor } from '../../core/sessions/redact.ts';
import type { Event, Redacted, StreamedSession } from '../../core/sessions/session.ts';
import { sessionPath } from '../../ledger/layout.ts';
import { decodeSession } from '../../ledger/session-file.ts';

export type Inspected =
  | { readonly type: 'write'; readonly session: StreamedSession }
  /** It may not be read by anybody: `kinds` are kinds of secrets, or what is wrong with its form. */
  | {
      readonly type: 'quarantine';
      readonly reason: 'secret' | 'size' | 'schema';
      readonly kinds: readonly string[];
    }
  /** What was there before stays. */
  | { readonly type: 'restore'; readonly reason: string };

export interface Pushed {
  /** Its main file. */
  readonly path: string;
  /** The files as pushed, in order. */
  readonly parts: readonly Buffer[];
  /** What was there before, checked when it came. */
  readonly earlier: StreamedSession | undefined;
  readonly person: Redacted | undefined;
}

/** What a header holds is short; a title may be a sentence. */
const headerLimit = 16 * 1024;
/** Characters of one scan. */
const batchLength = 512 * 1024;

/** @throws what the redactor throws: nothing passes unchecked. */
export async function inspectPushed(pushed: Pushed, redactor: Redactor): Promise<Inspected> {
  const session = decoded(pushed);
  if (session === undefined) return { type: 'quarantine', reason: 'schema', kinds: [] };
  if (isTooLarge(session)) return { type: 'quarantine', reason: 'size', kinds: [] };
  const kinds = await secretsIn(session, redactor);
  if (kinds.length > 0) return { type: 'quarantine', reason: 'secret', kinds };
  const { earlier, person } = pushed;
  // Words that come later are not those of whoever handed in the beginning.
  const sameHand = earlier?.submittedBy === undefined || earlier.submittedBy === person;
  const handedIn = asHandedIn(sameHand ? session : { ...session, interactive: false }, person);
  const verdict = admit({ ...handedIn, interactive: session.interactive }, earlier);
  if (verdict.verdict === 'store') return { type: 'write', session: verdict.session };
  return {
    type: 'restore',
    reason: verdict.verdict === 'refused' ? verdict.reason : 'it is no longer than it was',
  };
}

/** @returns undefined when it is no session, or not the one that its path names. */
function decoded({ path, parts }: Pushed): StreamedSession | undefined {
  try {
    const session = decodeSession(parts);
    if (sessionPath(session.id) !== path || session.eventCount < 1) return undefined;
    const events = session.events[Symbol.iterator]();
    while (events.next().done !== true);
    return session;
  } catch {
    return undefined;
  }
}

function isTooLarge({ events, ...header }: StreamedSession): boolean {
  if (bytesOf([JSON.stringify(header)]) > headerLimit) return true;
  for (const event of events) if (bytesOf(textsOf(event)) > eventTextLimit) return true;
  return false;
}

async function secretsIn(session: StreamedSession, redactor: Redactor): Promise<readonly string[]> {
  const kinds = new Set<string>();
  for (const texts of batches(session))
    for (const found of await redactor.find(texts)) for (const { kind } of found) kinds.add(kind);
  return [...kinds].sort();
}

function* batches({ events, ...header }: StreamedSession): Generator<readonly string[]> {
  let batch: string[] = textsIn(header);
  let length = 0;
  for (const event of events) {
    const texts = [...textsOf(event), ...timesOf(event)];
    batch.push(...texts);
    length += texts.reduce((sum, text) => sum + text.length, 0);
    if (length < batchLength) continue;
    yield batch;
    [batch, length] = [[], 0];
  }
  yield batch;
}

/** A time is not checked to be one. */
const timesOf = ({ at }: Event): readonly string[] => (at === undefined ? [] : [at]);

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
