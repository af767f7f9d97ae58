/**
 * The text form. Turns begin at a line `user:` or `assistant:`, and in an assistant's turn `[Thinking]`, `[Tool call]` and
 * `[Tool result]` begin blocks. All of it is in band: an agent or a file can hold the same lines.
 */
import type { RawEvent, Source } from '../format.ts';
import { tooLong } from '../json-line.ts';
import type { Draft } from '../recording.ts';
import type { ToolUse } from '../session.ts';
import { callEvents, resultEvent } from '../tool-events.ts';
import { promptEvent } from './prompt.ts';

type Section = 'user' | 'assistant' | 'Thinking' | 'Tool call' | 'Tool result';

interface Block {
  readonly section: Section;
  /** The name of the tool. */
  readonly name: string;
  readonly lines: string[];
}

const turnLine = /^(user|assistant):\s*$/;
const blockLine = /^\[(Thinking|Tool call|Tool result)\]\s*(.*)$/;

export async function* cursorTextDrafts(source: Source, subagent: boolean): AsyncGenerator<Draft> {
  const calls: ToolUse<string>[] = [];
  let block: Block = { section: 'assistant', name: '', lines: [] };
  for await (const line of source.lines()) {
    if (line.oversize !== undefined) {
      yield tooLong(line.number, line.oversize);
      continue;
    }
    const next = nextBlock(line.text, block);
    if (next === undefined) {
      block.lines.push(line.text);
      continue;
    }
    for (const event of blockEvents(block, calls, subagent)) yield { type: 'event', event };
    block = next;
  }
  for (const event of blockEvents(block, calls, subagent)) yield { type: 'event', event };
}

/**
 * An indented body ends at the first line that is not. One that is not indented goes on to the next marker: what a tool wrote
 * must not become the agent's words.
 */
function nextBlock(line: string, block: Block): Block | undefined {
  const [, role] = turnLine.exec(line) ?? [];
  if (role === 'user' || role === 'assistant') return { section: role, name: '', lines: [] };
  if (block.section === 'user') return undefined;
  const [, section, rest = ''] = blockLine.exec(line) ?? [];
  if (section === 'Thinking') return { section, name: '', lines: rest === '' ? [] : [rest] };
  if (section === 'Tool call' || section === 'Tool result') return { section, name: rest.trim(), lines: [] };
  return isOver(block, line) ? { section: 'assistant', name: '', lines: [line] } : undefined;
}

function isOver({ section, lines }: Block, line: string): boolean {
  if (section === 'assistant' || line === '' || /^\s/.test(line)) return false;
  if (section === 'Thinking') return lines.at(-1) === '';
  const first = lines.find((text) => text !== '');
  return section === 'Tool call' || (first !== undefined && /^\s/.test(first));
}

function blockEvents(
  { section, name, lines }: Block,
  calls: ToolUse<string>[],
  subagent: boolean,
): readonly RawEvent[] {
  const text = lines.join('\n').trim();
  switch (section) {
    case 'user': {
      const prompt = promptEvent(text, subagent ? 'agent' : 'claimed');
      return prompt === undefined ? [] : [prompt];
    }
    case 'assistant':
    case 'Thinking': {
      const kind = section === 'Thinking' ? 'thinking' : 'agent';
      return text === '' ? [] : [{ kind, spans: [{ text, trust: 'agent' }] }];
    }
    case 'Tool call': {
      const events = callEvents({ name: name || 'tool', input: fieldsOf(lines) });
      const tool = events[0]?.tool;
      if (tool !== undefined) calls.push(tool);
      return events;
    }
    case 'Tool result': {
      const index = calls.findIndex((tool) => tool.name === name);
      const [tool] = index === -1 ? [] : calls.splice(index, 1);
      return [resultEvent({ text: unindented(lines), tool, trust: 'claimed' })];
    }
  }
}

const field = /^ {2}([A-Za-z_]\w*): ?(.*)$/;

/** `  key: value`, where a value may go on over more lines. */
function fieldsOf(lines: readonly string[]): Readonly<Record<string, string>> {
  const fields: [string, string][] = [];
  for (const line of lines) {
    const [, key, value = ''] = field.exec(line) ?? [];
    const last = fields.at(-1);
    if (key !== undefined) fields.push([key, value]);
    else if (last !== undefined) last[1] += `\n${line}`;
  }
  return Object.fromEntries(fields.map(([key, value]) => [key, value.trimEnd()]));
}

function unindented(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(/^ {2}/, ''))
    .join('\n')
    .trim();
}
