/** The main proof: memory and sessions in, the pull request that must come out. README.md says how to add a case. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { renderProposals } from '../../src/core/memory/render.ts';
import { goldenCases, type GoldenCase } from '../support/golden-case.ts';
import { play, type Played } from '../support/golden-play.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Ids that change with every version of the extractor, although nothing a person reads does. */
function withoutIds({ result }: Played, text: string): string {
  const { dream, proposals } = result;
  if (dream === undefined) return text;
  const commits = proposals.flatMap(({ number, commit }) =>
    commit === undefined ? [] : [[commit, `<commit of ${number}>`] as const],
  );
  return commits
    .reduce((named, [commit, name]) => named.replaceAll(commit, name), text)
    .replaceAll(dream.id, `${dream.id.slice(0, 10)}-<id>`);
}

function reportOf({ result: { journal, ...report } }: Played): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

const expected = (golden: GoldenCase, name: string): string => join(golden.folder, name);

describe.each(goldenCases())('$name', (golden) => {
  let once: Promise<Played> | undefined;
  const played = (): Promise<Played> => (once ??= play(golden));

  it(golden.about, async () => {
    const all = await played();
    await expect(withoutIds(all, all.review)).toMatchFileSnapshot(expected(golden, 'review.md'));
    await expect(all.diff).toMatchFileSnapshot(expected(golden, 'diff.patch'));
    await expect(withoutIds(all, reportOf(all))).toMatchFileSnapshot(expected(golden, 'report.json'));
  });

  it('any part of it, in any order, renders to the same bytes', async () => {
    const { result, input } = await played();
    const proposals = result.journal?.proposals ?? [];
    const orders = fc
      .subarray(proposals)
      .chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })));
    fc.assert(
      fc.property(orders, ([some, shuffled]) => {
        expect(renderProposals(input.store, shuffled)).toEqual(renderProposals(input.store, some));
      }),
      { numRuns: 50 },
    );
  });
});
