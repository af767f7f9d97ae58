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

/** A heading over more than this share of a file is its title, not a part of it. */
const title = 0.6;

/** Sections at the least depth at which the file falls into two or more parts: those that a reader sees it in. */
export function mainSections(file: MemoryFile): Section[] {
  const depths = [...new Set(file.headings.map(({ depth }) => depth))].sort((a, b) => a - b);
  const divisions = depths
    .map((depth) => file.headings.filter((heading) => heading.depth === depth))
    .filter((headings) => headings.length > 1)
    .map((headings) => headings.map((heading) => sectionOf(file, heading)));
  const isPart = ({ start, end }: Section): boolean => end - start <= file.text.length * title;
  return divisions.find((sections) => sections.every(isPart)) ?? divisions.at(-1) ?? [];
}

function sectionOf(file: MemoryFile, heading: Heading): Section {
  const next = file.headings.find((other) => other.start > heading.start && other.depth <= heading.depth);
  const end = next?.start ?? file.text.length;
  const entries = file.entries.filter((entry) => entry.start >= heading.end && entry.start < end);
  return { heading, start: heading.start, end, entries };
}
