/** Keeps the index of topic files true: every file has a line, every line has its file. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Evidence } from '../../../core/dream/evidence.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { Entry, MemoryFile, Store } from '../../../core/memory/entry.ts';
import { indexFor, indexLine, isIndex, linesFor } from '../../../core/memory/index-file.ts';
import { folderOf, resolved } from '../../../core/memory/paths.ts';
import { scopeOf } from '../../../core/memory/scope.ts';
import { entryEvidence } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { deadIndexLine, type Listing } from './dead-index-line.ts';
import { plainTitle } from './topic.ts';

/** An index that lists fewer files is a page with a link in it. */
const leastListed = 2;
/** Lines added by one proposal. */
const mostAdded = 10;
const link = /\[[^\]]*\]\(<?([^()\s<>]+)>?\)/g;

export function memoryIndex(input: DreamInput): RuleResult {
  const results = input.store.files.filter(({ path }) => isIndex(path)).map((index) => examine(input, index));
  return {
    proposals: results.flatMap(({ proposals }) => proposals),
    questions: [],
    leads: results.flatMap(({ leads }) => leads),
  };
}

function examine(input: DreamInput, index: MemoryFile): RuleResult {
  const listings = listingsOf(index);
  const live = listings.filter(({ path }) => input.repository.paths.has(path));
  const dead = listings.filter(({ path }) => !input.repository.paths.has(path));
  const unlisted = live.length < leastListed ? [] : unlistedFiles(input.store, index);
  const last = live.at(-1)?.entry;
  const judged = dead.map((listing) => deadIndexLine(input, listing));
  return {
    proposals: [
      ...judged.flatMap(({ proposals }) => proposals),
      ...(unlisted.length === 0 || last === undefined ? [] : [missingLines(input, index, unlisted, last)]),
    ],
    questions: [],
    leads: judged.flatMap(({ leads }) => leads),
  };
}

function listingsOf(index: MemoryFile): Listing[] {
  return index.entries.flatMap((entry): Listing[] => {
    const targets = [...entry.text.matchAll(link)].flatMap((match) => {
      const written = (match[1] ?? '').replace(/#.*$/, '');
      const path = /^[a-z][\w+.-]*:|^\//i.test(written) ? undefined : resolved(folderOf(index.path), written);
      return path?.endsWith('.md') === true ? [{ entry, written, path }] : [];
    });
    return entry.kind === 'item' && targets.length === 1 ? targets : [];
  });
}

/** Topic files that this index should list and no line names; what belongs to one agent or person is theirs to find. */
function unlistedFiles(store: Store, index: MemoryFile): MemoryFile[] {
  return store.files.filter(({ path }) => {
    if (indexFor(store, path) !== index || scopeOf(path).kind !== scopeOf(index.path).kind) return false;
    const below = path.slice(folderOf(index.path).length);
    return linesFor(index, path).length === 0 && !index.text.includes(below.replace(/^\//, ''));
  });
}

function missingLines(
  input: DreamInput,
  index: MemoryFile,
  unlisted: readonly MemoryFile[],
  last: Entry,
): Draft {
  const added = unlisted.slice(0, mostAdded);
  const files = added.length === 1 ? 'a topic file' : `${added.length} topic files`;
  return {
    kind: 'reorganise',
    title: `List ${files} in ${plainTitle(nameOf(index.path))}`,
    rationale: `Agents find topic files through the index, and ${added.map(({ path }) => path).join(', ')} ${added.length === 1 ? 'is' : 'are'} not in it.`,
    operations: added.map((file) => ({
      op: 'add',
      file: index.path,
      ...(last.headings.length > 0 ? { heading: [...last.headings] } : {}),
      // What the file says first is not repeated: a new line in an index brings in nothing but the name.
      text: indexLine(index.path, file.path, ''),
    })),
    evidence: [
      ...added.map(({ path }): Evidence => ({ type: 'fact', fact: 'exists', path })),
      entryEvidence(input, last),
    ],
    strength: 'proved',
    signals: [`store:index:${added.map(({ path }) => path).join(',')}`],
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
