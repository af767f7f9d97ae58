import { describe, expect, it } from 'vitest';
import { aTalk, type Talk } from './talk.ts';

const at = { owner: 'acme', repo: 'shop' };

/** Somebody comments on the line of CLAUDE.md that holds some words. */
async function sayOn(talk: Talk, login: string, words: string, body: string): Promise<void> {
  const line = (await talk.file()).split('\n').findIndex((text) => text.includes(words)) + 1;
  const { headSha: commit_id } = talk.pull().pull;
  const where = { path: 'CLAUDE.md', line, side: 'RIGHT', commit_id } as const;
  await talk.github
    .as(login)
    .rest.pulls.createReviewComment({ ...at, pull_number: talk.number, ...where, body });
}

describe('a comment on lines of the diff', () => {
  it('speaks of the proposal that wrote them', async () => {
    const talk = await aTalk();
    await sayOn(talk, 'ben', 'generated', '/dream drop');
    await talk.hear();
    expect(await talk.file()).not.toContain('generated');
    expect(await talk.answers()).toMatchObject([{ verb: 'drop', outcome: 'done' }]);
  });

  it('that suggests a change revises it, without a command', async () => {
    const talk = await aTalk();
    const body = 'Clearer:\n```suggestion\n- Never edit what is generated under `src/generated`.\n```';
    await sayOn(talk, 'rea', 'generated', body);
    await talk.hear();
    expect(await talk.answers()).toEqual([]);
    await sayOn(talk, 'ben', 'generated', body);
    await talk.hear();
    expect(await talk.file()).toContain('\n- Never edit what is generated under `src/generated`.\n');
    expect(await talk.file()).not.toContain('edit generated files');
    expect(await talk.answers()).toMatchObject([{ verb: 'revise', outcome: 'done', person: 'ben' }]);
  });

  it('that suggests two entries for one is refused', async () => {
    const talk = await aTalk();
    await sayOn(talk, 'ben', 'generated', '```suggestion\n- One.\n- Two.\n```');
    await talk.hear();
    expect(await talk.answers()).toMatchObject([{ verb: 'revise', outcome: 'refused' }]);
    expect(await talk.file()).toContain('edit generated files');
  });

  it('that nobody proposed needs a number', async () => {
    const talk = await aTalk();
    await sayOn(talk, 'ben', 'Ask in the channel', '/dream drop');
    await sayOn(talk, 'ben', 'Ask in the channel', '```suggestion\n- Ask nobody.\n```');
    await talk.hear();
    expect(await talk.answers()).toMatchObject([{ verb: 'command', outcome: 'refused' }]);
  });

  it('may be the text of a review', async () => {
    const talk = await aTalk();
    const review = { ...at, pull_number: talk.number, event: 'COMMENT', body: '/dream drop 3' } as const;
    const { data } = await talk.github.as('ben').rest.pulls.createReview(review);
    await talk.hear();
    await talk.hear();
    expect(await talk.answers()).toMatchObject([{ verb: 'drop', event: `review-${data.id}` }]);
  });
});
