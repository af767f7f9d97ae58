import { describe, expect, it } from 'vitest';
import { memoryIndex } from '../../../../src/dreamers/embedded/store/memory-index.ts';
import { given } from './input.ts';

const topics = {
  'memory/testing.md': '# Testing rules\n\n- Run the smoke tests first.\n',
  'memory/release.md': '# Release\n\n- Tag it.\n',
};
const lines = (...names: string[]): string =>
  `# Memory\n\n${names.map((name) => `- [${name}](${name}.md)\n`).join('')}`;

describe('the index of topic files', () => {
  it('is left alone when it is true', () => {
    const files = { ...topics, 'memory/MEMORY.md': lines('testing', 'release') };
    expect(memoryIndex(given({ files }))).toEqual({ proposals: [], questions: [], leads: [] });
  });

  it('gets a line for a file that has none', () => {
    const files = {
      ...topics,
      'memory/cache.md': '# Cache warming\n\n- Warm it.\n',
      'memory/MEMORY.md': lines('testing', 'release'),
    };
    const [proposal] = memoryIndex(given({ files })).proposals;
    expect(proposal).toMatchObject({ kind: 'reorganise', title: 'List a topic file in MEMORY.md' });
    expect(proposal?.operations).toEqual([
      { op: 'add', file: 'memory/MEMORY.md', heading: ['Memory'], text: '[Cache](cache.md)' },
    ]);
  });

  it('does not list what one agent keeps for itself', () => {
    const files = {
      ...topics,
      'memory/agents/ada/x.md': '# X\n',
      'memory/MEMORY.md': lines('testing', 'release'),
    };
    expect(memoryIndex(given({ files })).proposals).toEqual([]);
  });

  it('loses the line of a deleted file, with the commit that deleted it', () => {
    const files = { ...topics, 'memory/MEMORY.md': lines('testing', 'release', 'old') };
    const input = given({ files, deleted: { 'memory/old.md': { commit: 'abc' } } });
    const [proposal] = memoryIndex(input).proposals;
    expect(proposal?.operations).toEqual([{ op: 'retire', entry: input.store.files[0]?.entries[2]?.id }]);
    expect(proposal?.evidence[0]).toMatchObject({ fact: 'deleted', path: 'memory/old.md', commit: 'abc' });
  });

  it('follows a file that was renamed', () => {
    const files = {
      ...topics,
      'memory/MEMORY.md': lines('testing', 'release', 'old'),
      'memory/new.md': '# New\n',
    };
    const input = given({ files, deleted: { 'memory/old.md': { renamedTo: 'memory/new.md' } } });
    expect(memoryIndex(input).proposals[0]?.operations).toMatchObject([
      { op: 'revise', text: '[old](new.md)' },
    ]);
  });

  it('leaves a dead line to a person when Git does not know the file', () => {
    const files = { ...topics, 'memory/MEMORY.md': lines('testing', 'release', 'old') };
    const { proposals, leads } = memoryIndex(given({ files }));
    expect([proposals.length, leads.length]).toEqual([0, 1]);
  });
});
