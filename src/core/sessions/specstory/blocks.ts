/** Cuts a SpecStory export into its turns and, inside the agent's turns, into thoughts, tool calls and text. */
import type { Line } from '../format.ts';

export type Block =
  /** Before the first turn. */
  | { readonly type: 'comment'; readonly text: string }
  | Turn
  /** Belongs to the turn before it. */
  | { readonly type: 'text' | 'thought'; readonly text: string }
  | { readonly type: 'tool'; readonly attributes: string; readonly body: string };

export interface Turn {
  readonly type: 'turn';
  readonly by: 'user' | 'agent';
  readonly sidechain: boolean;
  readonly model?: string;
  /** As written: `2026-01-25 21:28:55Z`. */
  readonly time?: string;
}

const turnLine = /^_\*\*(User|Agent|Assistant)( - sidechain|\s*\[Sidechain\])?(?: \(([^)]*)\))?\*\*_$/i;
const toolStart = /^<tool-use\b([^>]*)>/;
const toolEnd = /<\/tool-use>\s*$/;
const thoughtStart = /^<think>(?:<details>)?(?:<summary>[^<]*<\/summary>)?/;
const thoughtEnd = /<\/think>\s*$/;

/** A tool call whose end never comes is closed after this many characters, so that it cannot swallow the file. */
const longestBlock = 2_000_000;

interface Open {
  type: 'text' | 'thought' | 'tool';
  attributes: string;
  lines: string[];
  length: number;
  /** Tool calls inside the output of this one: a transcript that was printed. */
  depth: number;
}

/**
 * @param isLater whether a turn with this time can follow in the session. A turn marker with an earlier time was printed
 *   by a program or pasted by a person, like a marker inside a tool call that is still open.
 */
export async function* specstoryBlocks(
  lines: AsyncIterable<Line>,
  isLater: (time: string | undefined) => boolean,
): AsyncGenerator<Block> {
  let open: Open | undefined;
  let begun = false;
  for await (const line of lines) {
    const { text } = line;
    const turn = readTurn(text);
    if (turn && isLater(turn.time) && (open?.type !== 'tool' || turn.time !== undefined)) {
      if (open) yield* close(open);
      open = undefined;
      begun = true;
      yield turn;
    } else if (!begun) {
      const comment = /^<!-- (.+) -->\s*$/.exec(text)?.[1];
      if (comment !== undefined) yield { type: 'comment', text: comment };
    } else if (open === undefined || open.type === 'text') {
      const next = start(text);
      if (next.type === 'text' && open) push(open, text);
      else {
        if (open) yield* close(open);
        open = next;
      }
    } else {
      push(open, text);
      if (open.type === 'tool' && toolStart.test(text)) open.depth++;
    }
    if (open && (isEnd(open, text) || open.length > longestBlock)) {
      yield* close(open);
      open = undefined;
    }
  }
  if (open) yield* close(open);
}

function readTurn(line: string): Turn | undefined {
  const match = turnLine.exec(line.trimEnd());
  if (!match) return undefined;
  const inside = match[3] ?? '';
  const time = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*$/.exec(inside)?.[0];
  const model = (time === undefined ? inside : inside.slice(0, -time.length)).trim();
  return {
    type: 'turn',
    by: match[1]?.toLowerCase() === 'user' ? 'user' : 'agent',
    sidechain: match[2] !== undefined,
    ...(model === '' ? {} : { model }),
    ...(time === undefined ? {} : { time }),
  };
}

function start(line: string): Open {
  const tool = toolStart.exec(line);
  if (tool) return opened('tool', line.slice(tool[0].length), tool[1] ?? '');
  const thought = thoughtStart.exec(line);
  if (thought) return opened('thought', line.slice(thought[0].length), '');
  return opened('text', line, '');
}

function opened(type: Open['type'], first: string, attributes: string): Open {
  return { type, attributes, lines: [first], length: first.length, depth: 1 };
}

function push(open: Open, line: string): void {
  open.lines.push(line);
  open.length += line.length + 1;
}

function isEnd(open: Open, line: string): boolean {
  if (open.type === 'thought') return thoughtEnd.test(line);
  if (open.type !== 'tool' || !toolEnd.test(line)) return false;
  open.depth--;
  return open.depth <= 0;
}

function* close({ type, attributes, lines }: Open): Generator<Block> {
  const text = lines.join('\n');
  if (type === 'tool')
    yield { type, attributes, body: text.replace(/(?:<\/details>\s*)?<\/tool-use>\s*$/, '') };
  else if (type === 'thought')
    yield { type, text: text.replace(/<\/details>\s*<\/think>\s*$|<\/think>\s*$/, '').trim() };
  else if (text.trim() !== '') yield { type, text };
}
