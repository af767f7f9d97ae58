import { describe, expect, it } from 'vitest';
import { aTalk, reactionsTo } from './talk.ts';

describe('a command under the pull request of a dream', () => {
  it('drop leaves a proposal out, and restore takes it back in; each is done once', async () => {
    const talk = await aTalk();
    const comment = await talk.say('ben', '/dream drop 3 because nobody generates files');
    await talk.hear();
    expect(await talk.file()).not.toContain('generated');
    expect(talk.pull().body).toContain('- [ ] <!-- dreamkeeper:3 -->');
    expect(talk.status()).toContain('Left out: 3. Still in: 1, 2 and 4.');
    expect(reactionsTo(comment)).toEqual(['eyes', 'rocket']);
    expect(await talk.decisions()).toContainEqual(
      expect.objectContaining({ type: 'dropped', person: 'ben', reason: 'nobody generates files' }),
    );
    await talk.hear();
    expect(await talk.answers()).toHaveLength(1);
    await talk.say('ana', '/dream restore 3');
    await talk.hear();
    expect(await talk.file()).toContain('generated');
    expect(talk.pull().body).toContain('- [x] <!-- dreamkeeper:3 -->');
    expect(await talk.answers()).toMatchObject([
      { verb: 'drop', outcome: 'done', number: talk.number, event: `comment-${comment.id}` },
      { verb: 'restore', outcome: 'done', person: 'ana' },
    ]);
  });

  it('drop of all is a no: the pull request is closed, and all of it is rejected', async () => {
    const talk = await aTalk();
    await talk.say('ben', '/dream drop 1-4: not now');
    await talk.hear();
    expect(talk.pull().closed).toBeDefined();
    const rejected = (await talk.decisions()).filter(({ type }) => type === 'rejected');
    expect(rejected).toHaveLength(4);
    expect(rejected[0]).toMatchObject({ person: 'ben', reason: 'not now' });
    await expect(talk.open()).rejects.toThrow();
    await talk.hear();
    expect((await talk.decisions()).filter(({ type }) => type === 'rejected')).toHaveLength(4);
  });

  it('revise gives a proposal the words of a reviewer, who becomes its evidence', async () => {
    const talk = await aTalk();
    const words = 'Run `pnpm lint` before each commit, @octocat, closes #1.';
    await talk.say('ben', `/dream revise 2: ${words}`);
    await talk.hear();
    expect(await talk.file()).toContain(`- ${words}`);
    const { proposals } = await talk.open();
    const [, second] = proposals;
    expect(second?.title).toMatch(/^Remember: Run pnpm lint/);
    expect(second?.evidence.at(-1)).toMatchObject({ type: 'comment', person: 'ben', quote: words });
    expect(second?.commit).toBeDefined();
    const body = talk.pull().body ?? '';
    expect(body.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`]*`/g, '')).not.toMatch(/@octocat|#1\b/);
    expect(talk.status()).toContain('Proposal 2 has your words.');
  });

  it('explain answers with all that a proposal stands on', async () => {
    const talk = await aTalk();
    await talk.say('ben', '/dream explain 4');
    await talk.hear();
    expect(talk.status()).toContain('the staging database listens on port 5433');
    expect(talk.status()).toContain('Every check passed');
  });

  it('that cannot be done is answered with the reason, in the words of the place', async () => {
    const talk = await aTalk();
    const comment = await talk.say('ben', '/dream drop 9');
    await talk.say('ben', '/dream revise 1: This one says nothing.');
    await talk.say('ben', '/dream drop everything');
    await talk.hear();
    expect(await talk.answers()).toMatchObject([
      { verb: 'drop', outcome: 'refused', words: expect.stringContaining('has no proposal 9') as string },
      { verb: 'revise', outcome: 'refused' },
      { verb: 'command', outcome: 'refused', words: expect.stringContaining('`/dream drop 2`') as string },
    ]);
    expect(talk.status()).not.toContain('dreamkeeper drop');
    expect(reactionsTo(comment)).toEqual(['eyes', 'confused']);
  });

  it('retry checks and renders it again, with what people chose', async () => {
    const talk = await aTalk();
    await talk.say('ben', '/dream drop 4');
    await talk.say('ben', '/dream retry');
    await talk.hear();
    expect((await talk.answers()).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(await talk.file()).not.toContain('5433');
  });
});

describe('a command anywhere', () => {
  it('pause, resume, manual and help work in any issue, and are answered there in one comment', async () => {
    const talk = await aTalk();
    const at = { owner: 'acme', repo: 'shop' };
    const { data } = await talk.github.as('ben').rest.issues.create({ ...at, title: 'Dreams' });
    const { number } = data;
    for (const words of ['pause until 2999-01-01', 'manual', 'help'])
      await talk.say('ben', `/dream ${words}`, number);
    await talk.hear({ number });
    expect(talk.status(number)).toContain('begins by itself until 2999-01-01');
    await talk.say('ben', '/dream resume', number);
    await talk.say('ben', '/dream drop 2', number);
    await talk.hear({ number });
    expect(talk.status(number)).toContain('is for the pull request of the open dream');
    const types = (await talk.decisions()).map(({ type }) => type);
    expect(types.filter((type) => type !== 'command')).toEqual(['paused', 'mode', 'resumed']);
    expect(talk.pull().body).toContain('- [x] <!-- dreamkeeper:2 -->');
  });

  it('now asks for a dream once, and not while one is reviewed', async () => {
    const talk = await aTalk();
    const at = { owner: 'acme', repo: 'shop' };
    const { data } = await talk.github.as('ben').rest.issues.create({ ...at, title: 'Dreams' });
    const comment = await talk.say('ben', '/dream now', data.number);
    await talk.hear({ number: data.number });
    expect(talk.sent).toMatchObject([{ kind: 'dream', asked: true, slot: `comment-${comment.id}` }]);
    await talk.say('ben', '/dream drop 2');
    await talk.say('ben', '/dream now', data.number);
    await talk.hear({ number: undefined });
    expect(talk.sent).toHaveLength(1);
    expect(talk.status(data.number)).toContain('is being reviewed or may be merged');
  });

  it('forget takes a text out of the ledger, the dream and its pull request, and does not repeat it', async () => {
    const talk = await aTalk();
    await talk.say('ben', '/dream forget "port 5433"');
    await talk.hear();
    const [answer] = await talk.answers();
    expect(answer).toMatchObject({ verb: 'forget', outcome: 'done' });
    expect(JSON.stringify(await talk.decisions())).not.toContain('5433');
    expect(JSON.stringify(await talk.open())).not.toContain('5433');
    expect(talk.pull().body).not.toContain('5433');
    expect(await talk.file()).not.toContain('5433');
    expect(await talk.file()).toContain('pnpm lint');
  });

  it('forget takes a session away, and the proposals that rested on it alone; nobody said no to them', async () => {
    const talk = await aTalk();
    await talk.say('ben', '/dream explain 4');
    await talk.say('ben', '/dream forget session-3');
    await talk.hear();
    const decisions = await talk.decisions();
    expect(decisions).toContainEqual(
      expect.objectContaining({ type: 'dropped', proposals: [4], because: 'forgotten' }),
    );
    expect(JSON.stringify(decisions)).not.toContain('5433');
    expect(await talk.file()).not.toContain('5433');
    expect(talk.pull().body).not.toContain('5433');
    expect(talk.status()).not.toContain('5433');
    await talk.hear();
    expect(await talk.decisions()).toHaveLength(decisions.length);
  });
});
