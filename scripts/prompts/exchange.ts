/** Requests to a model as files, and replies from files, by the same names. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { condenseForModel } from '../../src/dreamers/claude/extract/condense-for-model.ts';
import { windowsOf } from '../../src/dreamers/claude/extract/window.ts';
import type { Session } from '../../src/core/sessions/session.ts';
import type { Asked } from '../../test/support/anthropic/messages/asked.ts';
import { answers, type Reply, type Spoken, uses } from '../../test/support/anthropic/messages/reply.ts';
import { inputTokens } from '../../test/support/anthropic/messages/compose.ts';
import { refusals } from '../../test/support/anthropic/server/refusal.ts';

export interface ExchangeOptions {
  readonly out: string;
  readonly replay: string | undefined;
  readonly sessions: readonly Session[];
}

export interface Written {
  readonly phase: string;
  readonly file: string;
  /** Estimated, of all that the model reads. */
  readonly tokens: number;
  readonly replied: boolean;
}

export interface Exchange {
  readonly written: readonly Written[];
  readonly answer: (asked: Asked) => Reply;
}

/**
 * Each request becomes `NNN-<phase>-<label>.json`, its whole body; a reply is looked for as `NNN-<phase>-<label>.reply.json`,
 * whatever the number: sessions are read side by side, so that the order is chance.
 */
export function openExchange({ out, replay, sessions }: ExchangeOptions): Exchange {
  const labels = labelsOf(sessions);
  const replies = replay === undefined ? new Map<string, string>() : repliesIn(replay);
  const written: Written[] = [];
  const counts = new Map<string, number>();
  return {
    written,
    answer(asked) {
      const phase = phaseOf(asked);
      const nth = (counts.get(phase) ?? 0) + 1;
      counts.set(phase, nth);
      const key = `${phase}-${(phase === 'extract' ? labels.get(dataOf(asked.latest)) : undefined) ?? nth}`;
      const file = `${String(written.length + 1).padStart(3, '0')}-${key}.json`;
      writeFileSync(join(out, file), `${steady(JSON.stringify(asked.params, undefined, 2))}\n`);
      const path = replies.get(key);
      written.push({ phase, file, tokens: inputTokens(asked.params), replied: path !== undefined });
      return path === undefined ? unanswered(phase, file) : readReply(path);
    },
  };
}

/** Marks of data blocks are random: without that, a request that has not changed is the same file. */
const steady = (json: string): string => json.replace(/\bdata-[0-9a-f]{16}\b/g, `data-${'0'.repeat(16)}`);

function phaseOf({ tools, system }: Asked): string {
  if (tools.includes('propose')) return 'consolidate';
  if (system.startsWith('You read the record')) return 'extract';
  return system.startsWith('You grade') ? 'grade' : 'other';
}

/** Windows of all sessions, named by session and events, by their text. */
function labelsOf(sessions: readonly Session[]): ReadonlyMap<string, string> {
  return new Map(
    sessions.flatMap((session) =>
      windowsOf(condenseForModel(session)).map(({ text, first, last }) => {
        const id = session.id.replace(/[^\w.-]/g, '_').slice(0, 80);
        return [text, `${id}-${first}-${last}`] as const;
      }),
    ),
  );
}

/** What stands in the first block of data. */
const dataOf = (message: string): string => /^<(data-\w+)>\n([^]*?)\n<\/\1>/.exec(message)?.[2] ?? '';

function repliesIn(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const key = /^\d+-(.+)\.reply\.json$/.exec(name)?.[1];
      return key === undefined ? [] : [[key, join(folder, name)] as const];
    }),
  );
}

/**
 * A message of the API (`content`, `stop_reason`), or only what a structured output says.
 * @throws when the file is no JSON.
 */
function readReply(path: string): Reply {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof value !== 'object' || value === null || !('content' in value)) return answers(value);
  const { content, stop_reason: stopReason } = value as {
    content: Spoken['content'];
    stop_reason?: NonNullable<Spoken['stopReason']> | null;
  };
  return { content, ...(stopReason == null ? {} : { stopReason }) };
}

/** Nothing was noticed, nothing is proposed: the dream goes on as far as it can without a judgement. */
function unanswered(phase: string, file: string): Reply {
  if (phase === 'extract') return answers({ observations: [] });
  if (phase === 'consolidate') return [uses('finish', {})];
  return refusals.badRequest(`nobody has answered this yet: write ${file.replace(/json$/, 'reply.json')}`);
}
