import { describe, expect, it } from 'vitest';
import { aClone } from '../person.ts';
import { aTalk, type Talk } from './talk.ts';

/** Ben commits to the branch of the dream. */
async function commits(talk: Talk, change: (memory: string) => string): Promise<string> {
  const person = await aClone(talk);
  const { branch = '' } = await talk.open();
  person.git('checkout', '-q', branch);
  const commit = person.commit('Mine', { 'CLAUDE.md': change(await talk.file()) });
  await person.push(branch);
  return commit;
}

describe('after a person committed to the branch', () => {
  it('what is dropped is taken back on top of it, and what is restored comes in again', async () => {
    const talk = await aTalk();
    const mine = await commits(talk, (memory) => memory.replace('# Notes', '# Our notes'));
    await talk.say('ben', '/dream drop 1');
    await talk.hear();
    expect(await talk.file()).toContain('The fares are listed');
    expect(await talk.file()).toContain('# Our notes');
    const { branch = '' } = await talk.open();
    const tip = talk.repository.refs.get(`refs/heads/${branch}`);
    await talk.hear();
    expect(talk.repository.refs.get(`refs/heads/${branch}`)).toBe(tip);
    await talk.say('ben', '/dream restore 1');
    await talk.hear();
    expect(await talk.file()).not.toContain('The fares are listed');
    const { data } = await talk.github
      .as('ben')
      .rest.pulls.listCommits({ owner: 'acme', repo: 'shop', pull_number: talk.number });
    expect(data.map(({ sha }) => sha)).toContain(mine);
    expect(data.map(({ commit }) => commit.message.split('\n')[0]).slice(-2)).toEqual([
      'Leave a proposal out again',
      'Take a proposal back in',
    ]);
    expect((await talk.answers()).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  });

  it('commits of ours are signed where the config wants them so', async () => {
    const config = 'mode: manual\ncommits: verified\n';
    const talk = await aTalk({ files: { '.github/dreamkeeper.yml': config } });
    await commits(talk, (memory) => memory.replace('# Notes', '# Our notes'));
    await talk.say('ben', '/dream drop 1');
    await talk.hear();
    expect(await talk.file()).toContain('The fares are listed');
    expect(await talk.file()).toContain('# Our notes');
    const tip = talk.pull().pull.headSha;
    expect(talk.repository.verified.has(tip)).toBe(true);
    await talk.hear();
    expect(talk.pull().pull.headSha).toBe(tip);
  });

  it('what they changed themselves is theirs: it is said where it is, and nothing is written', async () => {
    const talk = await aTalk();
    const mine = await commits(talk, (memory) => memory.replace('port 5433', 'port 5434'));
    await talk.say('ben', '/dream drop 4');
    await talk.say('ben', '/dream revise 2: Something else.');
    await talk.hear();
    expect(await talk.answers()).toMatchObject([
      { outcome: 'refused', words: expect.stringMatching(/changed the same lines of CLAUDE.md/) as string },
      { outcome: 'refused', words: expect.stringMatching(/What people committed is kept/) as string },
    ]);
    const { branch = '' } = await talk.open();
    expect(talk.repository.refs.get(`refs/heads/${branch}`)).toBe(mine);
  });
});
