/** Notes that name a path which Git shows deleted or renamed (proof a of DESIGN section 7). */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Evidence } from '../../../core/dream/evidence.ts';
import type { Draft, Lead } from '../../../core/dream/proposal.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import { isIndex } from '../../../core/memory/index-file.ts';
import { staleReferences, type StaleReference } from '../../../core/memory/lint/references.ts';
import type { Operation } from '../../../core/memory/operation.ts';
import { entryEvidence, writtenAt } from '../evidence.ts';
import { nothing, type RuleResult } from '../rule.ts';
import { withoutPointer } from './pointer.ts';
import { movedReference } from './renamed-path.ts';
import { isRewordable } from './rewordable.ts';
import { plainTitle } from './topic.ts';
import { isWhollyAbout } from './wholly-about.ts';

/** More changes than this in one proposal are not read. */
const mostEntries = 6;

/** What becomes of one entry, and the references that are the reason. */
interface Change {
  readonly entry: Entry;
  readonly operation: Operation;
  readonly stale: readonly StaleReference[];
}

/** One proposal per commit and memory file: what one commit moved or removed is judged at once. */
export function staleReferenceRule(input: DreamInput): RuleResult {
  // Cut-off history shows what was deleted since, but not whether it was there when the note was written.
  if (input.repository.shallow) return nothing;
  const found = staleReferences(input.store, input.repository).filter(({ entry }) => !isIndex(entry.file));
  const changes: Change[] = [];
  const leads: Lead[] = [];
  for (const [entry, stale] of Map.groupBy(found, ({ entry }) => entry)) {
    const operation = operationFor(input, entry, stale);
    if (operation === undefined) leads.push(leadOf(input, entry, stale));
    else changes.push({ entry, operation, stale });
  }
  const groups = Map.groupBy(changes, groupKey);
  const proposals = [...groups.values()].flatMap((group) =>
    chunks(group).map((part) => draftOf(input, part)),
  );
  return { proposals, questions: [], leads };
}

function operationFor(
  input: DreamInput,
  entry: Entry,
  stale: readonly StaleReference[],
): Operation | undefined {
  if (!isRewordable(entry)) return undefined;
  // Who wrote it after the deletion meant something else, or knew.
  const written = writtenAt(input, entry);
  if (written !== undefined && stale.some(({ deletion }) => deletion.at < written)) return undefined;
  if (stale.every(({ deletion }) => deletion.renamedTo !== undefined)) return followed(input, entry, stale);
  const [only] = stale;
  if (only === undefined || stale.length > 1 || only.deletion.renamedTo !== undefined) return undefined;
  if (isWhollyAbout(entry, only.reference.path)) return { op: 'retire', entry: entry.id };
  const text = withoutPointer(entry.text, only.reference.path);
  return text === undefined ? undefined : { op: 'revise', entry: entry.id, text };
}

function followed(input: DreamInput, entry: Entry, stale: readonly StaleReference[]): Operation | undefined {
  let text = entry.text;
  for (const each of stale) {
    const next = movedReference(text, each, input.repository.paths);
    if (next === undefined) return undefined;
    text = next;
  }
  return { op: 'revise', entry: entry.id, text };
}

function groupKey({ entry, operation, stale }: Change): string {
  return [
    entry.file,
    operation.op,
    stale[0]?.deletion.commit,
    stale[0]?.deletion.renamedTo === undefined,
  ].join('\n');
}

function chunks(changes: readonly Change[]): Change[][] {
  const count = Math.ceil(changes.length / mostEntries);
  return Array.from({ length: count }, (_, at) => changes.slice(at * mostEntries, (at + 1) * mostEntries));
}

function draftOf(input: DreamInput, changes: readonly Change[]): Draft {
  const stale = changes.flatMap((change) => change.stale);
  const retires = changes.every(({ operation }) => operation.op === 'retire');
  return {
    kind: retires ? 'retire' : 'correct',
    title: titleOf(changes, stale, retires),
    rationale: rationaleOf(stale, retires),
    operations: changes.map(({ operation }) => operation),
    evidence: [...stale.map(factOf), ...changes.map(({ entry }) => entryEvidence(input, entry))],
    strength: 'proved',
    signals: [`store:stale:${changes.map(({ entry }) => entry.id).join(',')}`],
  };
}

function titleOf(changes: readonly Change[], stale: readonly StaleReference[], retires: boolean): string {
  const [first] = stale;
  const name = first === undefined ? 'a path' : plainTitle(first.reference.path);
  if (retires) {
    return changes.length === 1
      ? `Retire the note on ${name}, which was deleted`
      : `Retire ${changes.length} notes on deleted files`;
  }
  if (first?.deletion.renamedTo === undefined) return `Take the pointer to ${name} out`;
  return changes.length === 1
    ? `Follow ${name} to its new place`
    : `Follow moved files in ${changes.length} notes`;
}

function rationaleOf(stale: readonly StaleReference[], retires: boolean): string {
  const named = [...new Set(stale.map(({ deleted }) => deleted))];
  const paths = `${named.slice(0, 3).join(', ')}${named.length > 3 ? ` and ${named.length - 3} more` : ''}`;
  const [first] = stale;
  const when = first === undefined ? '' : ` on ${first.deletion.at.slice(0, 10)}`;
  const were = named.length === 1 ? 'was' : 'were';
  if (first?.deletion.renamedTo !== undefined) {
    return `Git shows that ${paths} ${were} renamed${when}; memory still names the old place.`;
  }
  const rest = retires ? 'Nothing else is said here.' : 'The rest of the note stays.';
  return `Git shows that ${paths} ${were} deleted${when}, and nothing live matches. ${rest}`;
}

/** What Git shows of a path that is no more. */
export function factOf({
  deleted,
  deletion: { commit, at, renamedTo },
}: Pick<StaleReference, 'deleted' | 'deletion'>): Evidence {
  return renamedTo === undefined
    ? { type: 'fact', fact: 'deleted', path: deleted, commit, at }
    : { type: 'fact', fact: 'renamed', path: deleted, commit, at, to: renamedTo };
}

function leadOf(input: DreamInput, entry: Entry, stale: readonly StaleReference[]): Lead {
  const paths = [...new Set(stale.map(({ deleted }) => deleted))];
  return {
    kind: 'correct',
    text: `The note at ${entry.file}:${entry.lines[0]} names ${paths.slice(0, 3).join(', ')}, which Git shows deleted`,
    reason: 'The note says more than where that is, so a person should word what remains.',
    evidence: [...stale.slice(0, 3).map(factOf), entryEvidence(input, entry)],
  };
}
