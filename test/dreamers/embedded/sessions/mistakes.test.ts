import { describe, expect, test } from 'vitest';
import { failingCommands } from '../../../../src/dreamers/embedded/sessions/failing-commands.ts';
import { linterRules } from '../../../../src/dreamers/embedded/sessions/linter-rules.ts';
import { dreamInput } from '../../../support/dream-input.ts';
import { edit, run, session } from '../../../support/session.ts';

const memory = { 'CLAUDE.md': '# App\n\n## Linting\n\n- Run `make lint` before each commit.\n' };

const lintOutput = (file: string) =>
  `${file}:12:9: error returned from external package is unwrapped (wrapcheck)\n\t\treturn err\n\t\t^\n1 issues:\n* wrapcheck: 1`;

const lintSession = (day: number) =>
  session(
    { id: `s${day}`, day },
    run('make lint', lintOutput(`pkg/f${day}.go`), true),
    edit(`/home/ada/app/pkg/f${day}.go`, '\t\treturn err', '\t\treturn fmt.Errorf("open store: %w", err)'),
    run('make lint', '0 issues.', true),
  );

describe('a linter rule that agents break', () => {
  test('in two independent sessions is learned with the fix, whatever the exit code', () => {
    const [proposal] = linterRules(
      dreamInput({ memory, sessions: [lintSession(1), lintSession(5)] }),
    ).proposals;
    expect(proposal).toMatchObject({ kind: 'learn', lesson: 'mistake' });
    expect(proposal?.operations).toMatchObject([
      {
        op: 'add',
        text: '`make lint` rejects `wrapcheck`: error returned from external package is unwrapped (fixed before: `return err` became `return fmt.Errorf("open store: %w", err)`).',
      },
    ]);
  });

  test('in one session is nothing', () => {
    expect(linterRules(dreamInput({ memory, sessions: [lintSession(1)] })).proposals).toEqual([]);
  });

  test('that memory names already is to be enforced', () => {
    const known = { 'CLAUDE.md': '# App\n\n- Wrap errors of other packages (`wrapcheck`).\n' };
    expect(
      linterRules(dreamInput({ memory: known, sessions: [lintSession(1), lintSession(5)] })).proposals,
    ).toMatchObject([{ kind: 'enforce' }]);
  });
});

describe('a command that fails the same way', () => {
  const failing = (day: number) =>
    session(
      { id: `s${day}`, day },
      run('npm test', 'npm error Missing script: "test"', false),
      run('npm run test:unit', '12 passed', true),
    );

  test('in two independent sessions is learned with the command that works', () => {
    const [proposal] = failingCommands(dreamInput({ memory, sessions: [failing(1), failing(5)] })).proposals;
    expect(proposal?.operations).toMatchObject([
      {
        op: 'add',
        text: expect.stringMatching(/`npm test` fails with .*; `npm run test:unit` works\./) as string,
      },
    ]);
  });

  test('in one session is a lead', () => {
    expect(failingCommands(dreamInput({ memory, sessions: [failing(1)] }))).toMatchObject({
      proposals: [],
      leads: [{ kind: 'learn' }],
    });
  });

  test('and is a failing test or code in the making is never mined', () => {
    const loop = (day: number) =>
      session(
        { id: `s${day}`, day },
        run('go test ./...', '--- FAIL: TestOpen (0.00s)\nFAIL', false),
        run('go test ./...', 'ok', true),
      );
    expect(failingCommands(dreamInput({ memory, sessions: [loop(1), loop(5)] }))).toEqual({
      proposals: [],
      questions: [],
      leads: [],
    });
  });
});
