import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposalKinds } from '../../../src/core/dream/proposal.ts';
import { commitMessage, parseTrailers } from '../../../src/core/review/commit-message.ts';

const dream = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$/);
const proposal = fc.record({
  number: fc.integer({ min: 1, max: 999 }),
  kind: fc.constantFrom(...proposalKinds),
});

describe('commit messages', () => {
  it('carry a fixed title and ids', () => {
    expect(commitMessage('2026-11-20-a1b2', { number: 3, kind: 'retire' })).toBe(
      'Retire what no longer holds\n\nDream: 2026-11-20-a1b2\nDream-Proposal: 3\nDream-Kind: retire\n',
    );
  });

  it('refuse an id that would forge a trailer', () => {
    expect(() => commitMessage('x\nDream-Proposal: 9', { number: 1, kind: 'learn' })).toThrow(RangeError);
  });

  it('are read back, one or many squashed together, with any line ending and indent', () => {
    fc.assert(
      fc.property(
        dream,
        fc.array(proposal, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', '    '),
        (id, proposals, ending, indent) => {
          const squashed = ['Dream 2026-11-20: 5 changes (#12)', '']
            .concat(proposals.map((each) => `* ${commitMessage(id, each)}`))
            .join('\n')
            .replaceAll(/^(?=Dream(?:-\w+)?: )/gm, indent)
            .replaceAll('\n', ending);
          expect(parseTrailers(squashed)).toEqual(
            proposals.map((each) => ({ dream: id, proposal: each.number, kind: each.kind })),
          );
        },
      ),
    );
  });

  it('ignore quoted, partial and malformed trailers', () => {
    const quoted = commitMessage('d1', { number: 1, kind: 'learn' }).replaceAll(/^/gm, '> ');
    expect(parseTrailers(quoted)).toEqual([]);
    expect(parseTrailers('Dream: d1\n\nDream-Proposal: 1\n')).toEqual([]);
    expect(parseTrailers('Dream: d1\nDream-Proposal: x\nDream-Kind: learn\n')).toEqual([]);
    expect(parseTrailers('Dream: d1\nDream-Proposal: 1\nDream-Kind: poison\n')).toEqual([]);
  });
});
