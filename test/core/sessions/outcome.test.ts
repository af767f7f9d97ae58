import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/core/sessions/outcome.ts';

const shell = (command: string, text: string) => outcomeOf({ text, command, action: 'shell', flag: true });

describe('a call failed although its flag says nothing', () => {
  it.each([
    ['go test ./... 2>&1 | tail -20', '--- FAIL: TestCart (0.01s)\n    cart_test.go:7: no'],
    ['go test ./... | grep -E "FAIL|ok"', 'FAIL\tshop/cart\t0.4s'],
    ['golangci-lint run | head -50', 'cart.go:3:1: unused\n1 issues:\n* unused: 1'],
    ['npx tsc --noEmit || true', "src/a.ts(3,1): error TS2345: Argument of type 'x'"],
    ['npx tsc | tail -1', 'Found 3 errors in 2 files.'],
    ['npx eslint . | tail -3', '✖ 4 problems (1 error, 3 warnings)'],
    ['pytest -q | tail -2', '2 failed, 31 passed in 0.41s'],
    ['npx vitest run | tail', ' Tests  1 failed | 30 passed (31)'],
    ['npx jest | tail', 'Tests:       1 failed, 3 passed, 4 total'],
    ['mocha | tail', '  3 passing\n  1 failing'],
    ['cargo test | tail', 'test result: FAILED. 3 passed; 1 failed; 0 ignored'],
    ['python x.py | head', 'Traceback (most recent call last):\n  File "x.py", line 1'],
    ['make all; echo done', 'make: *** [all] Error 2\ndone'],
    ['npm run build | tail', 'npm error code ELIFECYCLE'],
    ['frobnicate | head', 'zsh: command not found: frobnicate'],
    ['frobnicate; ls', 'bash: line 1: frobnicate: command not found'],
    ['cat missing.txt | head', 'cat: missing.txt: No such file or directory'],
    ['git push 2>&1 | tail', "fatal: 'origin' does not appear to be a git repository"],
    ['anything', 'Exit code 2\nno'],
  ])('%s', (command, text) => {
    expect(shell(command, text)).toBe(false);
  });

  it.each<['search' | 'read' | 'edit' | 'fetch', string]>([
    ['search', 'No files found'],
    ['search', 'No matches found'],
    ['read', '<tool_use_error>File does not exist.</tool_use_error>'],
    ['edit', 'String to replace not found in file.'],
    ['fetch', 'Search: tabs\n\nWeb search error: unavailable'],
  ])('%s: %s', (action, text) => {
    expect(outcomeOf({ text, action, flag: true })).toBe(false);
  });
});

describe('a call succeeded although its output speaks of failure', () => {
  it.each([
    ['golangci-lint run', '[lint] $ golangci-lint run\n0 issues.'],
    ['npx vitest run', ' Tests  31 passed (31)\n 0 failed'],
    ['npx eslint .', '✖ 3 problems (0 errors, 3 warnings)'],
    ['go test ./...', 'ok  \tshop/cart\t0.4s\n--- PASS: TestFailsOnError (0.00s)'],
    ['cat src/cart.go', 'if err != nil {\n\treturn errors.New("FAIL")\n}\n--- FAIL: in a comment'],
    ['grep -rn "error TS" docs', 'docs/a.md:3: error TS2345: means that'],
    ['git log --oneline', 'a1b2c3 Fix 2 failed tests\npanic: no'],
    ['git diff | head', '+--- FAIL: x\n+panic: y'],
    ['gh run view --log-failed', '--- FAIL: TestCart (0.01s)'],
    ['cd src && rg -n "Traceback"', 'Traceback (most recent call last):'],
  ])('%s', (command, text) => {
    expect(shell(command, text)).toBe(true);
  });

  it('a file that was read is no failure, whatever is in it', () => {
    expect(outcomeOf({ text: '1→panic: boom\n2→No files found', action: 'read', flag: true })).toBe(true);
    expect(outcomeOf({ text: 'src/a.ts: No files found here', action: 'search', flag: true })).toBe(true);
  });
});

describe('flags and codes', () => {
  it('say that a call failed', () => {
    expect(outcomeOf({ text: 'fine', flag: false })).toBe(false);
    expect(outcomeOf({ text: 'fine', exitCode: 1, action: 'shell' })).toBe(false);
  });

  it('leave it open where nothing tells', () => {
    expect(outcomeOf({ text: '', action: 'shell' })).toBeUndefined();
    expect(shell('npm test', 'Command running in background with ID: b1')).toBeUndefined();
  });
});

it('takes time that grows with the text and not faster', () => {
  for (const part of [
    '\n',
    ' ',
    'a.',
    'sh',
    '\\"',
    "'",
    '<<EOF\n',
    'a, 1 ',
    '# a\n',
    'Error: x\n',
    '1 tests, ',
  ]) {
    const text = part.repeat(60_000 / part.length);
    const started = performance.now();
    outcomeOf({ text, command: text, action: 'shell' });
    expect(performance.now() - started, part).toBeLessThan(1_000);
  }
});
