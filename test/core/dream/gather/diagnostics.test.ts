import { describe, expect, test } from 'vitest';
import { errorLine, generalise, readDiagnostics } from '../../../../src/core/dream/gather/diagnostics.ts';

describe('a finding', () => {
  test.each([
    [
      'golangci-lint',
      'pkg/store/open.go:12:9: error returned from external package is unwrapped (wrapcheck)',
      'wrapcheck',
    ],
    ['tsc', "src/a.ts(3,7): error TS2741: Property 'id' is missing", 'TS2741'],
    ['tsc, pretty', "src/a.ts:3:7 - error TS2741: Property 'id' is missing", 'TS2741'],
    ['ruff', 'app/main.py:1:1: F401 [*] `os` imported but unused', 'F401'],
    ['flake8', 'app/main.py:10:80: E501 line too long (92 > 79 characters)', 'E501'],
    ['mypy', 'app/main.py:3: error: Incompatible return value type  [return-value]', 'return-value'],
    ['rustc', 'error[E0382]: borrow of moved value: `name`', 'E0382'],
    ['shellcheck', 'In run.sh line 3:\n  ^-- SC2086 (info): Double quote to prevent globbing', 'SC2086'],
    [
      'rubocop',
      'app/models/a.rb:3:5: C: [Correctable] Style/StringLiterals: Prefer single-quoted strings',
      'Style/StringLiterals',
    ],
    [
      'eslint',
      '  12:3  error  Unexpected any. Specify a different type  @typescript-eslint/no-explicit-any',
      '@typescript-eslint/no-explicit-any',
    ],
    ['staticcheck', 'cmd/a.go:4:3: this value of err is never used (SA4006)', 'SA4006'],
    [
      'clang-tidy',
      'src/a.cpp:12:5: warning: use nullptr here [modernize-use-nullptr]',
      'modernize-use-nullptr',
    ],
    ['hadolint', 'Dockerfile:3 DL3006 warning: Always tag the version of an image', 'DL3006'],
    ['markdownlint', 'README.md:3:81 MD013/line-length Line length [Expected: 80]', 'MD013/line-length'],
    ['yamllint', '  3:1  error  trailing spaces here  (trailing-spaces)', 'trailing-spaces'],
    ['stylelint', '  4:14  ✖  Unexpected !important  declaration-no-important', 'declaration-no-important'],
    ['sqlfluff', 'L:   4 | P:   5 | LT02 | Expected indent of 4 spaces.', 'LT02'],
    [
      'tflint',
      'Warning: variable "region" is unused (terraform_unused_declarations)',
      'terraform_unused_declarations',
    ],
    ['cargo deny', 'error[unmaintained]: crate sail is unmaintained', 'unmaintained'],
    [
      'clippy',
      'warning: may panic\n  --> src/a.rs:4\n  = note: requested with `-W clippy::indexing-slicing`',
      'clippy::indexing_slicing',
    ],
    [
      'clippy, by the page of the rule alone',
      'error: this loop could be written as a `for` loop\n  --> src/a.rs:4\n  = help: for further information visit https://rust-lang.github.io/rust-clippy/master/index.html#while_let_on_iterator',
      'clippy::while_let_on_iterator',
    ],
  ])('of %s', (_tool, output, rule) => {
    expect(readDiagnostics(output)[0]?.rule).toBe(rule);
  });

  test('keeps the line of code below it', () => {
    const output =
      'a/b.go:3:1: string `x` has 3 occurrences, make it a constant (goconst)\n\treturn "x"\n\t       ^';
    expect(readDiagnostics(output)[0]).toMatchObject({ file: 'a/b.go', snippet: 'return "x"' });
  });

  test.each([
    'ok  \tgithub.com/acme/app/cli\t(cached)',
    'PASS src/a.test.ts (5 tests)',
    'see README (optional)',
    '12:30:45 started the server (worker)',
    '127.0.0.1:5432: waiting for the server (postgres)',
  ])('is not: %s', (line) => {
    expect(readDiagnostics(line)).toEqual([]);
  });
});

describe('the line that says what went wrong', () => {
  test('is the error, not what surrounds it', () => {
    const output =
      '> app@1.0.0 test\nnpm ERR! code ELIFECYCLE\nError: Cannot find module "pg"\n    at require (node:internal)';
    expect(errorLine(output)).toBe('Error: Cannot find module "pg"');
  });
});

test('two messages of a kind become equal', () => {
  const a = generalise('string `main` has 5 occurrences in cmd/app/main.go:12, make it a constant');
  const b = generalise('string `dev` has 13 occurrences in cmd/x.go:4, make it a constant');
  expect(a).toBe(b);
});
