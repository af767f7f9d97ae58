/** From the changes of a file to splices. An edit touches the lines of its entries and the blank lines beside them, no other byte. */
import type { Entry, MemoryFile } from './entry.ts';
import type { FileChanges, Insertion } from './changes.ts';
import type { Edit } from './edit.ts';
import { insertedText, revisedText } from './layout.ts';
import type { Anchor } from './layout.ts';
import { entriesIn, sectionFor, sectionRange } from './section.ts';
import { lineEnd, lineEnding, lineStart, nextLine } from './source.ts';

interface Placed {
  readonly anchor: Anchor;
  readonly insertion: Insertion;
  readonly missing: readonly string[];
  readonly depth: number;
}

/** Plans the splices for one file; as a set they do not overlap, and they do not depend on the order of proposals. */
export function planEdits(file: MemoryFile, changes: FileChanges): Edit[] {
  const groups = new Map<number, Placed[]>();
  for (const insertion of changes.inserted) {
    const placed = place(file, insertion);
    groups.set(placed.anchor.offset, [...(groups.get(placed.anchor.offset) ?? []), placed]);
  }
  const edits: Edit[] = [];
  for (const entry of file.entries) {
    const written = changes.replaced.get(entry.id);
    if (written !== undefined && written.text !== entry.text) {
      edits.push({ start: entry.start, end: entry.end, text: revisedText(file, entry, written) });
    }
  }
  for (const run of runsOf(file, changes.removed)) {
    const inside = [...groups].filter(
      ([, [first]]) => first?.anchor.entry !== undefined && run.includes(first.anchor.entry),
    );
    for (const [offset] of inside) groups.delete(offset);
    edits.push(
      inside.length === 0
        ? removal(file, run)
        : substitution(
            file,
            run,
            inside.flatMap(([, placed]) => placed),
          ),
    );
  }
  for (const [offset, placed] of groups) {
    const [first] = placed;
    if (first !== undefined)
      edits.push({
        start: offset,
        end: offset,
        text: insertedText(file, first.anchor, sorted(placed), false),
      });
  }
  return edits;
}

function place(file: MemoryFile, insertion: Insertion): Placed {
  const { heading, missing, depth } = sectionFor(file, insertion.heading);
  const whole = missing.length > 0;
  const range = sectionRange(file, heading, whole);
  const inside = entriesIn(file, range);
  // What joins a list under a lead-in would come to mean something else ("Do NOT:").
  const last = inside.at(-1);
  const free = whole || insertion.leadIn !== undefined ? last : (lastFree(inside) ?? last);
  const anchor = free === undefined ? emptySection(file, range) : { offset: free.end, entry: free };
  return { anchor, insertion, missing, depth };
}

function lastFree(entries: readonly Entry[]): Entry | undefined {
  const last = entries.at(-1);
  return last?.leadIn === undefined
    ? last
    : entries.findLast((entry) => entry.kind === 'item' && entry.leadIn === undefined);
}

/** A section that says nothing yet: after its heading, or at the start of the file after front matter. */
function emptySection({ text }: MemoryFile, [from, to]: readonly [number, number]): Anchor {
  if (from > 0) return { offset: lineEnd(text, from), entry: undefined };
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const trimmed = text.slice(0, to).trimEnd().length;
  return { offset: trimmed <= start ? start : lineEnd(text, trimmed), entry: undefined };
}

/** Content of a section before new sections, deeper ones first; else in the order given. */
function sorted(placed: readonly Placed[]): readonly Placed[] {
  return [...placed].sort(
    (a, b) =>
      Math.sign(a.missing.length) - Math.sign(b.missing.length) ||
      (a.missing.length > 0 ? b.depth - a.depth : 0),
  );
}

/** Removed entries with nothing but white space between them. */
function runsOf(file: MemoryFile, removed: ReadonlySet<string>): Entry[][] {
  const runs: Entry[][] = [];
  let before: Entry | undefined;
  for (const entry of file.entries) {
    if (!removed.has(entry.id)) continue;
    const joins = before !== undefined && file.text.slice(before.end, entry.start).trim() === '';
    if (joins) runs.at(-1)?.push(entry);
    else runs.push([entry]);
    before = entry;
  }
  return runs;
}

function substitution(file: MemoryFile, run: readonly Entry[], placed: readonly Placed[]): Edit {
  const [start, end] = [run[0]?.start ?? 0, run.at(-1)?.end ?? 0];
  const anchor = placed[0]?.anchor ?? { offset: end, entry: undefined };
  return { start, end, text: insertedText(file, anchor, sorted(placed), true) };
}

/**
 * Removes the lines of a run, with the blank lines after it when there are blank ones before it too, and with those
 * before it at the end of the file. Where lines would run together, one blank line stays.
 */
function removal({ text }: MemoryFile, run: readonly Entry[]): Edit {
  const first = run[0]?.start ?? 0;
  const start = Math.max(lineStart(text, first), text.startsWith('\ufeff') ? 1 : 0);
  const end = nextLine(text, run.at(-1)?.end ?? 0);
  const rest = text.slice(end);
  const blankAfter = rest.length - rest.replace(/^(?:[ \t]*\r?\n)+|^[ \t]+$/, '').length;
  const before = text.slice(0, start);
  if (end + blankAfter === text.length) {
    const kept = before.trimEnd();
    const endsLine = /\n[ \t]*$/.test(text);
    const keptEnd =
      kept.replace('\ufeff', '') === ''
        ? start
        : endsLine
          ? nextLine(text, kept.length)
          : lineEnd(text, kept.length);
    return { start: Math.min(start, keptEnd), end: text.length, text: '' };
  }
  const isFirst = before.replace('\ufeff', '') === '';
  if (isFirst || /\n[ \t]*\r?\n$/.test(before)) {
    // A rule in the first line would open front matter.
    const opens = isFirst && /^(?:---|\+\+\+)/.test(rest.slice(blankAfter));
    return { start, end: end + blankAfter, text: opens ? lineEnding(text) : '' };
  }
  const separate = blankAfter > 0 || standsAlone(before, rest, run);
  return { start, end, text: separate ? '' : lineEnding(text) };
}

function standsAlone(before: string, rest: string, run: readonly Entry[]): boolean {
  const heading = /^ {0,3}#{1,6}(?:[ \t]|\r?\n|$)/;
  const lineBefore = before.slice(lineStart(before, before.length - 1));
  const amongItems =
    run.every((entry) => entry.kind === 'item') && /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]/.test(rest);
  return heading.test(rest) || heading.test(lineBefore) || amongItems;
}
