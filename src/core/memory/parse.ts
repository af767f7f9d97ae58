/** From Markdown files to a store of entries (DESIGN section 4). */
import type { RootContent } from 'mdast';
import { withoutMarkup } from '../text/markup.ts';
import { sha256Hex } from '../text/sha256.ts';
import { parseBlocks } from './blocks.ts';
import type { Entry, EntryKind, Heading, MemoryFile, Store } from './entry.ts';
import { dedented, itemMarker, lineEnd, lineOf, lineStart, lineStarts } from './source.ts';

/** A block that says something, before it has an id. */
interface Block {
  readonly kind: EntryKind;
  readonly start: number;
  end: number;
  readonly headings: readonly string[];
  readonly leadIn: string | undefined;
  keep: boolean;
}

interface Reading {
  readonly text: string;
  readonly starts: readonly number[];
  readonly headings: Heading[];
  readonly blocks: Block[];
  /** `<!-- keep -->` was read and protects the entry that comes next. */
  keepNext: boolean;
  /** The lead-in that the next block stands under. */
  leadIn: string | undefined;
  /** The last block is a paragraph that takes a fence or table after it. */
  takesExample: boolean;
}

const keepComment = /<!--\s*keep\s*-->/i;
const comments = /<!--[\s\S]*?(?:-->|$)/g;

/**
 * Parses files, given in any order, into a store.
 * @param files paths are `/`-separated, relative to the repository
 */
export function parseStore(files: readonly { readonly path: string; readonly text: string }[]): Store {
  const parsed = files
    .map(({ path, text }) => parseFile(path, text))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const entries = parsed.flatMap((file) => file.entries.map((entry) => [entry.id, entry] as const));
  return { files: parsed, entries: new Map(entries) };
}

/**
 * Parses one file. An entry is a top-level list item with its children, a paragraph, a quote, an HTML block that says
 * something, a fence or table (with the paragraph before it, unless that is a lead-in). Front matter, headings, rules,
 * link definitions and lone comments are none. Ids do not depend on line endings. Time is linear in the size of the text.
 */
export function parseFile(path: string, text: string): MemoryFile {
  // The parser counts from after a byte order mark; a blank in its place would hide front matter.
  const shift = text.startsWith('\ufeff') ? 1 : 0;
  const reading: Reading = {
    text,
    starts: lineStarts(text),
    headings: [],
    blocks: [],
    keepNext: false,
    leadIn: undefined,
    takesExample: false,
  };
  const nodes = parseBlocks(text.slice(shift)).children;
  for (const [index, node] of nodes.entries())
    read(reading, node, extent(text, node, shift), followsContent(nodes, index), shift);
  return { path, text, entries: entriesOf(path, reading), headings: reading.headings };
}

function read(
  reading: Reading,
  node: RootContent,
  [start, end]: Extent,
  hasBlockBelow: boolean,
  shift: number,
): void {
  const text = reading.text.slice(start, end);
  if (node.type === 'heading') return readHeading(reading, node.depth, start, end);
  if (node.type === 'html' && isLoneComment(text)) {
    reading.keepNext ||= keepComment.test(text);
    return;
  }
  const kind = kindOf(node.type, text, hasBlockBelow);
  const isExample = kind === 'code' || kind === 'table';
  if (kind === undefined || text.trim() === '') {
    reading.leadIn = undefined;
    reading.takesExample = false;
    return;
  }
  const last = reading.blocks.at(-1);
  if (isExample && reading.takesExample && last !== undefined) {
    last.end = end;
    last.keep ||= keepComment.test(text);
    return;
  }
  const extents =
    node.type === 'list'
      ? node.children.map((item) => extent(reading.text, item, shift))
      : [[start, end] as const];
  for (const each of extents) addBlock(reading, kind, each);
  if (kind === 'lead-in') reading.leadIn = withoutMarkupFolded(text);
  else if (!isExample) reading.leadIn = undefined;
  reading.takesExample = kind === 'paragraph';
}

function addBlock(reading: Reading, kind: EntryKind, [start, end]: Extent): void {
  const text = reading.text.slice(start, end);
  if (kind === 'item' && text.slice(itemMarker(text).length).trim() === '') return;
  const keep = reading.keepNext || keepComment.test(text);
  reading.keepNext = false;
  reading.blocks.push({
    kind,
    start,
    end,
    headings: reading.headings.at(-1)?.path ?? [],
    leadIn: reading.leadIn,
    keep,
  });
}

function readHeading(reading: Reading, depth: number, start: number, end: number): void {
  const source = reading.text.slice(start, end);
  const line = source
    .replace(/^#{1,6}(?:[ \t]+|$)/, '')
    .replace(/(?:^|[ \t]+)#+[ \t]*$/, '')
    .replace(/\r?\n[ \t]*(?:=+|-+)[ \t]*$/, '');
  const text = withoutMarkupFolded(line);
  const above = reading.headings.at(-1);
  const parents = above === undefined ? [] : parentsOf(reading.headings, depth);
  reading.headings.push({
    text,
    depth,
    path: [...parents, text],
    line: lineOf(reading.starts, start),
    start,
    end,
  });
  reading.keepNext = false;
  reading.leadIn = undefined;
  reading.takesExample = false;
}

/** Path of the nearest heading before that is less deep. */
function parentsOf(headings: readonly Heading[], depth: number): readonly string[] {
  return headings.findLast((heading) => heading.depth < depth)?.path ?? [];
}

type Extent = readonly [start: number, end: number];

/** From the first character of a node to the end of its last line that is not blank, without the line ending. */
function extent(text: string, node: RootContent, shift: number): Extent {
  const start = (node.position?.start.offset ?? 0) + shift;
  const end = (node.position?.end.offset ?? 0) + shift;
  const trimmed = start + text.slice(start, end).trimEnd().length;
  return [start, lineEnd(text, Math.max(start, trimmed))];
}

/** Whether the next node that is no comment is content that a lead-in can lead to. */
function followsContent(nodes: readonly RootContent[], index: number): boolean {
  for (let next = index + 1; next < nodes.length; next += 1) {
    const node = nodes[next];
    if (node?.type === 'html' && isLoneComment(node.value)) continue;
    return node !== undefined && ['list', 'code', 'table', 'blockquote', 'paragraph'].includes(node.type);
  }
  return false;
}

function kindOf(type: string, text: string, hasBlockBelow: boolean): EntryKind | undefined {
  switch (type) {
    case 'list':
      return 'item';
    case 'paragraph':
    case 'footnoteDefinition':
      return hasBlockBelow && isLeadIn(text) ? 'lead-in' : 'paragraph';
    case 'code':
    case 'table':
      return type;
    case 'blockquote':
      return 'quote';
    case 'html':
      return /[\p{L}\p{N}]/u.test(text.replace(comments, '').replace(/<[^<>]*>/g, '')) ? 'html' : undefined;
    default:
      return undefined;
  }
}

function isLeadIn(text: string): boolean {
  const trimmed = text.trim();
  return (
    /[:：][*_]*$/.test(trimmed) || /^(?:\*\*(?:(?!\*\*)[\s\S])+\*\*|__(?:(?!__)[\s\S])+__)$/.test(trimmed)
  );
}

function isLoneComment(html: string): boolean {
  return html.trimStart().startsWith('<!--') && html.replace(comments, '').trim() === '';
}

function withoutMarkupFolded(text: string): string {
  return withoutMarkup(text).replace(/\s+/g, ' ').trim();
}

/** Characters of an entry, and of one line of it. Longer ones are data: nobody reads, merges or corrects them. */
const longestEntry = 20_000;
const longestLine = 5_000;

function isStatement(text: string): (block: Block) => boolean {
  return ({ start, end }) =>
    end - start <= longestEntry &&
    text
      .slice(start, end)
      .split('\n')
      .every((line) => line.length <= longestLine);
}

function entriesOf(path: string, { text, starts, blocks }: Reading): Entry[] {
  const seen = new Map<string, number>();
  return blocks.filter(isStatement(text)).map((block) => {
    const shown = textOf(text, block);
    const id = sha256Hex([path, ...block.headings, shown.replace(/\s+/g, ' ').trim()].join('\n')).slice(
      0,
      10,
    );
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    const { kind, start, end, headings, leadIn, keep } = block;
    return {
      id: count === 1 ? id : `${id}-${count}`,
      file: path,
      headings,
      ...(leadIn === undefined ? {} : { leadIn }),
      kind,
      text: shown,
      start,
      end,
      lines: [lineOf(starts, start), lineOf(starts, end)] as const,
      keep,
    };
  });
}

/** The source of a block without its list marker and common indentation, with LF. */
function textOf(text: string, { kind, start, end }: Block): string {
  const source = text.slice(start, end).replace(/\r\n?/g, '\n');
  const marker = kind === 'item' ? itemMarker(source) : '';
  const column = start - lineStart(text, start);
  return dedented(source.slice(marker.length), column + marker.length).trimEnd();
}
