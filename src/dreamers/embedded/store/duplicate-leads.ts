/** Repeats that rules should not merge: said, without a diff. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Lead } from '../../../core/dream/proposal.ts';
import { entryEvidence } from '../evidence.ts';
import type { Pair } from '../../../core/memory/relation.ts';
import type { Cluster } from './clusters-of-twins.ts';
import { topicOf } from './topic.ts';

/** Fewer shared notes than this between two files with different readers are no burden. */
const leastShared = 2;
/** Examples that a reader needs to believe it. */
const examples = 3;

/** Repeats within one audience that only a person can word, or that look intended. */
export function leadsWithin(input: DreamInput, clusters: readonly Cluster[]): Lead[] {
  return clusters.map(({ members, survivor, text }) => ({
    kind: 'merge',
    text: `${members.length} notes on ${topicOf(survivor.entry)} say the same`,
    reason:
      text === undefined
        ? 'Each holds something that the other lacks, so a person should word the one that stays.'
        : 'It stands under several headings of one file, which looks intended.',
    evidence: members.map(({ entry }) => entryEvidence(input, entry)),
  }));
}

/**
 * Notes that files share which have different readers or are copies of each other: one lead for files that hang
 * together by what they share, however many pairs they make.
 */
export function leadsAcrossFiles(input: DreamInput, pairs: readonly Pair[]): Lead[] {
  const byFiles = [...Map.groupBy(pairs, ([a, b]) => `${a.entry.file}\n${b.entry.file}`).values()].filter(
    (shared) => shared.length >= leastShared,
  );
  const groups: { readonly files: Set<string>; readonly shared: (readonly Pair[])[] }[] = [];
  for (const shared of byFiles) {
    const files = new Set(shared.slice(0, 1).flatMap(([a, b]) => [a.entry.file, b.entry.file]));
    const joined = groups.filter((group) => [...files].some((file) => group.files.has(file)));
    const all = [...joined, { files, shared: [shared] }];
    for (const group of joined) groups.splice(groups.indexOf(group), 1);
    groups.push({
      files: new Set(all.flatMap((group) => [...group.files])),
      shared: all.flatMap((group) => group.shared),
    });
  }
  return groups.map(({ files, shared }) => ({
    kind: 'reorganise',
    text: `${listed([...files].sort())} share ${sharedNotes(shared)} notes`,
    reason: 'No copy can simply go; one source with an import or a pointer would keep them alike.',
    evidence: shared
      .flat()
      .slice(0, examples)
      .flatMap(([a, b]) => [entryEvidence(input, a.entry), entryEvidence(input, b.entry)]),
  }));
}

function listed(files: readonly string[]): string {
  const named = files.length <= 3 ? files : files.slice(0, 2);
  const rest = files.length - named.length;
  if (rest > 0) return `${named.join(', ')} and ${rest} more files`;
  return `${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''}`;
}

/** "23", or "12 to 24" where not every two files share as many. */
function sharedNotes(shared: readonly (readonly Pair[])[]): string {
  const sizes = shared.map(({ length }) => length);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? `${most}` : `${least} to ${most}`;
}
