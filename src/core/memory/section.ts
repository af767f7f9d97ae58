/** Where in a file something new goes: the section a heading path names, or the one to make it under. */
import type { Entry, Heading, MemoryFile } from './entry.ts';
import { samePath } from './changes.ts';

export interface Section {
  /** Undefined for what stands before the first heading. */
  readonly heading: Heading | undefined;
  /** Headings to be made below it. */
  readonly missing: readonly string[];
  /** Depth of the first missing heading. */
  readonly depth: number;
}

/**
 * Finds the section for a heading path. A path without the title above it is found too. What is missing is made under
 * the deepest heading that is there, else under the file's title.
 */
export function sectionFor(file: MemoryFile, path: readonly string[] = []): Section {
  const [title] = file.headings;
  if (path.length === 0) {
    const hasPreamble = file.entries.some((entry) => title === undefined || entry.start < title.start);
    return { heading: hasPreamble || title?.depth !== 1 ? undefined : title, missing: [], depth: 1 };
  }
  for (let known = path.length; known > 0; known -= 1) {
    const heading =
      headingAt(file, path.slice(0, known)) ??
      (known === path.length ? headingEnding(file, path) : undefined);
    if (heading !== undefined)
      return { heading, missing: path.slice(known), depth: Math.min(heading.depth + 1, 6) };
  }
  const titles = file.headings.filter((heading) => heading.depth === 1);
  if (titles.length === 1 && title?.depth === 1) return { heading: title, missing: path, depth: 2 };
  const depth = Math.min(
    ...file.headings.map((heading) => heading.depth),
    file.headings.length === 0 ? 2 : 6,
  );
  return { heading: undefined, missing: path, depth };
}

/** Offsets of what stands under a heading: before the next heading, or with all headings below it. */
export function sectionRange(
  file: MemoryFile,
  heading: Heading | undefined,
  withSubheadings: boolean,
): readonly [number, number] {
  const from = heading?.end ?? 0;
  if (heading === undefined && withSubheadings) return [0, file.text.length];
  const next = file.headings.find(
    ({ start, depth }) => start >= from && (!withSubheadings || depth <= (heading?.depth ?? 0)),
  );
  return [from, next?.start ?? file.text.length];
}

/** Entries that start inside a range. */
export function entriesIn(file: MemoryFile, [from, to]: readonly [number, number]): readonly Entry[] {
  return file.entries.filter((entry) => entry.start >= from && entry.start < to);
}

function headingAt(file: MemoryFile, path: readonly string[]): Heading | undefined {
  return (
    file.headings.find((heading) => samePath(heading.path, path)) ??
    file.headings.find((heading) => samePath(folded(heading.path), folded(path)))
  );
}

function headingEnding(file: MemoryFile, path: readonly string[]): Heading | undefined {
  const wanted = folded(path);
  const found = file.headings.filter((heading) => samePath(folded(heading.path.slice(-path.length)), wanted));
  return found.length === 1 ? found[0] : undefined;
}

function folded(path: readonly string[]): readonly string[] {
  return path.map((text) => text.replace(/\s+/g, ' ').trim().toLowerCase());
}
