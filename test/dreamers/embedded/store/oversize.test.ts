import { describe, expect, it } from 'vitest';
import { oversize } from '../../../../src/dreamers/embedded/store/oversize.ts';
import { given } from './input.ts';

const section = (name: string, notes: number): string =>
  `## ${name}\n\n${Array.from({ length: notes }, (_, at) => `- Note ${at} on ${name.toLowerCase()} that fills a line of its own, so that the file grows long.\n`).join('')}\n`;
const long = `# Topics\n\n${section('Brewing', 60)}${section('Bottling the beer', 150)}${section('Labels', 40)}`;

describe('a file over 20,000 characters', () => {
  it('gives its biggest part a file of its own, moved as it is', () => {
    const input = given({ files: { 'memory/brewery.md': long } });
    const [proposal] = oversize(input).proposals;
    expect(proposal).toMatchObject({
      kind: 'reorganise',
      title: 'Move Bottling the beer to a file of its own',
    });
    expect(proposal?.operations).toHaveLength(150);
    expect(proposal?.operations[0]).toMatchObject({
      op: 'move',
      file: 'memory/bottling-the-beer.md',
      heading: ['Bottling the beer'],
    });
  });

  it('is left alone when it is short enough', () => {
    expect(oversize(given({ files: { 'memory/brewery.md': section('Brewing', 60) } }))).toMatchObject({
      proposals: [],
      leads: [],
    });
  });

  it('is only spoken of when it stands alone', () => {
    const { proposals, leads } = oversize(given({ files: { 'CLAUDE.md': long } }));
    expect(proposals).toEqual([]);
    expect(leads[0]?.text).toMatch(
      /^CLAUDE\.md has 2\d,\d{3} characters; its longest part is Bottling the beer/,
    );
  });

  it('keeps what is marked to be kept', () => {
    const kept = long.replace('- Note 3 on bottling', '- <!-- keep --> Note 3 on bottling');
    const [proposal] = oversize(given({ files: { 'memory/brewery.md': kept } })).proposals;
    expect(proposal?.title).toBe('Move Brewing to a file of its own');
  });

  it('does not write over a file that is there', () => {
    const input = given({ files: { 'memory/brewery.md': long }, paths: ['memory/bottling-the-beer.md'] });
    expect(oversize(input)).toMatchObject({ proposals: [], leads: [{}] });
  });
});
