import { describe, expect, it } from 'vitest';
import { reactionsTo, aTalk } from './talk.ts';

const at = { owner: 'acme', repo: 'shop' };

describe('who may', () => {
  it('readers get no more than a reaction, not even when they may write by the time of the next look', async () => {
    const talk = await aTalk();
    const comment = await talk.say('rea', '/dream drop 1-4');
    await talk.hear();
    expect(reactionsTo(comment)).toEqual(['confused']);
    talk.repository.collaborators.set('rea', 'write');
    await talk.hear();
    expect(await talk.answers()).toEqual([]);
    expect(talk.pull().closed).toBeUndefined();
    await talk.say('rea', '/dream drop 2');
    await talk.hear();
    expect(await talk.answers()).toMatchObject([{ verb: 'drop', outcome: 'done', person: 'rea' }]);
  });

  it('who might write when they said it and may not any more, may not', async () => {
    const talk = await aTalk();
    await talk.say('ben', '/dream drop 2');
    talk.repository.collaborators.set('ben', 'read');
    await talk.hear();
    expect(await talk.answers()).toEqual([]);
  });

  it('bots may not, nor programs that speak for people, nor we ourselves', async () => {
    const talk = await aTalk();
    talk.repository.collaborators.set('helper[bot]', 'write');
    talk.github.account('helper[bot]');
    const comment = await talk.say('helper[bot]', '/dream drop 2');
    const { octokit } = await talk.found();
    await octokit.rest.issues.createComment({ ...at, issue_number: talk.number, body: '/dream drop 3' });
    await talk.hear();
    expect(await talk.answers()).toEqual([]);
    expect(reactionsTo(comment)).toEqual([]);
  });
});

describe('what is no command, or no more', () => {
  it('is quoted, in code, or not at the beginning', async () => {
    const talk = await aTalk();
    for (const words of [
      '> /dream drop 2\n\nI would not.',
      '```\n/dream drop 2\n```',
      'One could say /dream drop 2',
      '`/dream drop 2`',
    ])
      await talk.say('ben', words);
    await talk.hear();
    expect(await talk.answers()).toEqual([]);
  });

  it('was deleted before it was heard; what was edited later stays as it was heard', async () => {
    const talk = await aTalk();
    const gone = await talk.say('ben', '/dream drop 2');
    await talk.github.as('ben').rest.issues.deleteComment({ ...at, comment_id: gone.id });
    const edited = await talk.say('ben', '/dream drop 3');
    await talk.hear();
    await talk.github
      .as('ben')
      .rest.issues.updateComment({ ...at, comment_id: edited.id, body: '/dream drop 4' });
    await talk.hear();
    expect(await talk.answers()).toMatchObject([{ verb: 'drop', outcome: 'done' }]);
    expect(talk.status()).toContain('Left out: 3. Still in: 1, 2 and 4.');
  });

  it('was said under another pull request, which may copy our branch and text', async () => {
    const talk = await aTalk();
    const fork = await talk.github.fork(talk.repository, 'rea');
    const { data } = await talk.github.as('rea').rest.pulls.create({
      ...at,
      head: `rea:${(await talk.open()).branch ?? ''}`,
      base: 'main',
      title: 'Dream',
      body: (talk.pull().body ?? '').replaceAll('[x]', '[ ]'),
    });
    expect(fork.refs.size).toBeGreaterThan(1);
    await talk.say('ben', '/dream drop 2', data.number);
    await talk.hear({ number: undefined });
    expect(await talk.answers()).toMatchObject([{ verb: 'drop', outcome: 'refused', number: data.number }]);
    expect((await talk.decisions()).filter(({ type }) => type === 'dropped')).toEqual([]);
  });
});
