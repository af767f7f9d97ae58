/** How written text looks in the file it goes to: its list markers, indentation, line endings and blank lines. */
import { withoutMarkup } from '../text/markup.ts';
import type { Entry, MemoryFile } from './entry.ts';
import type { Insertion } from './changes.ts';
import { indented, itemMarker, lineEnding, lineStart } from './source.ts';
import type { WrittenText } from './written-text.ts';
import { isOneItem } from './written-text.ts';

/** A place in a file: after an entry, or at the end of a line that is none. */
export interface Anchor {
  readonly offset: number;
  readonly entry: Entry | undefined;
}

interface ToLayOut {
  readonly insertion: Insertion;
  /** Headings to be made above it. */
  readonly missing: readonly string[];
  readonly depth: number;
}

interface Piece {
  readonly text: string;
  readonly item: boolean;
}

/** The text of an entry's replacement: same marker, same indentation, the file's line endings. */
export function revisedText(file: MemoryFile, entry: Entry, { kind, text }: WrittenText): string {
  const source = file.text.slice(entry.start, entry.end);
  const marker = entry.kind === 'item' ? itemMarker(source) : '';
  const column = entry.start - lineStart(file.text, entry.start);
  const width = ' '.repeat(column + marker.length);
  const content = entry.kind === 'item' || kind !== 'item' || !isOneItem(text) ? text : paragraphOf(text);
  return withEndings(marker + indented(content, width), file);
}

/** @param instead the text takes the anchor entry's place, and so needs no break before it. */
export function insertedText(
  file: MemoryFile,
  anchor: Anchor,
  placed: readonly ToLayOut[],
  instead: boolean,
): string {
  const style = anchor.entry?.kind === 'item' ? itemStyle(file, anchor.entry) : undefined;
  const pieces = piecesOf(placed, anchor.entry, { here: style, below: usualStyle(file) }, instead ? 0 : 1);
  const before = anchor.offset === 0 || file.text.slice(0, anchor.offset) === '\ufeff';
  let result = '';
  let previous: Piece = { text: '', item: style !== undefined && anchor.entry?.leadIn === undefined };
  for (const [index, piece] of pieces.entries()) {
    const tight = piece.item && previous.item && !(style?.loose ?? false);
    if (index > 0 || !(instead || before)) result += tight ? '\n' : '\n\n';
    result += piece.text;
    previous = piece;
  }
  return withEndings(result + breakAfter(file, anchor, before), file);
}

/** What follows directly would run together with the new text, unless it is a heading. */
function breakAfter(file: MemoryFile, { offset, entry }: Anchor, atStart: boolean): string {
  const rest = file.text.slice(offset);
  if (atStart) return rest.trim() === '' ? (rest === '' ? '\n' : '') : '\n\n';
  const [, next = ''] = rest.split('\n', 2);
  const runsOn = next.trim() !== '' && !/^ {0,3}#{1,6}(?:[ \t]|\r?$)/.test(next);
  return runsOn || (entry === undefined && next.trim() !== '') ? '\n' : '';
}

/** @param styles of the list that is joined, and of lists in sections that hold nothing yet. */
function piecesOf(
  placed: readonly ToLayOut[],
  anchor: Entry | undefined,
  styles: { readonly here: ItemStyle | undefined; readonly below: ItemStyle | undefined },
  firstNumber: number,
): Piece[] {
  const style = anchor === undefined ? styles.below : styles.here;
  const pieces: Piece[] = [];
  let number = firstNumber;
  let leadIn = anchor?.leadIn;
  for (const { insertion } of placed.filter(({ missing }) => missing.length === 0)) {
    const under = insertion.leadIn === undefined ? undefined : shownLeadIn(insertion.leadIn);
    if (under !== undefined && under !== leadIn) pieces.push({ text: insertion.leadIn ?? '', item: false });
    const joins = style !== undefined && under === anchor?.leadIn;
    const piece = pieceOf(
      insertion.written,
      joins ? style : undefined,
      number,
      under === undefined && leadIn !== undefined,
    );
    if (joins && piece.item) number += 1;
    leadIn = under;
    pieces.push(piece);
  }
  const apart = placed.filter(({ missing }) => missing.length > 0);
  return [...pieces, ...newSections(apart, styles.below)];
}

/** @param apart what stands before is a list under a lead-in, which an item would join. */
function pieceOf(
  { kind, text }: WrittenText,
  style: ItemStyle | undefined,
  number: number,
  apart: boolean,
): Piece {
  const canBeItem = (kind === 'item' || kind === 'paragraph') && isOneItem(text);
  if (style !== undefined && canBeItem) {
    const marker = style.marker(number);
    return { text: `${marker}${indented(text, style.indent + ' '.repeat(marker.length))}`, item: true };
  }
  if (kind !== 'item' || (apart && !text.includes('\n'))) return { text, item: false };
  // Another marker begins another list.
  return { text: `${apart ? '*' : '-'} ${indented(text, '  ')}`, item: true };
}

/** Missing headings, each once, with what stands under them; in the order in which they are first needed. */
function newSections(placed: readonly ToLayOut[], style: ItemStyle | undefined): Piece[] {
  const groups = new Map<string, ToLayOut[]>();
  for (const each of placed) {
    const key = `${each.depth}\n${each.missing[0] ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const heading = {
      text: `${'#'.repeat(Math.min(first.depth, 6))} ${(first.missing[0] ?? '').replace(/\s+/g, ' ').trim()}`,
      item: false,
    };
    const below = group.map((each) => ({ ...each, missing: each.missing.slice(1), depth: first.depth + 1 }));
    const own = below.filter((each) => each.missing.length === 0);
    return [
      heading,
      ...piecesOf(own, undefined, { here: undefined, below: style }, 0),
      ...newSections(
        below.filter((each) => each.missing.length > 0),
        style,
      ),
    ];
  });
}

interface ItemStyle {
  /** White space before the marker. */
  readonly indent: string;
  readonly loose: boolean;
  readonly marker: (after: number) => string;
}

/** The style of the list that an item ends. */
function itemStyle(file: MemoryFile, item: Entry): ItemStyle {
  const indent = file.text.slice(lineStart(file.text, item.start), item.start).replace(/\S/g, ' ');
  const marker = itemMarker(file.text.slice(item.start, item.end));
  const before = file.entries[file.entries.indexOf(item) - 1];
  const between = before === undefined ? '' : file.text.slice(before.end, item.start);
  const isSibling = before?.kind === 'item' && between.trim() === '';
  const loose = isSibling && between.split('\n').length > 2;
  const number = /^\d+/.exec(marker)?.[0];
  if (number === undefined) return { indent, loose, marker: () => indent + marker };
  const numberBefore = isSibling ? /^\d+/.exec(file.text.slice(before.start))?.[0] : undefined;
  const step = numberBefore === number ? 0 : 1;
  return {
    indent,
    loose,
    marker: (after) => indent + String(Number(number) + step * after) + marker.slice(number.length),
  };
}

/** The list style of a file that keeps its notes as bullets; undefined where prose or numbers are as usual. */
function usualStyle(file: MemoryFile): ItemStyle | undefined {
  const notes = file.entries.filter(({ kind }) => kind !== 'lead-in');
  const items = notes.filter(({ kind }) => kind === 'item');
  const last = items.at(-1);
  if (last === undefined || items.length * 2 <= notes.length) return undefined;
  const marker = itemMarker(file.text.slice(last.start, last.end));
  return /^\d/.test(marker) ? undefined : { indent: '', loose: false, marker: () => marker };
}

/** An item's text that replaces a paragraph: its only paragraph, as it is. */
function paragraphOf(text: string): string {
  return text.replace(/\n{2,}/g, '\n');
}

function withEndings(text: string, file: MemoryFile): string {
  const ending = lineEnding(file.text);
  return ending === '\n' ? text : text.replaceAll('\n', ending);
}

/** A lead-in as entries name it. */
function shownLeadIn(text: string): string {
  return withoutMarkup(text).replace(/\s+/g, ' ').trim();
}
