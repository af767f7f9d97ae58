import { describe, expect, it } from 'vitest';
import { checkText, mostAnnotations } from '../../../src/core/review/check-run.ts';
import { labelsOf, ownLabels } from '../../../src/core/review/labels.ts';
import { buttons } from '../../../src/core/review/buttons.ts';
import { aJournal, aJournalProposal, anEntryBefore, entryId } from '../../support/journal.ts';

const files = new Map([['CLAUDE.md', '# Notes\n\n- Use pnpm, never npm.\n']]);
const dropped = new Set<number>();
const look = { check: 'evidence', severity: 'review', message: 'One person said it once.' } as const;
const input = { files, dropped, theirs: false };

describe('the check run', () => {
  it('passes when every check did', () => {
    const text = checkText({ ...input, journal: aJournal() });
    expect(text).toMatchObject({
      conclusion: 'success',
      title: '1 change: every check passed',
      annotations: [],
    });
  });

  it('is neutral when a person must look, and says so on the line', () => {
    const journal = aJournal({ proposals: [aJournalProposal({ findings: [look] })] });
    expect(checkText({ ...input, journal })).toMatchObject({
      conclusion: 'neutral',
      title: '1 change, 1 asks for a closer look',
      annotations: [{ path: 'CLAUDE.md', start_line: 3, end_line: 3, annotation_level: 'warning' }],
    });
    expect(checkText({ ...input, journal, dropped: new Set([1]) }).conclusion).toBe('success');
  });

  it('is neutral when a person has committed, for nobody checked that', () => {
    const text = checkText({ ...input, journal: aJournal(), theirs: true });
    expect(text.conclusion).toBe('neutral');
    expect(text.summary).toContain('Somebody has committed');
  });

  it('puts what only goes about where it was, inside the file', () => {
    const gone = aJournalProposal({
      operations: [{ op: 'retire', entry: entryId(90) }],
      before: [anEntryBefore('Old.', { lines: [90, 90] })],
      added: [],
      findings: [look],
    });
    const { annotations } = checkText({ ...input, journal: aJournal({ proposals: [gone] }) });
    expect(annotations[0]).toMatchObject({ path: 'CLAUDE.md', start_line: 4 });
  });

  it('stays in the bounds of GitHub', () => {
    const findings = Array.from({ length: 3 }, () => ({ ...look, message: 'word '.repeat(1_000) }));
    const proposals = Array.from({ length: 50 }, (_, at) => aJournalProposal({ number: at + 1, findings }));
    const text = checkText({ ...input, journal: aJournal({ proposals }) });
    expect(text.annotations).toHaveLength(mostAnnotations);
    expect(text.summary.length).toBeLessThan(65_535);
    expect(text.summary).toContain('100 of 150 findings');
    for (const { label, description, identifier } of buttons)
      expect([label.length <= 20, description.length <= 40, identifier.length <= 20]).toEqual([
        true,
        true,
        true,
      ]);
  });

  it('gives foreign words no power', () => {
    const hostile = aJournalProposal({
      title: 'Closes #1 @ana',
      findings: [{ ...look, message: '<img src=x> @ben' }],
    });
    const { summary } = checkText({ ...input, journal: aJournal({ proposals: [hostile] }) });
    expect(summary).not.toMatch(/(?<!\\)<img/);
    expect(summary).not.toMatch(/(?<!`)@/);
  });
});

describe('the labels', () => {
  it('name what to look out for in what is kept', () => {
    const goes = aJournalProposal({
      number: 2,
      operations: [{ op: 'retire', entry: entryId(1) }],
      before: [anEntryBefore('Old.')],
      findings: [look],
    });
    const journal = aJournal({ proposals: [aJournalProposal(), goes] });
    expect(labelsOf({ journal, dropped })).toEqual([
      'dreamkeeper',
      'dreamkeeper:removes',
      'dreamkeeper:review',
    ]);
    expect(labelsOf({ journal, dropped: new Set([2]) })).toEqual(['dreamkeeper']);
    for (const { description } of ownLabels) expect(description.length).toBeLessThanOrEqual(100);
  });
});
