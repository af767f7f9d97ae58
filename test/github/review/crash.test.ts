import { describe, expect, it } from 'vitest';
import { aTalk, reactionsTo } from './talk.ts';

/** The request is never answered, and has no effect. */
const broken = { status: 502, body: { message: 'Bad gateway' } };

describe('a job that ends in the middle', () => {
  it('between the ledger and the sign is finished by the next one', async () => {
    const talk = await aTalk();
    const comment = await talk.say('ben', '/dream drop 3');
    let signs = 0;
    talk.github.fail(
      ({ operation }) => operation === 'reactions/create-for-issue-comment' && (signs += 1) === 2,
      broken,
    );
    await expect(talk.hear()).rejects.toThrow();
    expect(reactionsTo(comment)).toEqual(['eyes']);
    expect(await talk.answers()).toHaveLength(1);
    await talk.hear();
    expect(reactionsTo(comment)).toEqual(['eyes', 'rocket']);
    expect(await talk.answers()).toHaveLength(1);
    expect(await talk.file()).not.toContain('generated');
  });

  it('between the ledger and the pull request is finished by the next one', async () => {
    const talk = await aTalk();
    await talk.say('ben', '/dream drop 3');
    talk.github.fail('pulls/update', broken);
    await expect(talk.hear()).rejects.toThrow();
    expect(talk.pull().body).toContain('- [x] <!-- dreamkeeper:3 -->');
    await talk.hear();
    expect(talk.pull().body).toContain('- [ ] <!-- dreamkeeper:3 -->');
    expect(await talk.answers()).toHaveLength(1);
    expect((await talk.decisions()).filter(({ type }) => type === 'restored')).toEqual([]);
  });

  it('before the ledger has it does all of it the next time', async () => {
    const talk = await aTalk();
    await talk.say('ben', '/dream drop 3');
    talk.github.fail(
      ({ operation, method }) => operation === 'git-receive-pack' && method === 'POST',
      broken,
    );
    await expect(talk.hear()).rejects.toThrow();
    expect(await talk.answers()).toEqual([]);
    expect(await talk.file()).toContain('generated');
    await talk.hear();
    expect(await talk.answers()).toHaveLength(1);
    expect(await talk.file()).not.toContain('generated');
  });
});
