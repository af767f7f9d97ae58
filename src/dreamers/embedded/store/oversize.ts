/** Files that grew too long to be read: the biggest part of a topic file becomes a file of its own. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft, Lead } from '../../../core/dream/proposal.ts';
import type { Entry, MemoryFile } from '../../../core/memory/entry.ts';
import { entryEvidence } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { alwaysLoaded, audienceOf } from '../../../core/memory/audience.ts';
import { indexFor, isIndex, isTopic } from '../../../core/memory/index-file.ts';
import { topicCharacters } from '../../../core/memory/limits.ts';
import { mainSections, type Section } from './sections.ts';
import { plainTitle } from './topic.ts';

/** A part is worth a file of its own when it holds this much of the old one, and leaves this much there. */
const share = { least: 0.15, most: 0.8 };
/** Entries cited: the part is long, and the operations name them all. */
const cited = 3;

export function oversize(input: DreamInput): RuleResult {
  const results = input.store.files
    .filter((file) => file.text.length > topicCharacters && !isIndex(file.path))
    .map((file) => (isDivisible(input, file.path) ? splitTopic(input, file) : leadOf(input, file)));
  return {
    proposals: results.flatMap((result) => ('operations' in result ? [result] : [])),
    questions: [],
    leads: results.flatMap((result) => ('operations' in result ? [] : [result])),
  };
}

/**
 * A file that agents read when they need it, and whose parts they would find again; a CLAUDE.md that stands alone is one
 * file because its people want it so.
 */
function isDivisible({ store }: DreamInput, path: string): boolean {
  if (!isTopic(path) || !/(?:^|\/)memory\//.test(path) || alwaysLoaded(store, path)) return false;
  return indexFor(store, path) !== undefined || audienceOf(store, path).length === 0;
}

function splitTopic(input: DreamInput, file: MemoryFile): Draft | Lead {
  const [section] = mainSections(file)
    .filter((each) => isMovable(file, each))
    .sort((a, b) => sizeOf(b) - sizeOf(a));
  if (section === undefined) return leadOf(input, file);
  const target = newFile(input, file, section);
  if (target === undefined) return leadOf(input, file);
  const above = section.heading.path.length - 1;
  const moved = section.entries.filter((entry) => entry.kind !== 'lead-in');
  return {
    kind: 'reorganise',
    title: `Move ${plainTitle(section.heading.text)} to a file of its own`,
    rationale:
      `${file.path} has ${count(file.text.length)} characters; topic files should stay under ${count(topicCharacters)}. ` +
      `This part has ${count(sizeOf(section))} and stands on its own. Nothing is reworded.`,
    operations: moved.map((entry) => ({
      op: 'move',
      entry: entry.id,
      file: target,
      heading: entry.headings.slice(above),
    })),
    evidence: moved.slice(0, cited).map((entry) => entryEvidence(input, entry)),
    strength: 'proved',
    signals: [`store:oversize:${file.path}#${section.heading.path.join('/')}`],
  };
}

function isMovable(file: MemoryFile, section: Section): boolean {
  const part = sizeOf(section) / file.text.length;
  const hasEntries = section.entries.some((entry) => entry.kind !== 'lead-in');
  return part >= share.least && part <= share.most && hasEntries && !section.entries.some(isBound);
}

/** Kept where it is by a person, or speaking of what stands around it. */
function isBound(entry: Entry): boolean {
  return (
    entry.keep ||
    /\b(?:see|as (?:described|shown|said)|mentioned) (?:above|below)\b|\b(?:above|below) section\b/i.test(
      entry.text,
    )
  );
}

function newFile(
  { store, repository }: DreamInput,
  file: MemoryFile,
  { heading }: Section,
): string | undefined {
  const slug = heading.text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const path = `${file.path.slice(0, file.path.lastIndexOf('/') + 1)}${slug}.md`;
  const isTaken =
    repository.paths.has(path) || store.files.some((other) => other.path.toLowerCase() === path);
  return slug === '' || isTaken ? undefined : path;
}

function leadOf(input: DreamInput, file: MemoryFile): Lead {
  const [biggest] = mainSections(file).sort((a, b) => sizeOf(b) - sizeOf(a));
  const part =
    biggest === undefined
      ? ''
      : `; its longest part is ${plainTitle(biggest.heading.text)} (${count(sizeOf(biggest))})`;
  return {
    kind: 'reorganise',
    text: `${file.path} has ${count(file.text.length)} characters${part}`,
    reason: isDivisible(input, file.path)
      ? 'No part of it could be moved as a whole without a person looking.'
      : 'It is loaded as a whole; what is needed now and then could move to a topic file, which people should decide.',
    evidence: file.entries.slice(0, 1).map((entry) => entryEvidence(input, entry)),
  };
}

function sizeOf({ start, end }: Section): number {
  return end - start;
}

/** 20000 → 20,000. */
function count(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
