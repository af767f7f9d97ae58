/** Sorts the lines of an Aider history into what the person typed, what programs printed, and what the model wrote. */
import type { Line } from '../format.ts';

export type Block =
  /** A run begins; local time as written, without a zone. */
  | { readonly type: 'run'; readonly startedAt: string }
  | { readonly type: 'typed' | 'printed' | 'written'; readonly text: string };

const runLine = /^# aider chat started at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*$/;

/** What Aider prints below an answer. */
const ownReport = /^> (?:Tokens: |Applied edit to |Commit [0-9a-f]{7} |Added \S+ to the chat|Cost: )/;

/** More than this in one block is handed on in pieces. */
const longestBlock = 1_000_000;

/**
 * Aider ends lines of the person (`#### `) and of programs (`> `) with two blanks; the model's own level-4 headings and
 * quotations have none. In a file whose blanks were stripped such a line counts as typed or printed only where one is
 * expected: after program output, after another such line, or at the start of a run. Aider's own reports are known by their words.
 */
export async function* aiderBlocks(lines: AsyncIterable<Line>): AsyncGenerator<Block> {
  let open: { type: 'typed' | 'printed' | 'written'; lines: string[]; length: number } | undefined;
  let last: 'run' | 'typed' | 'printed' | 'written' = 'run';
  let keepsBlanks = false;
  for await (const { text } of lines) {
    const startedAt = runLine.exec(text)?.[1];
    const type: 'run' | 'typed' | 'printed' | 'written' =
      startedAt === undefined ? lineType(text, last, keepsBlanks) : 'run';
    if (type === 'typed' || type === 'printed') keepsBlanks ||= text.endsWith('  ');
    // A blank line ends a prompt: the next one would be another prompt.
    const goesOn = open?.type === type && (type === 'written' || text.trim() !== '');
    if (open && (!goesOn || open.length > longestBlock)) {
      yield* closed(open);
      open = undefined;
    }
    if (startedAt !== undefined) {
      yield { type: 'run', startedAt };
      keepsBlanks = false;
    } else if (type !== 'run') {
      open ??= { type, lines: [], length: 0 };
      open.lines.push(bare(type, text));
      open.length += text.length;
    }
    if (text.trim() !== '') last = type;
  }
  if (open) yield* closed(open);
}

function lineType(
  line: string,
  last: 'run' | 'typed' | 'printed' | 'written',
  keepsBlanks: boolean,
): 'typed' | 'printed' | 'written' {
  const type = /^#### ?/.test(line) ? 'typed' : /^>(?: |$)/.test(line) ? 'printed' : 'written';
  if (type === 'written') return type;
  if (ownReport.test(line) || line.endsWith('  ') || /^(?:####|>)\s*$/.test(line)) return type;
  return keepsBlanks || last === 'written' ? 'written' : type;
}

function bare(type: 'typed' | 'printed' | 'written', line: string): string {
  if (type === 'written') return line;
  return line.replace(/^(?:#### ?|> ?)/, '').trimEnd();
}

function* closed(open: {
  type: 'typed' | 'printed' | 'written';
  lines: readonly string[];
}): Generator<Block> {
  const text = open.lines.join('\n').trim();
  if (text !== '') yield { type: open.type, text };
}
