/** Repeats that rules should not merge: said, without a diff. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Lead } from '../../../core/dream/proposal.ts';
import { entryEvidence } from '../evidence.ts';
import type { Cluster, Pair } from './clusters-of-twins.ts';
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

/** Notes that files share which have different readers or are copies of each other: one lead for each pair of files. */
export function leadsAcrossFiles(input: DreamInput, pairs: readonly Pair[]): Lead[] {
  const byFiles = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const key = `${pair[0].entry.file}\n${pair[1].entry.file}`;
    byFiles.set(key, [...(byFiles.get(key) ?? []), pair]);
  }
  return [...byFiles.values()].flatMap((shared): Lead[] => {
    const [first] = shared;
    if (first === undefined || shared.length < leastShared) return [];
    return [
      {
        kind: 'reorganise',
        text: `${first[0].entry.file} and ${first[1].entry.file} share ${shared.length} notes`,
        reason: 'Neither copy can simply go; one source with an import or a pointer would keep them alike.',
        evidence: shared
          .slice(0, examples)
          .flatMap(([a, b]) => [entryEvidence(input, a.entry), entryEvidence(input, b.entry)]),
      },
    ];
  });
}
