import { describe, expect, it } from 'vitest';
import { aTalk, type Talk } from './talk.ts';

const at = { owner: 'acme', repo: 'shop' };

const press = async (talk: Talk, action: string, by = 'ben', delivery = 'press') => {
  const { head = '' } = await talk.open();
  await talk.hear({ told: { what: 'button', by, action, head }, delivery });
};

describe('a button', () => {
  it('leaves removals out, pauses for a week and dreams again, once for each time it is pressed', async () => {
    const talk = await aTalk();
    await press(talk, 'again', 'ben', 'one');
    await press(talk, 'again', 'ben', 'one');
    await press(talk, 'pause-week', 'ben', 'two');
    await press(talk, 'drop-removals', 'ben', 'three');
    expect(talk.sent).toMatchObject([{ kind: 'dream', slot: 'button-one' }]);
    expect(await talk.file()).toContain('The fares are listed');
    const types = (await talk.decisions()).map(({ type }) => type).filter((type) => type !== 'command');
    expect(types).toEqual(['paused', 'dropped']);
    expect(talk.status()).toContain('New dreams are paused');
  });

  it('of a commit that is no longer the head, or pressed by who may not, does nothing', async () => {
    const talk = await aTalk();
    await press(talk, 'drop-removals', 'rea');
    await press(talk, 'merge-it', 'ben');
    const told = { what: 'button', by: 'ben', action: 'drop-removals', head: '1'.repeat(40) } as const;
    await talk.hear({ told, delivery: 'old' });
    expect(await talk.answers()).toMatchObject([
      { verb: 'drop-removals', outcome: 'refused', words: expect.stringContaining('moved on') as string },
    ]);
    expect(await talk.file()).not.toContain('The fares are listed');
  });
});

describe('a pull request', () => {
  it('that a person closes and opens again is no rejection', async () => {
    const talk = await aTalk();
    const pulls = talk.github.as('ben').rest.pulls;
    await pulls.update({ ...at, pull_number: talk.number, state: 'closed' });
    await talk.hear({ told: { what: 'closed', by: 'ben', bot: false } });
    expect((await talk.decisions()).filter(({ type }) => type === 'rejected')).toHaveLength(4);
    await pulls.update({ ...at, pull_number: talk.number, state: 'open' });
    const told = { what: 'reopened', by: 'ben', bot: false } as const;
    await talk.hear({ told, delivery: 'again' });
    await talk.hear({ told, delivery: 'again' });
    expect((await talk.open()).pullRequest).toBe(talk.number);
    expect(talk.pull().closed).toBeUndefined();
    expect((await talk.decisions()).filter(({ type }) => type === 'reopened')).toHaveLength(1);
    await talk.say('ben', '/dream drop 3');
    await talk.hear();
    expect(await talk.file()).not.toContain('generated');
  });

  it('that a program opens again is closed again, with a word', async () => {
    const talk = await aTalk();
    await talk.say('ben', '/dream drop 1-4');
    await talk.hear();
    await talk.github.as('ben').rest.pulls.update({ ...at, pull_number: talk.number, state: 'open' });
    await talk.hear({ told: { what: 'reopened', by: 'helper[bot]', bot: true }, delivery: 'again' });
    expect(talk.pull().closed).toBeDefined();
    expect(talk.status()).toContain('only people can');
    await expect(talk.open()).rejects.toThrow();
  });
});
