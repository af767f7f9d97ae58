import { describe, expect, test } from 'vitest';
import {
  generaliseStep,
  splitCommand,
  stepsOf,
  toolName,
} from '../../../../src/core/dream/gather/commands.ts';

describe('a command line', () => {
  test('is cut at joints outside quotes', () => {
    expect(splitCommand(`FOO=1 pnpm test -- "a && b" | tail -5; echo done || true`)).toEqual([
      { text: 'FOO=1 pnpm test -- "a && b"', joint: '' },
      { text: 'tail -5', joint: '|' },
      { text: 'echo done', joint: ';' },
      { text: 'true', joint: '||' },
    ]);
  });

  test('loses environment, redirections and heredoc bodies', () => {
    expect(
      stepsOf("CI=true npm run build 2>&1 > out.log && cat <<'EOF' > x\nrm -rf /\nEOF").map(
        (step) => step.text,
      ),
    ).toEqual(['npm run build', 'cat']);
  });

  test.each([
    ['pnpm test --run', 'pnpm test'],
    ['npm run test:unit -- -t x', 'npm run test:unit'],
    ['mise run lint', 'mise run lint'],
    ['./gradlew build', 'gradlew'],
    ['go test ./...', 'go test'],
    ['docker compose up -d', 'docker compose up'],
    ['python -m pytest tests', 'python -m pytest'],
    ['pytest -q', 'pytest'],
  ])('%s is named %s', (command, tool) => {
    expect(toolName(command)).toBe(tool);
  });

  test.each([
    ['git commit -m "Fix the parser"', 'git commit -m <text>'],
    ['go test ./...', 'go test ./...'],
    ['python -m lake.train --target eu', 'python -m lake.train --target eu'],
    ['vitest run test/a.test.ts', 'vitest run <path>'],
    ['gh pr view 1234 --json=body', 'gh pr view <n> --json=<value>'],
  ])('%s becomes %s', (step, general) => {
    expect(generaliseStep(step)).toBe(general);
  });
});
