/** Which session a row of a Claude Code transcript belongs to, and what its header says. */
import type { Parsed, RawEvent, RawHeader } from '../format.ts';
import type { JsonObject } from '../json-value.ts';
import { asObject, asString, asTime, present } from '../json-value.ts';
import { openCalls } from './blocks.ts';
import { messageQueue } from './queue.ts';
import { recentMap } from './recent.ts';
import { rewinds } from './rewind.ts';
import { isHeadless, isSidechain, rowEvents } from './rows.ts';
import { usageByMessage } from './usage.ts';

const maxRows = 20_000;

interface Conversation {
  readonly id: string;
  readonly parent: string | undefined;
  opened: boolean;
  learned: Partial<RawHeader>;
  readonly usage: ReturnType<typeof usageByMessage>;
}

/** A row that waits for the agent's first answer: only then is it certain to which session it belongs. */
interface Held {
  readonly id: string;
  readonly row: JsonObject;
  readonly events: readonly RawEvent[];
}

interface Conversations {
  read(row: JsonObject): readonly Parsed[];
  /** To be called once, after the last row. */
  end(): readonly Parsed[];
}

/** @param path of the file: a sub-agent's lies in `<session>/subagents/` */
export function conversations(path: string): Conversations {
  const name = path.replace(/^.*\//, '').replace(/\.jsonl$/, '');
  const folder = /([^/]+)\/subagents\/[^/]+$/.exec(path)?.[1];
  const known = new Map<string, Conversation>();
  const context = { calls: openCalls(), queue: messageQueue(), rewound: rewinds() };
  const seen = recentMap<true>(maxRows);
  const chains = recentMap<string>(maxRows);
  let answered: string | undefined;
  let held: Held[] = [];

  function conversation(id: string, parent: string | undefined): Conversation {
    const found = known.get(id);
    if (found !== undefined) return found;
    const made = { id, parent, opened: false, learned: {}, usage: usageByMessage() };
    known.set(id, made);
    return made;
  }

  function emit(
    id: string,
    row: JsonObject,
    events: readonly RawEvent[],
    parent?: string,
  ): readonly Parsed[] {
    const target = conversation(id, parent);
    learn(target, row);
    if (events.length === 0) return [];
    const parsed = events.map((event): Parsed => ({ type: 'event', session: id, event }));
    if (target.opened) return parsed;
    target.opened = true;
    return [{ type: 'session', header: header(target, row) }, ...parsed];
  }

  /** After `/clear` a prompt still carries the id of the session before; the answer to it has the right one. */
  function release(answer?: { readonly id: string; readonly row: JsonObject }): readonly Parsed[] {
    const waiting = held;
    held = [];
    const continues = waiting.some(({ row }) => asString(row.uuid) === asString(answer?.row.parentUuid));
    return waiting.flatMap(({ id, row, events }) =>
      answer !== undefined && continues
        ? emit(answer.id, row, events, id === answer.id ? answered : id)
        : emit(id, row, events, answered === id ? undefined : answered),
    );
  }

  return {
    read(row) {
      const uuid = asString(row.uuid);
      const session = asString(row.sessionId) ?? nameIfSpoken(row);
      if (session === undefined || (uuid !== undefined && seen.get(uuid) === true)) return [];
      if (uuid !== undefined && asObject(row.message)) seen.set(uuid, true);
      if (isSidechain(row)) {
        const id = sidechainId(session, row, chains);
        return emit(id, row, rowEvents(row, context), id === session ? folder : session);
      }
      const events = rowEvents(row, context);
      if (row.type === 'assistant') {
        const before = release({ id: session, row });
        const parent = answered === session ? undefined : answered;
        answered = session;
        return [...before, ...emit(session, row, events, parent)];
      }
      if (session === answered || events.length === 0) return emitKnown(session, row, events);
      held.push({ id: session, row, events });
      return [];
    },
    end: () => [...release(), ...Array.from(known.values()).flatMap(closing)],
  };

  /** The file is named for its session, for rows that do not say. */
  function nameIfSpoken(row: JsonObject): string | undefined {
    return asObject(row.message) === undefined ? undefined : name || undefined;
  }

  /** Rows without events tell about a session that is there, but begin none. */
  function emitKnown(id: string, row: JsonObject, events: readonly RawEvent[]): readonly Parsed[] {
    return events.length > 0 || known.has(id) ? emit(id, row, events) : [];
  }
}

/** Sub-agents have the id of their session on their rows; their own id is in `agentId` or is that of their first row. */
function sidechainId(session: string, row: JsonObject, chains: ReturnType<typeof recentMap<string>>): string {
  const uuid = asString(row.uuid) ?? '';
  const parent = asString(row.parentUuid);
  const agent =
    asString(row.agentId) ?? (parent === undefined ? undefined : chains.get(parent)) ?? uuid.slice(0, 8);
  if (uuid !== '') chains.set(uuid, agent);
  if (session.startsWith('agent-')) return session;
  return `${session}/agent-${agent}`;
}

function header({ id, parent, learned }: Conversation, row: JsonObject): RawHeader {
  return {
    ...learned,
    id,
    agent: 'claude-code',
    format: 'claude-code',
    interactive: !isSidechain(row) && !isHeadless(row),
    people: [],
    ...present({ startedAt: asTime(row.timestamp), parent: other(id, learned.parent ?? parent) }),
  };
}

function other(id: string, parent: string | undefined): string | undefined {
  return parent === id ? undefined : parent;
}

/** The session that a row says it was forked from, or whose plan it implements: Claude Code names that transcript below the plan. */
function parentNamed(row: JsonObject): string | undefined {
  const forked = asString(asObject(row.forkedFrom)?.sessionId);
  const plan = asString(row.planContent) === undefined ? undefined : asString(asObject(row.message)?.content);
  return (
    forked ??
    (plan === undefined
      ? undefined
      : /full transcript at: \S*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.jsonl/.exec(plan)?.[1])
  );
}

/** What rows say about their session; the last one counts. */
function learn(target: Conversation, row: JsonObject): void {
  const message = row.type === 'assistant' ? asObject(row.message) : undefined;
  if (message !== undefined) target.usage.see(message);
  const model = asString(message?.model);
  // Rows of hooks and progress may still name the branch before.
  const branch = asObject(row.message) === undefined ? undefined : asString(row.gitBranch);
  target.learned = {
    ...target.learned,
    ...present({
      cwd: target.learned.cwd ?? asString(row.cwd),
      branch: branch === 'HEAD' ? undefined : branch,
      model: model === '<synthetic>' ? undefined : model,
      title: asString(row.customTitle) ?? asString(row.aiTitle),
      pullRequest: asString(row.prUrl),
      repository: asString(row.prRepository),
      parent: target.learned.parent ?? other(target.id, parentNamed(row)),
    }),
  };
}

function closing({ id, opened, learned, usage }: Conversation): readonly Parsed[] {
  if (!opened) return [];
  return [{ type: 'update', session: id, header: { ...learned, ...present({ usage: usage.total() }) } }];
}
