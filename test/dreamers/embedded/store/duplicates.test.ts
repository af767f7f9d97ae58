import { describe, expect, it } from 'vitest';
import { duplicates } from '../../../../src/dreamers/embedded/store/duplicates.ts';
import { given } from './input.ts';

const notes = (...lines: string[]): string => lines.map((line) => `- ${line}\n`).join('');
const topic = (name: string, ...lines: string[]): Record<string, string> => ({
  [`memory/${name}.md`]: `# ${name}\n\n${notes(...lines)}`,
});

/** What the merges would keep, and how many notes each takes. */
function merges(files: Record<string, string>): { text: string; file: string; of: number }[] {
  return duplicates(given({ files })).proposals.flatMap(({ operations }) =>
    operations.flatMap((operation) =>
      operation.op === 'merge'
        ? [{ text: operation.text, file: operation.file, of: operation.entries.length }]
        : [],
    ),
  );
}

describe('one claim in two wordings is merged', () => {
  it.each([
    ['case and punctuation', 'Never push to `main` directly.', 'NEVER push to `main` directly!'],
    ['word order', 'Run `make lint` before pushing.', 'Before you push, run `make lint`.'],
    ['inflection', 'All timestamps are stored in UTC.', 'Store all timestamps in UTC'],
    ['irregular verbs', 'Keep backups in the cold store.', 'Backups are kept in the cold store'],
    [
      'words of one meaning',
      'Delete feature branches after the merge.',
      'Remove feature branches after the merge.',
    ],
    [
      'prior to',
      'Ask Dana before touching the billing schema.',
      'Ask Dana prior to touching the billing schema.',
    ],
    [
      'stress',
      'Always validate user input at the boundary.',
      'Make sure to validate user input at the boundary.',
    ],
    ['voice', 'Suppliers are paid within 30 days.', 'We pay suppliers within 30 days.'],
  ])('%s', (_what, first, second) => {
    expect(merges(topic('rules', first, second))).toHaveLength(1);
    expect(merges({ ...topic('rules', first), ...topic('notes', second) })).toHaveLength(1);
  });

  it('keeps the wording that says most', () => {
    const longer = 'Run `make lint` before pushing; CI rejects unformatted code.';
    expect(merges(topic('rules', 'Before pushing, run `make lint`', longer))).toEqual([
      { text: longer, file: 'memory/rules.md', of: 2 },
    ]);
  });

  it('joins two wordings when each has one sentence more', () => {
    const files = topic(
      'rules',
      'Run `make lint` before pushing. CI rejects unformatted code.',
      'Before pushing run `make lint`. The check takes 2 minutes.',
    );
    expect(merges(files).map(({ text }) => text)).toEqual([
      'Run `make lint` before pushing. CI rejects unformatted code. The check takes 2 minutes.',
    ]);
  });

  it('leaves the wording to a person when the additions point back', () => {
    const files = topic(
      'rules',
      'Run `make lint` before pushing. It rejects unformatted code.',
      'Before pushing run `make lint`. This takes 2 minutes.',
    );
    const { proposals, leads } = duplicates(given({ files }));
    expect(proposals).toEqual([]);
    expect(leads).toHaveLength(1);
  });

  it('keeps it under the heading that names its subject', () => {
    const files = {
      ...topic('notes', 'Releases are tagged by the release bot.'),
      ...topic('releases', 'The release bot tags releases'),
    };
    expect(merges(files)[0]?.file).toBe('memory/releases.md');
  });

  it('gathers three or more at once', () => {
    const files = topic(
      'rules',
      'Restart the worker after a deploy.',
      'After a deploy, restart the worker',
      'Always restart workers after each deploy.',
    );
    expect(merges(files).map(({ of }) => of)).toEqual([3]);
  });

  it('retires the copies of an entry that is marked to be kept', () => {
    const files = {
      'memory/rules.md':
        '# Rules\n\n- Store timestamps in UTC zone. <!-- keep -->\n- Timestamps are stored in UTC zone\n',
    };
    expect(
      duplicates(given({ files })).proposals.map(({ operations }) => operations.map(({ op }) => op)),
    ).toEqual([['retire']]);
  });
});

describe('alike in words, but not the same', () => {
  it.each([
    ['a number', 'The API times out after 30 seconds.', 'The API times out after 60 seconds.'],
    ['a name', 'Ana owns the billing service.', 'Ben owns the billing service.'],
    ['a version', 'The build needs Node 20.11.', 'The build needs Node 22.4.'],
    ['a path', 'Flags live in `config/flags.yml`.', 'Flags live in `config/beta.yml`.'],
    ['a date', 'The freeze begins on 2026-01-10.', 'The freeze begins on 2026-02-10.'],
    ['a choice', 'Install packages with pnpm.', 'Install packages with npm.'],
    ['a negation', 'Commit the generated files.', 'Never commit the generated files.'],
    ['an exception', 'Deploy on every weekday.', 'Deploy on every weekday except Friday.'],
    [
      'a condition',
      'Run the tests before committing.',
      'Run the tests before committing if you touched Go code.',
    ],
    ['a limit', 'Cache responses of the price service.', 'Cache only responses of the price service.'],
    ['the order of things', 'Run the migrations before deploying.', 'Deploy before running the migrations.'],
    ['before and after', 'Warm the cache before a deploy.', 'Warm the cache after a deploy.'],
    ['what is preferred', 'Prefer composition over inheritance.', 'Prefer inheritance over composition.'],
    ['who calls whom', 'Orders calls billing.', 'Billing calls orders.'],
    [
      'the subject',
      '`store.go` - interface definition of sessions',
      '`state.go` - interface definition of sessions',
    ],
    ['a part', 'Send the report to finance and legal.', 'Send the report to finance.'],
  ])('%s', (_what, first, second) => {
    expect(merges(topic('rules', first, second))).toEqual([]);
  });

  it('a short note under "Backend" and under "Frontend"', () => {
    expect(
      merges({ 'CLAUDE.md': '# Rules\n\n## Backend\n\n- Run the tests\n\n## Frontend\n\n- Run the tests\n' }),
    ).toEqual([]);
    expect(
      merges({
        'CLAUDE.md':
          '# Rules\n\n## Backend\n\n- Run `npm test` before pushing any commit\n\n## Frontend\n\n- Run `npm test` before pushing any commit\n',
      }),
    ).toEqual([]);
  });

  it('kinds of one thing: "Unit tests" and "Smoke tests"', () => {
    const line = 'Write results to the report folder of the day';
    expect(
      merges({ 'CLAUDE.md': `# Rules\n\n## Nightly tests\n\n- ${line}\n\n## Weekly tests\n\n- ${line}\n` }),
    ).toEqual([]);
  });

  it('the same words under another lead-in', () => {
    const line = 'Push the session branch alongside user pushes.';
    expect(merges({ 'CLAUDE.md': `# A\n\n**Do:**\n\n- ${line}\n\n**Do NOT:**\n\n- ${line}\n` })).toEqual([]);
    expect(
      merges({
        'CLAUDE.md': `# A\n\n**Manual mode** (default)\n\n- ${line}\n\n**Auto mode** (rare)\n\n- ${line}\n`,
      }),
    ).toEqual([]);
  });

  it('steps of a procedure', () => {
    expect(
      merges({
        'CLAUDE.md':
          '# Release\n\n1. Run the whole test suite\n2. Bump the version\n3. Run the whole test suite\n',
      }),
    ).toEqual([]);
  });

  it('code, tables and their rows', () => {
    const block = '```sh\nmake test\n```\n';
    const table = '| a | b |\n|---|---|\n| run tests often | yes |\n';
    expect(merges({ 'CLAUDE.md': `# A\n\n## B\n\n${block}\n${table}\n## C\n\n${block}\n${table}` })).toEqual(
      [],
    );
  });

  it('a refrain under three headings of one file is left as a lead', () => {
    const line = 'Report your findings to the lead engineer in one table';
    const files = {
      'CLAUDE.md': ['Security', 'Speed', 'Docs'].map((name) => `## ${name}\n\n- ${line}\n`).join('\n'),
    };
    expect(merges(files)).toEqual([]);
    expect(duplicates(given({ files })).leads).toHaveLength(1);
  });

  it('copies for different agents are left as one lead', () => {
    const body = `# Rules\n\n${notes('Keep every function under 40 lines.', 'Store all timestamps in UTC.')}`;
    const { proposals, leads } = duplicates(given({ files: { 'CLAUDE.md': body, 'AGENTS.md': body } }));
    expect(proposals).toEqual([]);
    expect(leads.map(({ text }) => text)).toEqual(['AGENTS.md and CLAUDE.md share 2 notes']);
  });

  it('are one lead, however many files share them', () => {
    const text = notes('Use pnpm for everything.', 'Never push to `main` directly.');
    const { leads } = duplicates(
      given({
        files: {
          'AGENTS.md': text,
          'CLAUDE.md': text,
          'GEMINI.md': text,
          '.github/copilot-instructions.md': text,
        },
      }),
    );
    expect(leads.map((lead) => lead.text)).toEqual([
      '.github/copilot-instructions.md, AGENTS.md and 2 more files share 2 notes',
    ]);
  });
});

describe('a proposal to merge', () => {
  const input = given({
    files: topic('rules', 'Store all timestamps in UTC.', 'All timestamps are stored in UTC'),
    written: { 'memory/rules.md': '2026-02-01T09:00:00Z' },
  });
  const [proposal] = duplicates(input).proposals;

  it('cites every entry with who wrote it and when', () => {
    expect(proposal?.evidence).toHaveLength(2);
    expect(proposal?.evidence[0]).toMatchObject({
      type: 'entry',
      lines: [3, 3],
      at: '2026-02-01T09:00:00Z',
      author: 'Ana',
    });
  });

  it('has a title without mark-up, and rests on a signal that stays the same', () => {
    expect(proposal?.title).toBe('Merge 2 notes on All timestamps are stored in UTC');
    expect(proposal?.signals).toEqual(duplicates(input).proposals[0]?.signals);
  });
});
