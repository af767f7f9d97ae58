/** Where a careful person would put something new. */
import { stems } from '../text/words.ts';
import type { MemoryFile, Store } from './entry.ts';
import { indexFor, isTopic } from './index-file.ts';

export interface Place {
  readonly file: string;
  /** Heading path; undefined means the file's own beginning, before any heading. */
  readonly heading?: string[];
}

interface Section {
  readonly file: string;
  readonly heading: readonly string[];
  /** Stems of the headings, and of everything below them. */
  readonly title: ReadonlySet<string>;
  readonly body: ReadonlySet<string>;
  /** Paths and commands that it names as code. */
  readonly names: ReadonlySet<string>;
  /** Lists take new statements better than prose, code or tables. */
  readonly list: boolean;
}

/** A heading that speaks of a word weighs as much as this many entries that do. */
const titleWeight = 3;
/** Share of a statement's weight that a section must hold to be the one that speaks of it. */
const speaksOfIt = 0.55;
/** The same for a section whose headings do not speak of it: a word or two in common is chance. */
const mentionsIt = 0.7;
/** Words that say how, not of what. */
const manner = new Set(
  stems(
    'use run make keep put set add always never must only not instead should can need want prefer avoid wherever whenever ensure',
  ),
);
/** Headings under which teams keep what fits nowhere else. */
const general =
  /^(?:important )?(?:notes?|conventions?|guidelines?|rules|lessons(?: learned)?|learnings?|gotchas?|tips|misc(?:ellaneous)?|general|things to know|working agreements?)$/i;
/** The heading made when there is none of those. */
const newHeading = 'Notes';

/** Folders that belong to one agent, person or project: nothing is learned into them by content alone. */
const ownedFolder = /(?:^|\/)memory\/(?:agents|people|projects)\//;
const indexFile = /(?:^|\/)(?:MEMORY|_index)\.md$/;

const cache = new WeakMap<Store, { sections: readonly Section[]; weight: (stem: string) => number }>();

function sectionsOf(file: MemoryFile): Section[] {
  const groups = new Map<string, ReturnType<typeof emptyGroup>>();
  for (const heading of file.headings) {
    const key = heading.path.join('\0');
    if (!groups.has(key)) groups.set(key, emptyGroup(heading.path));
  }
  for (const entry of file.entries) {
    const key = entry.headings.join('\0');
    const group = groups.get(key) ?? emptyGroup(entry.headings);
    groups.set(key, group);
    for (const stem of stems(entry.text)) group.body.add(stem);
    for (const name of namesIn(entry.text)) group.names.add(name);
    group.entries += 1;
    if (entry.kind === 'item') group.items += 1;
  }
  return [...groups.values()].map((group) => ({
    file: file.path,
    heading: group.heading,
    title: new Set(stems(group.heading.slice(-2).join(' '))),
    body: group.body,
    names: group.names,
    list: group.items * 2 >= group.entries,
  }));
}

function emptyGroup(heading: readonly string[]) {
  return { heading, body: new Set<string>(), names: new Set<string>(), items: 0, entries: 0 };
}

/** Code spans that can name only one thing: paths and commands, no bare words. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/(?<!`)`([^`\n]{4,200})`(?!`)/g)].flatMap(([, code = '']) =>
    /\w[\s/:]\w/.test(code) ? [code] : [],
  );
}

/** Files that take what is learned: not an index of topic files, not what one agent, person or project owns. */
function openFiles(store: Store): MemoryFile[] {
  const files = store.files.filter((file) => !ownedFolder.test(file.path));
  const topics = files.filter((file) => !indexFile.test(file.path));
  return topics.length > 0 ? topics : files;
}

function sectionIndex(store: Store): { sections: readonly Section[]; weight: (stem: string) => number } {
  const known = cache.get(store);
  if (known !== undefined) return known;
  const sections = openFiles(store).flatMap(sectionsOf);
  const counts = new Map<string, number>();
  for (const section of sections) {
    for (const stem of new Set([...section.title, ...section.body]))
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  // Inverse document frequency over sections (Spärck Jones, 1972): what stands everywhere tells nothing.
  const weight = (stem: string): number => Math.log(1 + sections.length / (1 + (counts.get(stem) ?? 1)));
  const made = { sections, weight };
  cache.set(store, made);
  return made;
}

/** The section that already speaks of a text, if one does. */
function speakingOf(store: Store, text: string): Section | undefined {
  const { sections, weight } = sectionIndex(store);
  const wanted = [...new Set(stems(text))].filter((stem) => !manner.has(stem));
  const whole = wanted.reduce((sum, stem) => sum + weight(stem), 0);
  let best: { section: Section; score: number } | undefined;
  for (const section of sections) {
    let score = 0;
    let held = 0;
    let titled = false;
    for (const stem of wanted) {
      if (section.title.has(stem)) titled = true;
      if (section.title.has(stem) || section.body.has(stem)) held += weight(stem);
      score += weight(stem) * (section.title.has(stem) ? titleWeight : section.body.has(stem) ? 1 : 0);
    }
    if (held < whole * (titled ? speaksOfIt : mentionsIt)) continue;
    const judged = section.list ? score * 1.1 : score;
    if (judged > (best?.score ?? 0)) best = { section, score: judged };
  }
  return best?.section;
}

/** The one section whose heading is what a text begins with: "Panels of series 4 need …" under "Panels". */
function headedBy(store: Store, text: string): Section | undefined {
  const wanted = stems(text).filter((stem) => !manner.has(stem));
  const subject = new Set(wanted.slice(0, 2));
  const headed = sectionIndex(store).sections.filter(({ heading }) => {
    const last = heading.at(-1) ?? '';
    const named = stems(last);
    const whole = named.length > 0 && named.every((stem) => wanted.includes(stem));
    return whole && !general.test(last) && named.some((stem) => subject.has(stem));
  });
  return headed.length === 1 ? headed[0] : undefined;
}

/** The one section that names a path or command of a text. */
function namingOf(store: Store, text: string): Section | undefined {
  const names = namesIn(text);
  const naming = sectionIndex(store).sections.filter((section) =>
    names.some((name) => section.names.has(name)),
  );
  return naming.length === 1 ? naming[0] : undefined;
}

/** The file that a new heading goes into: the one all agents load, else the biggest. */
function mainFile(store: Store): MemoryFile | undefined {
  const open = openFiles(store);
  const topic = open.find(
    (file) => /(?:^|\/)memory\/[^/]+\.md$/.test(file.path) && general.test(baseName(file.path)),
  );
  const rank = (file: MemoryFile): number =>
    ['CLAUDE.md', 'AGENTS.md', 'GEMINI.md'].indexOf(file.path) + 1 || 9;
  return topic ?? open.toSorted((a, b) => rank(a) - rank(b) || b.text.length - a.text.length)[0];
}

/** A topic file among others: what it does not speak of is not put there for its size. */
function isOneOfMany(store: Store, { path }: MemoryFile): boolean {
  return isTopic(path) && !general.test(baseName(path)) && openFiles(store).length > 1;
}

function baseName(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.md$/, '');
}

/**
 * Where to put a statement: under the heading that already speaks of it, else under the heading for what fits nowhere
 * else, else under a new one. A store that is one file stays one file; a folder of topics that an index lists gets, and
 * an empty store begins, `memory/notes.md`.
 */
export function placeFor(store: Store, text: string): Place {
  const section = speakingOf(store, text) ?? namingOf(store, text) ?? headedBy(store, text);
  if (section !== undefined) return place(section.file, section.heading);
  const file = mainFile(store);
  if (file === undefined) return { file: 'memory/notes.md' };
  const index = isOneOfMany(store, file) ? indexFor(store, file.path) : undefined;
  if (index !== undefined) return { file: index.path.replace(/[^/]+$/, 'notes.md') };
  const known = file.headings.find((heading) => general.test(heading.text));
  if (known !== undefined) return place(file.path, known.path);
  const top = file.headings[0];
  const single = top?.depth === 1 && file.headings.filter((heading) => heading.depth === 1).length === 1;
  return place(file.path, single ? [top.text, newHeading] : [newHeading]);
}

function place(file: string, heading: readonly string[]): Place {
  return heading.length === 0 ? { file } : { file, heading: [...heading] };
}
