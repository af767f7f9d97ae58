/** The sections of a memory file: what stands under one heading, its sub-headings included. */
import type { Entry, Heading, MemoryFile } from '../../../core/memory/entry.ts';

export interface Section {
  readonly heading: Heading;
  /** UTF-16 offsets, from the heading to the next one that is not deeper. */
  readonly start: number;
  readonly end: number;
  /** In file order, lead-ins included. */
  readonly entries: readonly Entry[];
}

/** Sections at the least depth that has two or more of them: the parts that a reader sees the file in. */
export function mainSections(file: MemoryFile): Section[] {
  const depths = [...new Set(file.headings.map(({ depth }) => depth))].sort((a, b) => a - b);
  const depth = depths.find((each) => file.headings.filter((heading) => heading.depth === each).length > 1);
  return depth === undefined
    ? []
    : file.headings.filter((heading) => heading.depth === depth).map((heading) => sectionOf(file, heading));
}

function sectionOf(file: MemoryFile, heading: Heading): Section {
  const next = file.headings.find((other) => other.start > heading.start && other.depth <= heading.depth);
  const end = next?.start ?? file.text.length;
  const entries = file.entries.filter((entry) => entry.start >= heading.end && entry.start < end);
  return { heading, start: heading.start, end, entries };
}
