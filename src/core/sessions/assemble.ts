/** From what a parser yields to numbered events and finished headers, in batches, so that memory does not grow with the file. */
import type { Parsed, RawEvent, RawHeader } from './format.ts';
import type { Event } from './session.ts';

export type Assembled =
  /** The next events of a session, in order; `n` counts from 1 over all its batches. */
  | { readonly type: 'events'; readonly session: string; readonly events: readonly Event<string>[] }
  /** Once per session, after its last events: the header with everything that was learned on the way. */
  | { readonly type: 'session'; readonly header: RawHeader; readonly eventCount: number }
  | Extract<Parsed, { type: 'skipped' }>;

/** Characters of event text that are held before they are handed on; one batch is one scan of the redactor. */
const batchLength = 512 * 1024;

interface Growing {
  header: RawHeader;
  count: number;
  first?: string;
  last?: string;
  waiting: Event<string>[];
}

/**
 * Numbers events and gathers them into batches per session. Start and end are taken from the events where the header
 * does not say. A session without events is yielded with `eventCount` 0; whether it is of use is the caller's question.
 * @throws what the parser throws.
 */
export async function* assemble(parsed: AsyncIterable<Parsed>): AsyncGenerator<Assembled> {
  const sessions = new Map<string, Growing>();
  let held = 0;
  for await (const item of parsed) {
    if (item.type === 'skipped') yield item;
    else if (item.type === 'session') begin(sessions, item.header);
    else if (item.type === 'update') update(sessions, item.session, item.header);
    else {
      append(sessions, item.session, item.event);
      held += lengthOf(item.event);
      if (held < batchLength) continue;
      yield* flush(sessions);
      held = 0;
    }
  }
  yield* flush(sessions);
  for (const growing of sessions.values()) {
    yield { type: 'session', header: finished(growing), eventCount: growing.count };
  }
}

function begin(sessions: Map<string, Growing>, header: RawHeader): void {
  const known = sessions.get(header.id);
  if (known) known.header = { ...header, ...known.header };
  else sessions.set(header.id, { header, count: 0, waiting: [] });
}

function update(
  sessions: ReadonlyMap<string, Growing>,
  id: string,
  header: Partial<Omit<RawHeader, 'id'>>,
): void {
  const growing = known(sessions, id);
  growing.header = { ...growing.header, ...header };
}

function append(sessions: ReadonlyMap<string, Growing>, id: string, event: RawEvent): void {
  const growing = known(sessions, id);
  growing.count += 1;
  growing.waiting.push({ n: growing.count, ...event });
  const { at } = event;
  if (at === undefined) return;
  if (growing.first === undefined || at < growing.first) growing.first = at;
  if (growing.last === undefined || at > growing.last) growing.last = at;
}

function known(sessions: ReadonlyMap<string, Growing>, id: string): Growing {
  const growing = sessions.get(id);
  if (!growing) throw new Error('A parser yielded an event before its session.');
  return growing;
}

function* flush(sessions: ReadonlyMap<string, Growing>): Generator<Assembled> {
  for (const [session, growing] of sessions) {
    if (growing.waiting.length === 0) continue;
    const events = growing.waiting;
    growing.waiting = [];
    yield { type: 'events', session, events };
  }
}

function finished({ header, first, last }: Growing): RawHeader {
  const startedAt = header.startedAt ?? first;
  const endedAt = header.endedAt ?? last;
  return {
    ...header,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

function lengthOf({ spans, tool }: RawEvent): number {
  let length = 200 + (tool?.command?.length ?? 0) + (tool?.replaced?.length ?? 0);
  for (const { text } of spans) length += text.length;
  return length;
}
