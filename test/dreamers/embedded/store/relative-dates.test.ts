import { describe, expect, it } from 'vitest';
import { relativeDateRule } from '../../../../src/dreamers/embedded/store/relative-dates.ts';
import { given } from './input.ts';

const files = {
  'memory/log.md':
    '# Log\n\n- We moved the queue to the new host yesterday.\n- Show the posts of the last week on the start page.\n',
};

describe('a relative date', () => {
  it('becomes absolute from the commit that wrote its line', () => {
    const input = given({ files, written: { 'memory/log.md': '2026-02-08T23:30:00Z' } });
    const [proposal] = relativeDateRule(input).proposals;
    expect(proposal?.operations).toEqual([
      {
        op: 'revise',
        entry: input.store.files[0]?.entries[0]?.id,
        text: 'We moved the queue to the new host on 2026-02-07.',
      },
    ]);
    expect(proposal).toMatchObject({
      kind: 'correct',
      strength: 'proved',
      title: 'Make “yesterday” absolute in log.md',
    });
  });

  it('stays when nobody knows when it was written', () => {
    expect(relativeDateRule(given({ files })).proposals).toEqual([]);
  });

  it('stays in an entry that is marked to be kept', () => {
    const kept = { 'memory/log.md': '# Log\n\n- The host moved yesterday. <!-- keep -->\n' };
    expect(
      relativeDateRule(given({ files: kept, written: { 'memory/log.md': '2026-02-08T23:30:00Z' } }))
        .proposals,
    ).toEqual([]);
  });
});
