/** The main proof: memory and sessions in, the pull request that must come out. README.md says how to add a case. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goldenCases, type GoldenCase } from '../support/golden-case.ts';
import { play, type Played } from '../support/golden-play.ts';

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
  it(golden.about, async () => {
    const played = await play(golden);
    await expect(withoutIds(played, played.review)).toMatchFileSnapshot(expected(golden, 'review.md'));
    await expect(played.diff).toMatchFileSnapshot(expected(golden, 'diff.patch'));
    await expect(withoutIds(played, reportOf(played))).toMatchFileSnapshot(expected(golden, 'report.json'));
  });
});
