import { describe, expect, test } from 'vitest';
import { requests } from '../../../../src/dreamers/embedded/sessions/requests.ts';
import { dreamInput } from '../../../support/dream-input.ts';
import { agent, person, refuse, session } from '../../../support/session.ts';

const memory = { 'CLAUDE.md': '# App\n\n## Tests\n\n- Run `pnpm test` before each commit.\n' };
const said = (day: number, text: string, by?: string) =>
  session({ id: `s${day}`, day, ...(by === undefined ? {} : { by }) }, agent('Done.'), person(text));

describe('what a person asks to remember', () => {
  test('is proposed once, with the words that ask for it', () => {
    const input = dreamInput({ memory, sessions: [said(1, 'Remember that invoices are stored in cents.')] });
    const [proposal] = requests(input).proposals;
    expect(proposal).toMatchObject({
      kind: 'learn',
      lesson: 'request',
      operations: [{ op: 'add', text: 'Invoices are stored in cents.' }],
    });
    expect(proposal?.evidence).toMatchObject([
      { type: 'quote', session: 's1', event: 2, trust: 'person', person: 'ada@example.com' },
    ]);
  });

  test('is not proposed when memory says it', () => {
    const input = dreamInput({
      memory,
      sessions: [said(1, 'Remember to always run `pnpm test` before each commit.')],
    });
    expect(requests(input).proposals).toEqual([]);
  });
});

describe('what people state', () => {
  test('as a general rule is proposed after one session', () => {
    const input = dreamInput({
      memory,
      sessions: [said(1, 'We always pin GitHub actions by SHA because tags can move.')],
    });
    expect(requests(input).proposals).toMatchObject([
      { kind: 'learn', lesson: 'decision', strength: 'suggested' },
    ]);
  });

  test('as a correction needs two independent sessions', () => {
    const words = "no, don't mock the database in integration tests";
    const once = dreamInput({ memory, sessions: [said(1, words)] });
    expect(requests(once)).toMatchObject({ proposals: [], leads: [{ reason: /one piece of work/ }] });
    const twice = dreamInput({
      memory,
      sessions: [
        said(1, words),
        said(5, 'Please do not mock the database in the integration tests', 'bob@example.com'),
      ],
    });
    expect(requests(twice).proposals).toMatchObject([{ kind: 'learn', lesson: 'preference' }]);
  });

  test('in refusing a call counts as a correction', () => {
    const sessions = [1, 5].map((day) =>
      session({ id: `s${day}`, day }, refuse('npm install left-pad', 'use pnpm instead of npm')),
    );
    const [proposal] = requests(dreamInput({ memory, sessions })).proposals;
    expect(proposal?.rationale).toContain('corrected');
  });

  test('against what memory says corrects the entry', () => {
    const input = dreamInput({
      memory: { 'CLAUDE.md': '# App\n\n- Always indent with tabs in this project.\n' },
      sessions: [said(1, 'We always indent with spaces in this project.')],
    });
    expect(requests(input).proposals).toMatchObject([
      {
        kind: 'correct',
        operations: [{ op: 'revise', text: 'We always indent with spaces in this project.' }],
      },
    ]);
  });
});

test('a rule beside what memory says corrects nothing: nobody said that the rest is wrong', () => {
  const note = 'Totals are saved as whole cents in the ledger, never as strings.';
  const input = dreamInput({
    memory: { 'CLAUDE.md': `# App\n\n- ${note}\n` },
    sessions: [said(1, 'We always keep totals in `Money`, never as strings.')],
  });
  expect(requests(input).proposals.map(({ kind }) => kind)).not.toContain('correct');
});

test('a rule that is written and repeated by people in two sessions after its date is to be enforced', () => {
  const sessions = [1, 5].map((day) => said(day, 'Never forget: always run `pnpm test` before each commit'));
  expect(requests(dreamInput({ memory, sessions })).proposals).toMatchObject([
    { kind: 'enforce', operations: [] },
  ]);
});
