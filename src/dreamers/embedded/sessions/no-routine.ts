/** Sequences that look like workflows and are none: the loop of editing and testing, and repairs after a failure. */
import type { Signal } from '../../../core/dream/signal.ts';
import { commandWords, generaliseStep, stepsOf, toolName } from '../../../core/dream/gather/commands.ts';

/** What every session does between two edits, whatever the project: programs, and the tasks of task runners. */
const loopProgram =
  /^(?:make|pytest|vitest|jest|mocha|rspec|phpunit|tsc|mypy|pyright|ruff|eslint|prettier|biome|gofmt|goimports|gofumpt|golangci-lint|rustfmt|black|isort|flake8|pylint|rubocop|shellcheck|ctest)$/;
const loopTask =
  /^(?:tests?|unit|build|compile|lint|fmt|format|check|type-?check|types|vet|clippy|run|tidy|watch|dev|start|install)(?::(?:all|ci|fix|unit|types|watch|write))?$/;

/** Nothing but build, format, lint and test, in whatever order. */
export function isEditLoop(steps: readonly string[]): boolean {
  return steps.every((step) => {
    const task = toolName(step).split(' ').at(-1) ?? '';
    return loopProgram.test(task) || loopTask.test(task);
  });
}

export interface Repairs {
  /** The steps are a command that had failed in the session, and what made it pass. */
  explain(session: string | undefined, steps: readonly string[]): boolean;
}

/** Programs and their commands, without operands. */
function nameOf(step: string): string {
  const tool = toolName(step);
  const next = commandWords(step)[commandWords(tool).length] ?? '';
  return /^[A-Za-z][\w:.-]*$/.test(next) ? `${tool} ${next}` : tool;
}

function namesIn(command: string): readonly string[] {
  return stepsOf(command).map((step) => nameOf(generaliseStep(step.text)));
}

/** One may tell the operand that the other leaves open. */
function isNamed(name: string, names: readonly string[]): boolean {
  return names.some(
    (other) => other === name || other.startsWith(`${name} `) || name.startsWith(`${other} `),
  );
}

export function readRepairs(signals: readonly Signal[]): Repairs {
  const stories = new Map<string, { failed: readonly string[]; fix: readonly string[] }[]>();
  for (const signal of signals) {
    if (signal.kind !== 'failure' || signal.fix?.command === undefined) continue;
    const told = stories.get(signal.session) ?? [];
    stories.set(signal.session, told);
    told.push({ failed: namesIn(signal.command), fix: namesIn(signal.fix.command) });
  }
  return {
    explain(session, steps) {
      const names = steps.map(nameOf);
      return (stories.get(session ?? '') ?? []).some(({ failed, fix }) => {
        const rest = names.filter((name) => !isNamed(name, [...failed, ...fix]));
        return names.some((name) => isNamed(name, fix)) && rest.length < Math.min(2, names.length - 1);
      });
    },
  };
}
