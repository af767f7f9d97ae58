/** The store as a model reads it: every entry with its id, and with what is known of it. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import { entryRecords } from '../../../core/dream/entry-records.ts';
import type { EntryRecord } from '../../../core/dream/ledger.ts';
import { alwaysLoaded, audienceOf, type Load } from '../../../core/memory/audience.ts';
import type { Entry, MemoryFile } from '../../../core/memory/entry.ts';
import { tokens } from '../../../core/text/tokens.ts';
import { originOf, writtenAt } from '../../embedded/evidence.ts';

export interface StoreText {
  /** One entry on its own, with where it stands. */
  entry(entry: Entry): string;
  /** Files with their headings and entries; only those that are wanted. */
  whole(wanted?: (entry: Entry) => boolean): string;
  /** Files with their headings, and how much is under each. */
  outline(): string;
}

export function storeText(input: DreamInput): StoreText {
  const { store, signals, repository } = input;
  const records = entryRecords(store, signals, repository);
  const line = (entry: Entry): string => {
    const marks = marksOf(input, entry, records.get(entry.id));
    return `[${entry.id}] ${entry.text.replaceAll('\n', '\n  ')}${marks === '' ? '' : ` {${marks}}`}`;
  };
  return {
    entry: (entry) => `${entry.file}:${entry.lines[0]} ${headingLine(entry.headings)}\n${line(entry)}`,
    whole: (wanted = () => true) =>
      store.files.flatMap((file) => fileText(input, file, file.entries.filter(wanted), line)).join('\n\n'),
    outline: () => store.files.map((file) => `${fileLine(input, file)}\n${outlineOf(file)}`).join('\n\n'),
  };
}

function fileText(
  input: DreamInput,
  file: MemoryFile,
  entries: readonly Entry[],
  line: (entry: Entry) => string,
): string[] {
  if (entries.length === 0) return [];
  const lines = [fileLine(input, file)];
  let under: string | undefined;
  for (const entry of entries) {
    const heading = headingLine(entry.headings);
    if (heading !== under) lines.push(heading);
    under = heading;
    lines.push(line(entry));
  }
  return [lines.join('\n')];
}

function outlineOf(file: MemoryFile): string {
  const under = Map.groupBy(file.entries, ({ headings }) => headingLine(headings));
  return [...under].map(([heading, entries]) => `${heading} (${entries.length})`).join('\n');
}

/** As operations name it: a list of texts. */
const headingLine = (headings: readonly string[]): string => `# ${JSON.stringify(headings)}`;

function fileLine({ store }: DreamInput, { path, text }: MemoryFile): string {
  const readers = audienceOf(store, path).map(readerOf);
  const always = alwaysLoaded(store, path) ? ', always loaded' : '';
  const who = readers.length === 0 ? 'nothing leads to it' : `read by ${readers.join('; ')}`;
  return `== ${path} (${tokens(text)} tokens${always}; ${who})`;
}

const readerOf = ({ agent, when, where }: Load): string =>
  where === '' ? `${agent} ${when}` : `${agent} ${when} ${where}`;

function marksOf(input: DreamInput, entry: Entry, record: EntryRecord | undefined): string {
  const { author } = originOf(input, entry) ?? {};
  const at = writtenAt(input, entry)?.slice(0, 10);
  const counts = record === undefined ? [] : countsOf(record);
  return [author, at, ...counts, entry.keep ? 'keep: never touched' : undefined]
    .filter((mark) => mark !== undefined)
    .join(', ');
}

function countsOf({ support, applied, violated, contradicted }: EntryRecord): string[] {
  const counted = { supported: support, applied, violated, contradicted };
  return Object.entries(counted).flatMap(([name, sessions]) =>
    sessions > 0 ? [`${name} in ${sessions}`] : [],
  );
}
