/** Text that an operation gives, made sure to be one entry and nothing else. */
import { DreamkeeperError } from '../error.ts';
import type { EntryKind } from './entry.ts';
import type { Operation } from './operation.ts';
import { parseBlocks } from './blocks.ts';
import { parseFile } from './parse.ts';
import { indented } from './source.ts';

export interface WrittenText {
  /** `item` when it was given with a list marker or can stand as an item; else its only kind. */
  readonly kind: EntryKind;
  /** Without list marker, LF, no blank lines around it. */
  readonly text: string;
}

const sentinel = 'zzsentinelzz';

/**
 * Reads the text of an operation.
 * @param allowed comments that may be in it, because the entry it replaces has them
 * @throws {DreamkeeperError} `conflict` when it is not exactly one entry: it opens a heading, comment or fence that it
 * does not close, holds several blocks, or nothing
 */
function writtenText(given: string, allowed = ''): WrittenText {
  const text = given
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  const start = text.trimStart();
  refuseComments(start, allowed);
  const { entries, headings } = parseFile('', `${start}\n\n${sentinel}\n`);
  const [first] = entries;
  const last = entries.at(-1);
  if (headings.length > 0) throw refusal('it would open a heading', given);
  if (first === undefined || last?.text !== sentinel || entries.length < 2)
    throw refusal('it says nothing that stands alone', given);
  if (entries.length > 2) {
    // Several paragraphs, or a statement with a list below it, can be one list item.
    if ((first.kind === 'paragraph' || first.kind === 'lead-in') && isOneItem(start))
      return { kind: 'item', text: start };
    throw refusal('it is not exactly one entry', given);
  }
  if (first.kind === 'item' && !isOneItem(first.text))
    throw refusal('it would open a heading or fence', given);
  return { kind: first.kind === 'lead-in' ? 'paragraph' : first.kind, text: first.text };
}

interface Read {
  readonly given: string;
  readonly allowed: string;
  readonly written: WrittenText;
}

/** A dream renders its proposals again with each one that joins them: without this its time would be quadratic. */
const read = new WeakMap<Operation, Read>();

/** The text of an operation, read once. @throws {DreamkeeperError} `conflict`, as `writtenText` does */
export function writtenBy(
  operation: Extract<Operation, { readonly text: string }>,
  allowed = '',
): WrittenText {
  const before = read.get(operation);
  if (before?.given === operation.text && before.allowed === allowed) return before.written;
  const written = writtenText(operation.text, allowed);
  read.set(operation, { given: operation.text, allowed, written });
  return written;
}

/** Whether a text, made the content of a list item, stays in it and opens no heading. */
export function isOneItem(text: string): boolean {
  const list = parseBlocks(`- ${indented(text, '  ')}\n\n${sentinel}\n`).children;
  const [item, after] = list;
  if (list.length !== 2 || item?.type !== 'list' || item.children.length !== 1 || after?.type !== 'paragraph')
    return false;
  return (
    item.children[0]?.children.every((child) => child.type !== 'heading' && child.type !== 'thematicBreak') ??
    false
  );
}

function refuseComments(text: string, allowed: string): void {
  const outsideCode = text.replace(/(`+)[\s\S]*?\1/g, '');
  for (const [comment] of outsideCode.matchAll(/<!--[\s\S]*?(?:-->|$)/g)) {
    if (!allowed.includes(comment)) throw refusal('it would hide text in a comment', text);
  }
}

function refusal(reason: string, text: string): DreamkeeperError {
  const start = text.trim().split('\n')[0] ?? '';
  return new DreamkeeperError(
    'conflict',
    `The text cannot be written as an entry, because ${reason}: ${JSON.stringify(start.slice(0, 80))}`,
  );
}
