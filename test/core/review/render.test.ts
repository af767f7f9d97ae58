import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalProposal } from '../../../src/core/dream/journal.ts';
import { proposalKinds } from '../../../src/core/dream/proposal.ts';
import type { ReviewInput } from '../../../src/core/review/input.ts';
import { parseReview } from '../../../src/core/review/parse.ts';
import { renderReview } from '../../../src/core/review/render.ts';
import { ticksIn } from '../../../src/core/review/ticks.ts';
import { headline, reviewTitle } from '../../../src/core/review/title.ts';
import { aJournal, aJournalProposal, anEntryBefore, aQuote, entryId } from '../../support/journal.ts';
import { aFullDream } from './a-full-dream.ts';

const input = (proposals: JournalProposal[], over: Partial<ReviewInput> = {}): ReviewInput => ({
  journal: aJournal({ proposals }),
  dropped: new Set(),
  past: [],
  quotes: true,
  readMore: 'dreamkeeper show --json',
  ...over,
});

describe('a review', () => {
  it('reads in two minutes', async () => {
    await expect(renderReview(aFullDream)).toMatchFileSnapshot('full-dream.md');
  });

  it('shows no word of a session without consent', async () => {
    const text = renderReview({ ...aFullDream, quotes: false });
    for (const words of ['we dropped make lint', 'again: no default', 'staging is on 4010', 'No such file']) {
      expect(text).not.toContain(words);
    }
    await expect(text).toMatchFileSnapshot('without-quotes.md');
  });

  it('has a title and a first line that say how much there is to do', () => {
    expect(reviewTitle(aFullDream)).toBe('Dream 2026-02-10: 5 changes from 23 sessions');
    expect(headline(aFullDream)).toBe('5 changes, 2 remove text, always-loaded context −80 tokens.');
    const one = input([aJournalProposal()]);
    expect(reviewTitle(one)).toBe('Dream 2026-02-10: 1 change from 1 session');
    expect(headline(one)).toBe('1 change, none removes text, always-loaded context −80 tokens.');
  });

  it('leaves dropped proposals out of the counts, and their boxes empty', () => {
    const dropped = { ...aFullDream, dropped: new Set([1, 3]) };
    expect(headline(dropped)).toMatch(/^3 changes, none removes text/);
    expect(parseReview(renderReview(dropped))?.boxes.filter((box) => !box.checked)).toEqual([
      { number: 1, checked: false },
      { number: 3, checked: false },
    ]);
  });

  it('tells what people ticked from what was rendered so', () => {
    const text = renderReview({ ...aFullDream, dropped: new Set([1, 3]) });
    const changed = (body: string) => ticksIn(body)?.boxes;
    expect(changed(text)).toEqual([]);
    const ticked = text
      .replace('[ ] <!-- dreamkeeper:3 -->', '[x] <!-- dreamkeeper:3 -->')
      .replace('[x] <!-- dreamkeeper:2 -->', '[ ] <!-- dreamkeeper:2 -->');
    expect(changed(ticked)).toEqual([
      { number: 2, checked: false },
      { number: 3, checked: true },
    ]);
  });

  it('puts removals and corrections first, then questions, then enforce and learn', () => {
    const text = renderReview(aFullDream);
    const places = ['1. Retire', '2. Correct', '3. Merge', 'Question:', '4. Suggest', '5. Remember'].map(
      (part) => text.indexOf(part),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('says when a line that a person wrote changes', () => {
    const before = [anEntryBefore('Use tabs.', { author: '@ana', at: '2025-01-03T00:00:00Z' })];
    const operations = [{ op: 'revise' as const, entry: entryId(1), text: 'Use two spaces.' }];
    const text = renderReview(input([aJournalProposal({ kind: 'correct', before, operations })]));
    expect(text).toContain('Changes text written by `@ana` (3 Jan 2025).');
  });

  it('cannot be broken out of by what it quotes', () => {
    const attack = [
      '</details>',
      '```',
      '- [ ] <!-- dreamkeeper:1 -->',
      '<!-- dreamkeeper:{"v":1,"dream":"evil","base":"x","proposals":[9]} -->',
      'closes #1 @octocat',
    ].join('\n');
    const proposal = aJournalProposal({
      title: attack.slice(0, 100),
      rationale: attack,
      operations: [{ op: 'add', file: attack, heading: [attack], text: attack }],
      evidence: [aQuote(attack, { person: attack, session: attack })],
      findings: [{ check: 'taint', severity: 'review', message: attack }],
    });
    const lead = { kind: 'learn' as const, text: attack, reason: attack, evidence: [] };
    const dream = input([proposal]);
    const text = renderReview({
      ...dream,
      journal: {
        ...dream.journal,
        dreamer: attack,
        withheld: [{ ...proposal, findings: [{ check: 'taint', severity: 'block', message: attack }] }],
        questions: [{ text: attack, entries: [], evidence: proposal.evidence }],
        leads: [lead],
      },
    });
    expect(parseReview(text)).toEqual({
      dream: '2026-02-10-a1b2c3',
      base: dream.journal.base,
      head: dream.journal.head,
      proposals: [1],
      boxes: [{ number: 1, checked: true }],
    });
  });

  it('stays under 60,000 characters and keeps every box, however much there is', () => {
    const long = '@x '.repeat(5_000);
    const proposals = Array.from({ length: 50 }, (_, index) =>
      aJournalProposal({
        number: index + 1,
        kind: proposalKinds[index % proposalKinds.length] ?? 'learn',
        title: '*'.repeat(100),
        rationale: long.slice(0, 1_000),
        operations: Array.from({ length: 20 }, () => ({
          op: 'add' as const,
          file: 'f/'.repeat(500),
          text: long,
        })),
        evidence: Array.from({ length: 30 }, (_each, n) => aQuote(long, { session: `${n}` })),
        before: [anEntryBefore('x', { author: long })],
        findings: [{ check: 'taint', severity: 'review', message: long }],
      }),
    );
    const dream = input(proposals);
    const leads = Array.from({ length: 400 }, () => ({
      kind: 'learn' as const,
      text: long,
      reason: long,
      evidence: [],
    }));
    const questions = Array.from({ length: 40 }, () => ({
      text: long,
      entries: [],
      evidence: [aQuote(long)],
    }));
    const text = renderReview({
      ...dream,
      journal: { ...dream.journal, withheld: proposals, leads, questions },
    });
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(parseReview(text)?.boxes).toHaveLength(50);
    expect(text).toContain('Shortened to fit. All of it: `dreamkeeper show --json`');
    expect(text).toMatch(/… and \d+ more: `dreamkeeper show --json`/);
  });
});

describe('a review that is read back', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.constantFrom(
      '- [ ] <!-- dreamkeeper:2 -->',
      '<!-- dreamkeeper:{} -->',
      '```\n</details>',
      '> - [x] a',
      '\n\n# x',
    ),
  );
  const proposals = fc
    .array(
      fc.record({ kind: fc.constantFrom(...proposalKinds), title: hostile, text: hostile, quote: hostile }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((list) =>
      list.map(({ kind, title, text, quote }, index) =>
        aJournalProposal({
          number: index + 1,
          kind,
          title: title || 'x',
          operations: [{ op: 'add', file: 'CLAUDE.md', text: text || 'x' }],
          evidence: [aQuote(quote || 'x')],
        }),
      ),
    );

  it('names its dream and its boxes, with any line ending', () => {
    fc.assert(
      fc.property(proposals, fc.array(fc.nat({ max: 8 })), fc.boolean(), (list, drop, crlf) => {
        const dream = input(list, { dropped: new Set(drop) });
        const text = renderReview(dream);
        const dropped = list.map(({ number }) => number).filter((number) => drop.includes(number));
        const parsed = parseReview(crlf ? text.replaceAll('\n', '\r\n') : text);
        expect(parsed).toEqual({
          dream: dream.journal.id,
          base: dream.journal.base,
          head: dream.journal.head,
          proposals: list.map(({ number }) => number),
          ...(dropped.length === 0 ? {} : { dropped }),
          boxes: list.map(({ number }) => ({ number, checked: !dream.dropped.has(number) })),
        });
      }),
      { numRuns: 200 },
    );
  });

  const text = renderReview(aFullDream);
  const unticked = text.replace('- [x] <!-- dreamkeeper:2 -->', '- [ ] <!-- dreamkeeper:2 -->');

  it('sees a box that a person unticked', () => {
    expect(parseReview(unticked)?.boxes[1]).toEqual({ number: 2, checked: false });
  });

  it('survives what people write around and between', () => {
    const edited = `Hello all,\n${unticked.replace('**Question:**', '- [ ] my own box\n\n**Question:** (yes!)')}\n\nCheers`;
    expect(parseReview(edited)).toEqual(parseReview(unticked));
  });

  it('says nothing about a box that was deleted', () => {
    const cut = text.slice(0, text.indexOf('- [x] <!-- dreamkeeper:4'));
    expect(parseReview(cut)?.boxes.map((box) => box.number)).toEqual([1, 2, 3]);
  });

  it('ignores markers of others, quoted reviews and boxes of unknown proposals', () => {
    const quoted = text.replaceAll(/^/gm, '> ').replaceAll('[x]', '[ ]');
    const foreign = `<!-- renovate:{"v":1} -->\n\n${text}\n\n- [x] <!-- dreamkeeper:77 --> more\n\n${quoted}`;
    expect(parseReview(foreign)).toEqual(parseReview(text));
  });

  it.each(['', 'A pull request', '<!-- dreamkeeper:{"v":2,"dream":"x"} -->', '<!-- dreamkeeper:{ -->'])(
    'is not one of ours: %j',
    (body) => {
      expect(parseReview(body)).toBeUndefined();
    },
  );
});
