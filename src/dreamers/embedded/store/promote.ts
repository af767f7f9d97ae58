/** What two or more agents, people or projects learned for themselves moves up to where all read it. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { Store } from '../../../core/memory/entry.ts';
import { type Place, placeFor } from '../../../core/memory/place.ts';
import { listed } from '../../../core/review/wording.ts';
import { entryEvidence } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';
import { type Cluster, clustersOf } from './clusters-of-twins.ts';
import { relationOf, twinsIn } from '../../../core/memory/relation.ts';
import { readStatements, type Statement } from '../../../core/memory/statements.ts';

interface Owner {
  /** The shared folder above: `memory/`. */
  readonly root: string;
  readonly sort: string;
  readonly name: string;
  /** The path below the owner's folder. */
  readonly rest: string;
}

const ownedPath = /^((?:.*\/)?memory\/)(agents|people|projects)\/([^/]+)\/(.+)$/;

export function promote(input: DreamInput): RuleResult {
  const statements = readStatements(input.store).filter(({ entry }) => ownerOf(entry.file) !== undefined);
  const owned = new Set(statements);
  const pairs = twinsIn(input.store).filter(
    ([a, b]) => owned.has(a) && owned.has(b) && ownersOf([a, b]).size >= 2,
  );
  const proposals = clustersOf(statements, pairs)
    .filter(({ members, text }) => text !== undefined && ownersOf(members).size >= 2)
    .filter(({ survivor }) => !isSharedAlready(input.store, survivor))
    .sort((a, b) => ownersOf(b.members).size - ownersOf(a.members).size)
    .map((cluster) => draftOf(input, cluster));
  return { proposals, questions: [], leads: [] };
}

function ownerOf(file: string): Owner | undefined {
  const [, root, sort, name, rest] = ownedPath.exec(file) ?? [];
  if (root === undefined || sort === undefined || name === undefined || rest === undefined) return undefined;
  return { root, sort, name, rest };
}

function ownersOf(members: readonly Statement[]): ReadonlySet<string> {
  return new Set(
    members.flatMap(({ entry }) => {
      const owner = ownerOf(entry.file);
      return owner === undefined ? [] : [`${owner.root}${owner.sort}/${owner.name}`];
    }),
  );
}

/** The shared memory says it: then the copies are for their owners to drop. */
function isSharedAlready(store: Store, statement: Statement): boolean {
  return readStatements(store).some(
    (other) => ownerOf(other.entry.file) === undefined && relationOf(statement, other) !== undefined,
  );
}

function draftOf(input: DreamInput, { members, survivor, text }: Cluster): Draft {
  const owners = ownersOf(members);
  const names = [...owners].map((owner) => owner.slice(owner.lastIndexOf('/') + 1));
  const sort = ownerOf(survivor.entry.file)?.sort ?? 'agents';
  const place = sharedPlace(input.store, survivor);
  const isNew = !input.store.files.some((file) => file.path === place.file);
  const said = text ?? survivor.entry.text;
  return {
    kind: 'promote',
    title: titled(`Share what ${owners.size} of the ${sort} learned`, survivor.entry.text),
    rationale: `${listed(names)} each keep this note for themselves. Moved up, all read it and it is kept once.`,
    operations: [
      {
        op: 'merge',
        entries: members.map(({ entry }) => entry.id),
        ...place,
        text: isNew ? asListed(survivor, said) : said,
      },
    ],
    evidence: members.map(({ entry }) => entryEvidence(input, entry)),
    strength: 'supported',
    signals: [`store:promote:${members.map(({ entry }) => entry.id).join(',')}`],
  };
}

/** A file that is new has no list whose style it could take. */
function asListed({ entry }: Statement, text: string): string {
  return entry.kind === 'item' ? `- ${text.replaceAll('\n', '\n  ')}` : text;
}

/** Where the shared memory speaks of it; else the file of the same name, one scope up. */
function sharedPlace(store: Store, { entry }: Statement): Place {
  const owner = ownerOf(entry.file);
  const root = owner?.root ?? 'memory/';
  const place = placeFor(store, entry.text);
  const known = store.files.some((file) => file.path === place.file);
  if (known && place.file.startsWith(root)) return place;
  const heading = entry.headings.findLast((text) => !namesOwner(text, owner?.name ?? ''));
  return {
    file: `${root}${owner?.rest ?? 'notes.md'}`,
    ...(heading === undefined ? {} : { heading: [heading] }),
  };
}

/** "Ada's notes" is no heading for what all share. */
function namesOwner(heading: string, name: string): boolean {
  return name !== '' && heading.toLowerCase().includes(name.toLowerCase());
}
