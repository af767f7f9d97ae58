import { describe, expect, it } from 'vitest';
import { parseReview } from '../../../src/core/review/parse.ts';
import { isStatusComment } from '../../../src/core/review/status-comment.ts';
import { aDreamedRepository, nthPush } from '../dreamed.ts';
import { branchTip, onlyPull, pullsOf, requestsOf, shownAt, writes } from './seen.ts';

describe('the pull request of a dream', { timeout: 120_000 }, () => {
  it('is opened with all that belongs to it, and left alone while nothing happens', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    const issue = onlyPull(dreamed);
    expect(issue).toMatchObject({
      title: 'Dream 2026-03-20: 4 changes from 3 sessions',
      user: { login: 'dreamkeeper[bot]' },
      pull: { head: open.branch, base: 'main', headSha: open.head },
    });
    expect(open.pullRequest).toBe(issue.number);
    expect(parseReview(issue.body ?? '')).toMatchObject({ dream: open.id, head: open.head });
    expect([...issue.labels].sort()).toEqual(expect.arrayContaining(['dreamkeeper', 'dreamkeeper:removes']));
    expect(dreamed.repository.labels.get('dreamkeeper')).toMatchObject({ color: '6f5bd0' });
    const [comment, ...others] = [...issue.comments.values()];
    expect(others).toEqual([]);
    expect(isStatusComment(comment?.body ?? '')).toBe(true);
    const [run, ...runs] = [...dreamed.repository.checkRuns.values()];
    expect(runs).toEqual([]);
    expect(run).toMatchObject({ name: 'dreamkeeper', headSha: open.head, status: 'completed' });
    expect(run?.actions).toHaveLength(3);

    const place = await dreamed.place();
    const again = await requestsOf(dreamed, async () => {
      await place.pullRequests.show(shownAt);
      expect(await place.pullRequests.fateOf(open)).toEqual({ state: 'open' });
      expect(await place.pullRequests.isTouched(open, [])).toBe(false);
    });
    expect(writes(again)).toEqual([]);
  });

  it('is there once, though the answer to opening it was lost', async () => {
    const dreamed = await aDreamedRepository({ failing: ['pulls/create', { drop: 'answer' }] });
    expect(pullsOf(dreamed)).toHaveLength(1);
    expect((await dreamed.open()).pullRequest).toBeUndefined();
    const place = await dreamed.place();
    await place.pullRequests.show(shownAt);
    expect(onlyPull(dreamed).number).toBe((await dreamed.open()).pullRequest);
    expect(onlyPull(dreamed).comments.size).toBe(1);
  });

  it('is opened by the next job when the one before ended after the ledger, before the push', async () => {
    const dreamed = await aDreamedRepository({ failing: [nthPush(2), { status: 503 }] });
    const before = await dreamed.open();
    expect(branchTip(dreamed, before.branch)).toBeUndefined();
    const place = await dreamed.place();
    expect(await place.pullRequests.fateOf(before)).toEqual({ state: 'open' });
    await place.pullRequests.show(shownAt);
    const after = await dreamed.open();
    expect(after.head).toBe(before.head);
    expect(branchTip(dreamed, after.branch)).toBe(before.head);
    expect(onlyPull(dreamed).pull.headSha).toBe(before.head);
  });
});
