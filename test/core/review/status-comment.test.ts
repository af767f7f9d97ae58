import { describe, expect, it } from 'vitest';
import { isStatusComment, statusComment, type Handled } from '../../../src/core/review/status-comment.ts';

const handled = (over: Partial<Handled> = {}): Handled => ({
  type: 'command',
  at: '2026-03-20T18:05:00.000Z',
  person: 'ana',
  event: 'comment-17',
  verb: 'drop 2',
  outcome: 'done',
  words: 'Left out: 2.',
  ...over,
});

describe('the status comment', () => {
  it('says how to talk to us while nobody has said anything', () => {
    const text = statusComment({ commands: [], notes: [] });
    expect(isStatusComment(text)).toBe(true);
    expect(text).toContain('`/dream drop 2`');
    expect(text.split('\n').filter((line) => line !== '')).toHaveLength(2);
  });

  it('answers the newest in the open, the others folded', () => {
    const commands = [
      handled(),
      handled({ person: 'ben', verb: 'explain 1', words: 'It rests on two sessions.' }),
    ];
    const text = statusComment({ commands, notes: ['New dreams are paused.'] });
    const [open = '', folded = ''] = text.split('<details>');
    expect(open).toContain('New dreams are paused.');
    expect(open).toContain('**ben**, explain 1, 2026-03-20 18:05 UTC: done.');
    expect(open).not.toContain('**ana**');
    expect(folded).toContain('**ana**, drop 2');
  });

  it('says that something was not done', () => {
    expect(statusComment({ commands: [handled({ outcome: 'refused' })], notes: [] })).toContain('not done.');
  });

  it('gives a name and a command no power', () => {
    const text = statusComment({ commands: [handled({ person: '@ana', verb: '<!-- x --> #1' })], notes: [] });
    expect(text).not.toMatch(/(?<!`)@ana/);
    expect(text).not.toMatch(/(?<!\\)<!-- x/);
  });

  it('fits into a comment, whatever was said', () => {
    const commands = Array.from({ length: 40 }, (_, n) =>
      handled({ words: `${n} ${'word '.repeat(3_000)}` }),
    );
    const text = statusComment({ commands, notes: [] });
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).toContain('39 word');
    expect(text).toMatch(/… and \d+ before those/);
    expect(text.trimEnd().endsWith('</details>')).toBe(true);
  });

  it('is known by its beginning alone', () => {
    expect(isStatusComment('> <!-- dreamkeeper:status -->')).toBe(false);
    expect(isStatusComment('look: <!-- dreamkeeper:status -->')).toBe(false);
  });
});
