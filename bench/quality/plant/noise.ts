/** What must teach nothing: pasted plans and reviews, tasks, one-off instructions, questions, thanks, and what is plainly there. */
import type { Turn } from '../transcripts/turn.ts';
import type { Planting, Soil } from './soil.ts';

export function plantNoise(soil: Soil, sessions: number): Planting[] {
  const { phrasings } = soil;
  const persons = (texts: readonly string[]): Planting[] =>
    texts.map((text) => scene([{ type: 'person', text: soil.fill(text) }, agentTurn(soil)]));
  const some = (list: readonly string[], perSession: number): string[] =>
    Array.from({ length: Math.round(sessions * perSession) }, () => soil.random.pick(list));
  return [
    ...persons(some(phrasings.oneOffs, 0.7)),
    ...persons(some(phrasings.questions, 0.5)),
    ...persons(some(phrasings.chatter, 0.6)),
    ...Array.from({ length: Math.ceil(sessions * 0.15) }, () => scene(pastedPlan(soil))),
    ...Array.from({ length: Math.ceil(sessions * 0.15) }, () => scene(pastedReview(soil))),
    ...Array.from({ length: Math.ceil(sessions * 0.6) }, () => scene(lookingAround(soil))),
    ...Array.from({ length: Math.ceil(sessions * 0.3) }, () => scene(ownMistake(soil))),
    ...Array.from({ length: Math.ceil(sessions * 0.4) }, () => scene(gitRoutine(soil))),
  ];
}

/** How a session begins. */
export function opening(soil: Soil): Turn[] {
  return [{ type: 'person', text: soil.fill(soil.random.pick(soil.phrasings.tasks)) }, agentTurn(soil)];
}

export function agentTurn(soil: Soil): Turn {
  return { type: 'agent', text: soil.random.pick(soil.phrasings.agent) };
}

const scene = (turns: readonly Turn[]): Planting => ({ notes: [], scenes: [turns] });

function pastedPlan(soil: Soil): Turn[] {
  const steps = soil.random.sample(soil.phrasings.planSteps, 6).map((step) => `- ${soil.fill(step)}`);
  const text = `Implement the following plan:\n\n# ${soil.random.pick(soil.domain.areas)}\n\n## Context\n\nThis came out of planning mode.\n\n## Steps\n\n${steps.join('\n')}\n\n## Verification\n\n- Run everything once more`;
  return [{ type: 'person', text }, agentTurn(soil)];
}

function pastedReview(soil: Soil): Turn[] {
  const lines = soil.random
    .sample(soil.phrasings.reviewLines, 4)
    .map(
      (line) =>
        `**${soil.random.pick(soil.domain.files)}:${soil.random.between(3, 300)}**\n\n> ${soil.fill(line)}`,
    );
  const text = `can you fix the comments of the bot?\n\n## Pull request review\n\nReviewed by a bot. Severity: medium.\n\n${lines.join('\n\n')}\n\n🤖 Generated automatically`;
  return [{ type: 'person', text }, agentTurn(soil)];
}

function lookingAround(soil: Soil): Turn[] {
  const path = soil.random.pick(soil.domain.files);
  return [
    {
      type: 'run',
      command: `rg -n ${soil.random.hex(5)} ${soil.random.pick(soil.domain.folders)}`,
      output: `${path}:${soil.random.between(2, 90)}: match`,
      exit: 0,
    },
    { type: 'read', path, content: `// ${soil.random.hex(12)}\n` },
  ];
}

/** A failure of the moment: it never comes again. */
function ownMistake(soil: Soil): Turn[] {
  const name = soil.random.hex(6);
  return [
    {
      type: 'run',
      command: `./scripts/check-${name}.sh`,
      output: `check-${name}.sh: line ${soil.random.between(2, 60)}: unexpected token ${soil.random.hex(4)}`,
      exit: 2,
    },
    { type: 'edit', path: `scripts/check-${name}.sh`, before: 'if [ x', after: 'if [ "x" ]' },
    { type: 'run', command: `./scripts/check-${name}.sh`, output: 'fine', exit: 0 },
  ];
}

function gitRoutine(soil: Soil): Turn[] {
  return [
    {
      type: 'run',
      command: 'git status --short',
      output: ` M ${soil.random.pick(soil.domain.files)}`,
      exit: 0,
    },
    { type: 'run', command: 'git diff --stat', output: ' 1 file changed', exit: 0 },
    { type: 'run', command: 'git add -A', output: '', exit: 0 },
    {
      type: 'run',
      command: `git commit -m "${soil.random.pick(soil.domain.areas)}: ${soil.random.hex(4)}"`,
      output: '[branch] 1 file changed',
      exit: 0,
    },
  ];
}
