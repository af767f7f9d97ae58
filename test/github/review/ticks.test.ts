import { describe, expect, it } from 'vitest';
import { withBoxes } from '../../../src/github/review/ticks.ts';
import { aTalk, type Talk } from './talk.ts';

const at = { owner: 'acme', repo: 'shop' };

async function tick(talk: Talk, login: string, ...boxes: { number: number; checked: boolean }[]) {
  const body = withBoxes(talk.pull().body ?? '', boxes);
  await talk.github.as(login).rest.pulls.update({ ...at, pull_number: talk.number, body });
  return { what: 'ticks', by: login, boxes } as const;
}

describe('boxes of the text', () => {
  it('that a person un-ticked and ticked leave proposals out and take them in, once for each webhook', async () => {
    const talk = await aTalk();
    const told = await tick(talk, 'ben', { number: 3, checked: false });
    await talk.hear({ told, delivery: 'a' });
    await talk.hear({ told, delivery: 'a' });
    expect(await talk.file()).not.toContain('generated');
    expect(talk.pull().body).toMatch(/- \[ \] <!-- dreamkeeper:3 --> .*\(left out\)/);
    expect(await talk.answers()).toMatchObject([{ verb: 'drop', person: 'ben', event: 'ticks-a' }]);
    await talk.hear({ told: await tick(talk, 'ana', { number: 3, checked: true }), delivery: 'b' });
    expect(await talk.file()).toContain('generated');
    expect(await talk.answers()).toHaveLength(2);
  });

  it('that nobody told of are read from the text', async () => {
    const talk = await aTalk();
    await tick(talk, 'ben', { number: 3, checked: false });
    await talk.hear();
    await talk.hear();
    expect(await talk.file()).not.toContain('generated');
    expect(await talk.answers()).toMatchObject([{ verb: 'drop', person: 'somebody' }]);
  });

  it('that were ticked while we wrote the text are in it nevertheless', async () => {
    const talk = await aTalk();
    const told = await tick(talk, 'ben', { number: 3, checked: false });
    // Our own edit came later and knew nothing of it.
    await tick(talk, 'ben', { number: 3, checked: true });
    await talk.say('ben', '/dream drop 4');
    await talk.hear({ told, delivery: 'a' });
    expect(talk.pull().body).toContain('- [ ] <!-- dreamkeeper:3 -->');
    expect(talk.pull().body).toContain('- [ ] <!-- dreamkeeper:4 -->');
    expect(await talk.file()).not.toMatch(/generated|5433/);
  });

  it('told by bots, and by people who may not write, are nothing', async () => {
    const talk = await aTalk();
    const boxes = [{ number: 3, checked: false }];
    talk.repository.collaborators.set('helper[bot]', 'write');
    talk.github.account('helper[bot]');
    await talk.hear({ told: await tick(talk, 'helper[bot]', ...boxes), delivery: 'a' });
    expect(talk.pull().body).toContain('- [x] <!-- dreamkeeper:3 -->');
    await talk.hear({ told: { what: 'ticks', by: 'rea', boxes }, delivery: 'b' });
    expect(await talk.answers()).toEqual([]);
    expect(await talk.file()).toContain('generated');
  });

  it('all empty are a no', async () => {
    const talk = await aTalk();
    const boxes = [1, 2, 3, 4].map((number) => ({ number, checked: false }));
    await talk.hear({ told: await tick(talk, 'ben', ...boxes), delivery: 'a' });
    expect(talk.pull().closed).toBeDefined();
  });
});
