/** Notes that say the same: merged so that every specific survives. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { Operation } from '../../../core/memory/operation.ts';
import { entryEvidence } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { type Cluster, clustersOf } from './clusters-of-twins.ts';
import { leadsAcrossFiles, leadsWithin } from './duplicate-leads.ts';
import { bestPlace } from './best-place.ts';
import { haveOneReader } from '../../../core/memory/readers.ts';
import { type Pair, twinsIn } from '../../../core/memory/relation.ts';
import { readStatements, type Statement } from '../../../core/memory/statements.ts';
import { topicOf } from './topic.ts';

/** The same line under this many headings of one file is a refrain that somebody wrote on purpose. */
const refrain = 3;
/** Two files that share this many notes, and this share of the smaller one, are copies: a person says which one stays. */
const copy = { notes: 8, share: 0.5 };
/** More merges than this in one proposal are not read. */
const mostMerges = 6;

export function duplicates(input: DreamInput): RuleResult {
  const statements = readStatements(input.store);
  const pairs = twinsIn(input.store);
  const copies = copiesAmong(statements, pairs);
  const isTogether = ([a, b]: Pair): boolean =>
    haveOneReader(input.store, a.entry.file, b.entry.file) && !copies.has(filesOf(a, b));
  const clusters = clustersOf(statements, pairs.filter(isTogether));
  const mergeable = clusters.filter((cluster) => cluster.text !== undefined && !isRefrain(cluster));
  return {
    proposals: groupsOf(mergeable)
      .sort((a, b) => sizeOf(b) - sizeOf(a))
      .map((group) => draftOf(input, group)),
    questions: [],
    leads: [
      ...leadsWithin(
        input,
        clusters.filter((cluster) => !mergeable.includes(cluster)),
      ),
      ...leadsAcrossFiles(
        input,
        pairs.filter((pair) => !isTogether(pair)),
      ),
    ],
  };
}

function copiesAmong(statements: readonly Statement[], pairs: readonly Pair[]): ReadonlySet<string> {
  const notes = Map.groupBy(statements, ({ entry }) => entry.file);
  const across = pairs.filter(([a, b]) => a.entry.file !== b.entry.file);
  const copies = [...Map.groupBy(across, ([a, b]) => filesOf(a, b))].filter(([, [first, ...others]]) => {
    if (first === undefined) return false;
    const [a, b] = first;
    const smaller = Math.min(notes.get(a.entry.file)?.length ?? 0, notes.get(b.entry.file)?.length ?? 0);
    return others.length + 1 >= copy.notes && others.length + 1 >= smaller * copy.share;
  });
  return new Set(copies.map(([files]) => files));
}

function filesOf(a: Statement, b: Statement): string {
  return `${a.entry.file}\n${b.entry.file}`;
}

function isRefrain({ members }: Cluster): boolean {
  const headings = members.map(({ entry }) => [entry.file, ...entry.headings].join('\n'));
  return new Set(members.map(({ entry }) => entry.file)).size === 1 && new Set(headings).size >= refrain;
}

/** Sections repeated word for word are one proposal; every other cluster is its own. */
function groupsOf(clusters: readonly Cluster[]): Cluster[][] {
  const groups = new Map<string, Cluster[]>();
  for (const [index, cluster] of clusters.entries()) {
    const key = isVerbatim(cluster) ? sectionsOf(cluster) : String(index);
    const group = groups.get(key);
    if (group === undefined || group.length >= mostMerges)
      groups.set(group === undefined ? key : `${key}\n${index}`, [cluster]);
    else group.push(cluster);
  }
  return [...groups.values()];
}

function isVerbatim({ members }: Cluster): boolean {
  return members.every(({ claim }) => claim.words === members[0]?.claim.words);
}

function sectionsOf({ members }: Cluster): string {
  return JSON.stringify(members.map(({ entry }) => [entry.file, ...entry.headings]));
}

function sizeOf(group: readonly Cluster[]): number {
  return group.reduce((sum, { members }) => sum + members.length, 0);
}

function draftOf(input: DreamInput, group: readonly Cluster[]): Draft {
  const members = group.flatMap((cluster) => cluster.members);
  const first = group[0]?.survivor.entry;
  return {
    kind: 'merge',
    title: `Merge ${members.length} notes on ${first === undefined ? 'one subject' : topicOf(first)}`,
    rationale: rationaleOf(group),
    operations: group.flatMap(operationsOf),
    evidence: members.map(({ entry }) => entryEvidence(input, entry)),
    strength: 'proved',
    signals: [`store:duplicates:${members.map(({ entry }) => entry.id).join(',')}`],
  };
}

function operationsOf({ members, survivor, text }: Cluster): Operation[] {
  if (survivor.entry.keep) {
    return members
      .filter((member) => member !== survivor)
      .map(({ entry }) => ({ op: 'retire', entry: entry.id }));
  }
  const place = bestPlace(members);
  const others = members.filter((member) => member !== place);
  return [
    {
      op: 'merge',
      entries: [place, ...others].map(({ entry }) => entry.id),
      file: place.entry.file,
      ...(place.entry.headings.length > 0 ? { heading: [...place.entry.headings] } : {}),
      text: text ?? survivor.entry.text,
    },
  ];
}

function rationaleOf(group: readonly Cluster[]): string {
  if (group.length > 1)
    return `The same ${group.length} notes stand in two places, word for word. One place keeps them.`;
  const [cluster] = group;
  if (cluster === undefined) return 'The notes say the same.';
  const files = [...new Set(cluster.members.map(({ entry }) => entry.file))];
  const where =
    files.length === 1 ? `${cluster.members.length} times in ${files.join()}` : `in ${files.join(' and ')}`;
  if (isVerbatim(cluster)) return `The same note stands ${where}.`;
  const kept =
    cluster.text === cluster.survivor.entry.text
      ? 'The wording that says most is kept'
      : 'The two wordings are joined';
  return `One claim stands ${where} in different words. ${kept}: no number, name, path or negation is lost.`;
}
