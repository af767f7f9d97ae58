import { describe, expect, it } from 'vitest';
import { createPublication } from '../../../src/github/publication.ts';
import { createPullRequests } from '../../../src/github/pull-requests.ts';
import { aDreamedRepository, type Dreamed } from '../dreamed.ts';
import { onlyPull, pullsOf, shownAt } from './seen.ts';

const at = { owner: 'acme', repo: 'shop' };

const fateOf = async (dreamed: Dreamed) => (await dreamed.place()).pullRequests.fateOf(await dreamed.open());

describe('what became of a dream', { timeout: 120_000 }, () => {
  it('is what its pull request says: merged, whatever the method', async () => {
    const dreamed = await aDreamedRepository();
    const asAna = dreamed.github.as('ana').rest.pulls;
    const { number } = onlyPull(dreamed);
    const { data } = await asAna.merge({ ...at, pull_number: number, merge_method: 'squash' });
    expect(await fateOf(dreamed)).toEqual({ state: 'merged', commit: data.sha, person: 'ana' });
  });

  it('is a no when a person closed it, and none when a bot did or its branch is gone', async () => {
    const dreamed = await aDreamedRepository();
    const closing = { ...at, pull_number: onlyPull(dreamed).number, state: 'closed' } as const;
    const open = await dreamed.open();
    await dreamed.github.as('ana').rest.pulls.update(closing);
    expect(await fateOf(dreamed)).toEqual({ state: 'closed', person: 'ana' });
    await dreamed.github.as('ana').rest.pulls.update({ ...closing, state: 'open' });
    expect(await fateOf(dreamed)).toEqual({ state: 'open' });
    dreamed.repository.collaborators.set('stale[bot]', 'write');
    await dreamed.github.as('stale[bot]').rest.pulls.update(closing);
    expect(await fateOf(dreamed)).toEqual({ state: 'gone', reason: 'stale[bot] closed it' });
    await dreamed.github.as('ana').rest.pulls.update({ ...closing, state: 'open' });
    await dreamed.github.as('ana').rest.git.deleteRef({ ...at, ref: `heads/${open.branch ?? ''}` });
    expect(await fateOf(dreamed)).toEqual({ state: 'gone', reason: 'its branch is gone' });
  });

  it('is merged where somebody pushed it to the default branch', async () => {
    const dreamed = await aDreamedRepository({ failing: ['pulls/create', { status: 502 }] });
    const open = await dreamed.open();
    await dreamed.github.as('ana').rest.git.updateRef({ ...at, ref: 'heads/main', sha: open.head ?? '' });
    expect(await fateOf(dreamed)).toEqual({ state: 'merged', commit: open.head });
  });
});

describe('whether somebody has begun', { timeout: 120_000 }, () => {
  it('is told by words and reviews of people, not of bots', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    const number = onlyPull(dreamed).number;
    const touched = async () =>
      (await dreamed.place()).pullRequests.isTouched(open, await dreamed.decisions());
    dreamed.repository.collaborators.set('helper[bot]', 'write');
    const asBot = dreamed.github.as('helper[bot]').rest;
    await asBot.issues.createComment({ ...at, issue_number: number, body: 'Nice.' });
    await asBot.pulls.createReview({ ...at, pull_number: number, event: 'COMMENT', body: 'Looks fine.' });
    expect(await touched()).toBe(false);
    const asRea = dreamed.github.as('rea').rest;
    await asRea.pulls.createReview({ ...at, pull_number: number, event: 'COMMENT', body: 'Hm.' });
    expect(await touched()).toBe(true);
  });

  it('is told by the decisions, and in auto mode by opening it', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    const place = await dreamed.place();
    const said = { at: shownAt, dream: open.id, proposals: [1] };
    expect(await place.pullRequests.isTouched(open, [{ type: 'dropped', ...said, person: 'ana' }])).toBe(
      true,
    );
    expect(
      await place.pullRequests.isTouched(open, [{ type: 'dropped', ...said, because: 'vanished' }]),
    ).toBe(false);
    const publication = createPublication(place.hosted, place.config);
    const auto = createPullRequests({ ...place, publication, config: { ...place.config, mode: 'auto' } });
    expect(await auto.isTouched(open, [])).toBe(true);
  });
});

describe('a pull request that is not ours', { timeout: 120_000 }, () => {
  it('is that of a fork with our branch, our body and our marker', async () => {
    const dreamed = await aDreamedRepository({ failing: ['pulls/create', { status: 502 }] });
    const open = await dreamed.open();
    const fork = await dreamed.github.fork(dreamed.repository, 'mallory');
    dreamed.repository.collaborators.set('mallory', 'read');
    expect(fork.refs.has(`refs/heads/${open.branch ?? ''}`)).toBe(true);
    await dreamed.github.as('mallory').rest.pulls.create({
      ...at,
      head: `mallory:${open.branch ?? ''}`,
      base: 'main',
      title: 'Dream',
      body: `<!-- dreamkeeper:{"v":1,"dream":"${open.id}","base":"${open.base}","proposals":[1]} -->`,
    });
    const place = await dreamed.place();
    expect(await place.pullRequests.pullOf(open)).toBeUndefined();
    await place.pullRequests.show(shownAt);
    const [theirs, ours] = pullsOf(dreamed);
    expect(theirs?.title).toBe('Dream');
    expect(theirs?.comments.size).toBe(0);
    expect(ours?.user.login).toBe('dreamkeeper[bot]');
    expect((await dreamed.open()).pullRequest).toBe(ours?.number);
  });
});

describe('a repository that was made public without consent', { timeout: 120_000 }, () => {
  it('shows no word of a session any more, and gets nothing pushed', async () => {
    const dreamed = await aDreamedRepository();
    expect(onlyPull(dreamed).body).toContain('pnpm lint` before you commit');
    const place = await dreamed.place();
    dreamed.repository.private = false;
    const hosted = { ...place.hosted, visibility: 'public' as const };
    const publication = createPublication(hosted, place.config);
    await createPullRequests({ ...place, hosted, publication }).show(shownAt);
    expect(onlyPull(dreamed).body).toContain('because this repository is public');
    await expect(publication.mayPush()).rejects.toThrow(/public/);
  });
});
