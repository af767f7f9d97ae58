import { describe, expect, it } from 'vitest';
import { promote } from '../../../../src/dreamers/embedded/store/promote.ts';
import { given } from './input.ts';

const note = (text: string): string => `# Habits\n\n## Testing\n\n- ${text}\n`;
const first = 'Run the smoke tests before handing over.';
const second = 'Before handing over, run the smoke tests';

describe('what several learned for themselves', () => {
  it('moves up as one note', () => {
    const files = {
      'memory/agents/ada/testing.md': note(first),
      'memory/agents/bob/testing.md': note(second),
    };
    const [proposal] = promote(given({ files })).proposals;
    expect(proposal?.kind).toBe('promote');
    expect(proposal?.operations).toMatchObject([
      { op: 'merge', file: 'memory/testing.md', heading: ['Testing'], text: `- ${first}` },
    ]);
    expect(proposal?.rationale).toContain('ada and bob');
  });

  it('moves up from two people too', () => {
    const files = { 'memory/people/ana/prefs.md': note(first), 'memory/people/ben/prefs.md': note(second) };
    expect(promote(given({ files })).proposals).toHaveLength(1);
  });

  it('stays when one owner has it twice', () => {
    const files = { 'memory/agents/ada/a.md': note(first), 'memory/agents/ada/b.md': note(second) };
    expect(promote(given({ files })).proposals).toEqual([]);
  });

  it('stays when the shared memory says it already', () => {
    const files = {
      'memory/agents/ada/testing.md': note(first),
      'memory/agents/bob/testing.md': note(second),
      'memory/testing.md': note('Run the smoke tests before handing over'),
    };
    expect(promote(given({ files })).proposals).toEqual([]);
  });

  it('stays when they differ', () => {
    const files = {
      'memory/people/ana/prefs.md': note('Answer in English, in 3 sentences at most.'),
      'memory/people/ben/prefs.md': note('Answer in German, in 3 sentences at most.'),
    };
    expect(promote(given({ files })).proposals).toEqual([]);
  });
});
