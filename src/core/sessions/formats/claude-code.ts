/** Claude Code's own transcripts: JSON Lines, one content block a row, sub-agents in files of their own or as sidechains. */
import { conversations } from '../claude/conversations.ts';
import type { Format, Parsed, Source } from '../format.ts';
import { UnusableTranscriptError } from '../format.ts';
import { headValues } from '../json-head.ts';
import { jsonLines } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { isObject } from '../json-value.ts';

const rowTypes = new Set([
  'user',
  'assistant',
  'system',
  'progress',
  'attachment',
  'file-history-snapshot',
  'queue-operation',
  'pr-link',
  'custom-title',
  'ai-title',
]);

export const claudeCode: Format = {
  name: 'claude-code',
  about: 'Claude Code sessions (~/.claude/projects/<folder>/<session>.jsonl), sub-agents included',
  detect(head, path) {
    const rows = headValues(head).filter(isObject);
    if (/(?:^|\/)agent-[^/]+\.meta\.json$/.test(path) && rows[0]?.agentType !== undefined) return 'secondary';
    if (rows.some(isOwnRow)) return 2;
    return rows.some((row) => isTitle(row) || isNamelessRow(row)) ? 1 : 0;
  },
  parse,
};

function isOwnRow(row: JsonObject): boolean {
  if (typeof row.type !== 'string' || !rowTypes.has(row.type)) return false;
  if (row.type === 'file-history-snapshot') return isObject(row.snapshot);
  return typeof row.sessionId === 'string' && !isObject(row.data) === (row.type !== 'progress');
}

function isTitle(row: JsonObject): boolean {
  return row.type === 'summary' && typeof row.leafUuid === 'string';
}

/** Stripped of its ids, as some tools export it; the Agent SDK's messages have no time. */
function isNamelessRow(row: JsonObject): boolean {
  const isTurn = row.type === 'user' || row.type === 'assistant';
  return isTurn && isObject(row.message) && typeof row.timestamp === 'string' && row.session_id === undefined;
}

async function* parse(source: Source): AsyncGenerator<Parsed> {
  const file = conversations(source.path);
  let isEmpty = true;
  for await (const item of jsonLines(source)) {
    if (item.type === 'skipped') yield item;
    else {
      const parsed = file.read(item.value);
      isEmpty &&= parsed.length === 0;
      yield* parsed;
    }
  }
  const last = file.end();
  yield* last;
  if (isEmpty && last.length === 0) {
    throw new UnusableTranscriptError('it holds titles and bookkeeping, but no conversation');
  }
}
