import { describe, expect, it } from 'vitest';
import { aDreamedRepository, nthPush, type Dreamed } from '../dreamed.ts';
import type { RecordedRequest } from '../../support/forge/server/record.ts';
import { branchTip, onlyPull, requestsOf, shownAt, writes } from './seen.ts';

const files = { '.github/dreamkeeper.yml': 'commits: verified\n' };

function nthMutation(n: number): (request: RecordedRequest) => boolean {
  let mutations = 0;
  return ({ operation }) => operation === 'graphql' && (mutations += 1) === n;
}

const temporary = ({ repository }: Dreamed): readonly string[] =>
  [...repository.refs.keys()].filter((ref) => ref.startsWith('refs/heads/dream/tmp-'));

async function expectVerified(dreamed: Dreamed): Promise<void> {
  const open = await dreamed.open();
  const { pull } = onlyPull(dreamed);
  expect([open.head, branchTip(dreamed, open.branch)]).toEqual([pull.headSha, pull.headSha]);
  const commits = open.proposals.flatMap(({ commit }) => commit ?? []);
  expect(commits).toHaveLength(4);
  expect(commits.filter((commit) => !dreamed.repository.verified.has(commit))).toEqual([]);
  expect(temporary(dreamed)).toEqual([]);
  const place = await dreamed.place();
  expect(writes(await requestsOf(dreamed, () => place.pullRequests.show(shownAt)))).toEqual([]);
}

describe('commits that GitHub signs', { timeout: 120_000 }, () => {
  it('are one for each proposal, and the pull request stands on them', async () => {
    await expectVerified(await aDreamedRepository({ files }));
  });

  it('are written anew when the job ended in the midst of them', async () => {
    const dreamed = await aDreamedRepository({ files, failing: [nthMutation(2), { status: 502 }] });
    expect(temporary(dreamed)).toHaveLength(1);
    expect(branchTip(dreamed, (await dreamed.open()).branch)).toBeUndefined();
    await (await dreamed.place()).pullRequests.show(shownAt);
    await expectVerified(dreamed);
  });

  it('are taken as they are when the job ended before the branch moved there', async () => {
    const dreamed = await aDreamedRepository({ files, failing: [nthPush(4), { status: 503 }] });
    const { head } = await dreamed.open();
    expect(temporary(dreamed)).toHaveLength(1);
    await (await dreamed.place()).pullRequests.show(shownAt);
    expect((await dreamed.open()).head).toBe(head);
    await expectVerified(dreamed);
  });
});
