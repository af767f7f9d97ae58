/** Cursor agent transcripts: JSON Lines of `{role, message}`, or text with `user:` and `assistant:` marker lines. */
import { cursorRowDrafts } from '../cursor/rows.ts';
import { cursorTextDrafts } from '../cursor/text.ts';
import type { Format, RawHeader, Source } from '../format.ts';
import { headValues } from '../json-head.ts';
import { asObject, asString, isObject, present } from '../json-value.ts';
import { recording } from '../recording.ts';

export const cursor: Format = {
  name: 'cursor',
  about: 'Cursor agent transcripts (~/.cursor/projects/<project>/agent-transcripts/, .jsonl and .txt)',
  detect(head, path) {
    const values = headValues(head);
    if (values.length > 0) return values.some(isRow) ? 2 : 0;
    if (!marker.test(firstLine(head))) return 0;
    return /^<user_query>$/m.test(head) ||
      /^\[(?:Tool call|Tool result|Thinking)\]/m.test(head) ||
      path.includes('agent-transcripts/')
      ? 2
      : 0;
  },
  async *parse(source) {
    const isText = headValues(await source.head()).length === 0;
    const subagent = /(?:^|\/)subagents\//.test(source.path);
    yield* recording(
      { agent: 'cursor', format: 'cursor', interactive: !subagent, ...headerOf(source) },
      isText ? cursorTextDrafts(source, subagent) : cursorRowDrafts(source, subagent),
      'a Cursor transcript in which nobody said or did anything',
    );
  },
};

const marker = /^(?:user|assistant):\s*$/;

function firstLine(text: string): string {
  return /\S.*/.exec(text)?.[0] ?? '';
}

function isRow(value: unknown): boolean {
  if (!isObject(value) || 'type' in value || 'id' in value) return false;
  const content = asObject(value.message)?.content;
  return (
    /^(?:user|assistant)$/.test(asString(value.role) ?? '') &&
    (Array.isArray(content) || typeof content === 'string')
  );
}

const uuid = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.\w+$/i;
const parentFolder = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/subagents\//i;

/** The lines name neither session nor time: the file does. */
function headerOf(source: Source): Partial<RawHeader> {
  return present({
    id: uuid.exec(source.path)?.[1],
    parent: parentFolder.exec(source.path)?.[1],
    endedAt: source.modifiedAt,
  });
}
