/** What somebody else wrote into a memory store, as a session: an agent that edited its memory, and no person who asked for it. */
import { createHash } from 'node:crypto';
import type { Source } from '../../../core/sessions/format.ts';
import { textSource } from '../../../text-source.ts';

export interface ForeignEdit {
  readonly store: string;
  readonly path: string;
  readonly text: string;
  /** What the memory says instead. */
  readonly ours: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The same edit is the same session whenever it is seen. */
export function sessionOf({ store, path, text, ours, at }: ForeignEdit): Source {
  const digest = createHash('sha256').update(`${path}\0${text}`, 'utf8').digest('hex').slice(0, 16);
  const id = `${store}-${digest}`;
  const tool = { name: 'memory', action: 'write', call: digest, path, replaced: ours };
  const lines = [
    {
      version: 1,
      id,
      agent: 'managed-agents',
      format: 'managed-agents',
      interactive: false,
      people: [],
      startedAt: at,
      endedAt: at,
      title: `A change in memory store ${store}`,
      eventCount: 2,
    },
    { n: 1, at, kind: 'tool_call', spans: [{ text, trust: 'agent' }], tool },
    { n: 2, at, kind: 'tool_result', spans: [{ text: 'written', trust: 'tool' }], tool, ok: true },
  ];
  return textSource(
    id,
    lines.map((line) => JSON.stringify(line)),
  );
}
