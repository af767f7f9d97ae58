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
        text: expect.stringMatching(/^Use `npm run test:unit`: `npm test` fails with /) as string,
      },
    ]);
  });

  test('is cited as the note names it, though it was first called with something else', () => {
    const calling = (day: number, argument: string) =>
      session(
        { id: `s${day}`, day },
        run(`npm test -- ${argument}`, 'npm error Missing script: "test"', false),
        run('npm run test:unit', '12 passed', true),
      );
    const sessions = [calling(1, 'orders'), calling(5, 'refunds'), calling(9, 'refunds')];
    const [proposal] = failingCommands(dreamInput({ memory, sessions })).proposals;
    expect(proposal?.operations).toMatchObject([
      { text: expect.stringContaining('npm test -- refunds') as string },
    ]);
    const quotes = proposal?.evidence.flatMap((item) => (item.type === 'quote' ? [item.quote] : []));
    expect(quotes).toContain('npm test -- refunds');
  });

  test('is told without the address or package that the error would have one take', () => {
    const pointing = (day: number) =>
      session(
        { id: `s${day}`, day },
        run(
          'npm test',
          'npm error Missing script, see https://help.example.test/e1 or npm install test-kit',
          false,
        ),
        run('npm run test:unit', '12 passed', true),
      );
    const [proposal] = failingCommands(
      dreamInput({ memory, sessions: [pointing(1), pointing(5)] }),
    ).proposals;
    const [operation] = proposal?.operations ?? [];
    const text = operation?.op === 'add' ? operation.text : '';
    expect(text).toMatch(/^Use `npm run test:unit`: .*Missing script/);
    expect(text).not.toMatch(/example\.test|test-kit/);
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

describe('a command that was not ready to run', () => {
  const unready = (day: number, operand: string, fix: string, said: string) =>
    session(
      { id: `s${day}`, day },
      run(`shipyard sail --dock ${operand}`, said, false),
      run(fix, 'done', true),
      run(`shipyard sail --dock ${operand}`, 'sailed', true),
    );
  const learned = (...sessions: Parameters<typeof dreamInput>[0]['sessions'] & object) =>
    JSON.stringify(failingCommands(dreamInput({ memory, sessions })).proposals.map((one) => one.operations));

  test('is learned with what was run before it passed, whatever the tool and its operands', () => {
    const sessions = [
      unready(1, 'north', 'shipyard moor --all', 'Sailing\n  dock north has no anchor'),
      unready(5, 'east', 'shipyard moor --all', 'Sailing\n  dock east has no anchor'),
    ];
    expect(learned(...sessions)).toContain('until `shipyard moor --all` has run');
  });

  test('may have looked like a failing test', () => {
    const said = '--- FAIL: TestDock (0.02s)\n    dock_test.go:9: dial tcp: connection refused\nFAIL';
    const sessions = [
      unready(1, 'a1', 'docker compose up -d sea', said),
      unready(5, 'b2', 'docker compose up -d sea', said),
    ];
    expect(learned(...sessions)).toContain('until `docker compose up -d sea` has run');
  });

  test('may have waited for a file or a variable', () => {
    const sessions = [1, 5].map((day) => unready(day, 'x', 'cp .env.example .env', 'Error: no settings'));
    expect(learned(...sessions)).toContain('until `cp .env.example .env` has run');
    const assigned = [1, 5].map((day) =>
      session(
        { id: `v${day}`, day },
        run('shipyard sail', 'Error: heap is too small', false),
        run('SEA_HEAP=4g shipyard sail', 'sailed', true),
      ),
    );
    expect(learned(...assigned)).toContain('Use `SEA_HEAP=4g shipyard sail`');
  });

  test('is nothing when an edit came in between', () => {
    const edited = [1, 5].map((day) =>
      session(
        { id: `e${day}`, day },
        run('go test ./...', '--- FAIL: TestA (0s)', false),
        run('make seed', 'ok', true),
        edit('/home/ada/app/a.go', 'a', 'b'),
        run('go test ./...', 'ok', true),
      ),
    );
    expect(learned(...edited)).toBe('[]');
  });
});
