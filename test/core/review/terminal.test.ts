import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTerminal, type TerminalStyle } from '../../../src/core/review/terminal.ts';
import { aJournal, aJournalProposal, aQuote } from '../../support/journal.ts';
import { aFullDream } from './a-full-dream.ts';

const same = (text: string): string => text;
const bare: TerminalStyle = { bold: same, dim: same, red: same, green: same, yellow: same };

describe('a review in a terminal', () => {
  it('shows what the pull request would, without Markdown', async () => {
    await expect(renderTerminal(aFullDream, bare, 90)).toMatchFileSnapshot('terminal.txt');
  });

  it('paints removed and added lines', () => {
    const painted = renderTerminal(aFullDream, { ...bare, red: (text) => `<r>${text}</r>` }, 90);
    expect(painted).toContain('<r>- - run `make lint`</r>');
  });

  it('shows no word of a session without consent', () => {
    expect(renderTerminal({ ...aFullDream, quotes: false }, bare)).not.toMatch(
      /dropped make lint|staging is on/,
    );
  });

  it('keeps to the width and lets no foreign control character through', () => {
    const ascii = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code));
    const text = fc.string({ unit: fc.constantFrom(...ascii), maxLength: 200 });
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 120 }), (given, width) => {
        const journal = aJournal({
          proposals: [
            aJournalProposal({
              title: `x${given}`,
              rationale: `\u001B]8;;http://evil\u0007${given}`,
              operations: [{ op: 'add', file: `f${given}`, text: `\u001B[2J${given}\r\nnext` }],
              evidence: [aQuote(`\u009B31m${given}`, { person: given })],
            }),
          ],
        });
        const shown = renderTerminal({ ...aFullDream, journal }, bare, width);
        expect(shown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
        for (const line of shown.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(width);
      }),
    );
  });
});
