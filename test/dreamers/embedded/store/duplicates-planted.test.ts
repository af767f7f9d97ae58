import { describe, expect, it } from 'vitest';
import { duplicates } from '../../../../src/dreamers/embedded/store/duplicates.ts';
import { given } from './input.ts';
import { plantNotes } from './notes.ts';

/** The pairs of texts that a dream would merge. */
function mergedPairs(files: Readonly<Record<string, string>>): ReadonlySet<string> {
  const input = given({ files });
  const merges = duplicates(input).proposals.flatMap((proposal) => proposal.operations);
  const pairs = merges.flatMap((operation) => {
    if (operation.op !== 'merge') return [];
    const texts = operation.entries.map((id) => input.store.entries.get(id)?.text ?? id);
    return texts.flatMap((a, at) => texts.slice(at + 1).map((b) => pairKey(a, b)));
  });
  return new Set(pairs);
}

function pairKey(a: string, b: string): string {
  return [a, b].sort().join('\n');
}

describe('duplicates planted among 300 notes', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('are found, and nothing else is merged (seed %i)', (seed) => {
    const { files, twins, traps } = plantNotes(seed);
    const merged = mergedPairs(files);
    const wanted = new Set(twins.map(([a, b]) => pairKey(a, b)));
    const right = [...merged].filter((pair) => wanted.has(pair));
    expect(right.length / merged.size).toBeGreaterThanOrEqual(0.95);
    expect(right.length / wanted.size).toBeGreaterThanOrEqual(0.9);
    expect(traps.filter(([a, b]) => merged.has(pairKey(a, b)))).toEqual([]);
  });

  it('takes near-linear time: 2,000 notes in well under two seconds of the processor', () => {
    const { files } = plantNotes(9, 1_500);
    const input = given({ files });
    const from = process.cpuUsage();
    duplicates(input);
    expect(process.cpuUsage(from).user / 1_000).toBeLessThan(2_000);
  });
});
