/** What agents do again and again: errors they run into, rules they break, sequences they converge on. */
import type { Turn } from '../transcripts/turn.ts';
import { fillSlots, type Planting, type Soil } from './soil.ts';

export function plantErrors(soil: Soil, count: number): Planting[] {
  return soil.random.sample(soil.material.errors, count).map((mistake): Planting => ({
    notes: [],
    scenes: Array.from({ length: soil.random.between(2, 4) }, (): Turn[] => {
      const values = occasion(soil);
      const command = fillSlots(mistake.command, values);
      return [
        { type: 'run', command, output: fillSlots(mistake.error, values), exit: 1 },
        { type: 'agent', text: soil.random.pick(soil.phrasings.agent) },
        { type: 'run', command: mistake.fix, output: mistake.works, exit: 0 },
        { type: 'run', command, output: 'ok', exit: 0 },
      ];
    }),
    planted: {
      kind: 'mistakes',
      sort: 'shell',
      keys: mistake.keys,
      answer: `\`${nameOf(mistake.command)}\` fails until \`${mistake.fix}\` has run.`,
      said: [mistake.command, mistake.error],
    },
  }));
}

export function plantRules(soil: Soil, count: number): Planting[] {
  return soil.random.sample(soil.material.rules, count).map((rule): Planting => ({
    notes: [],
    scenes: Array.from({ length: soil.random.between(2, 4) }, (): Turn[] => {
      const values = occasion(soil);
      const output = [fillSlots(rule.line, values), rule.end].filter((line) => line !== '').join('\n');
      // A pipe, `|| true` or a warning hides the failure.
      const hidden = /\||warning/.test(rule.command + rule.line);
      return [
        { type: 'edit', path: values.file ?? '', before: 'old', after: rule.before },
        { type: 'run', command: rule.command, output, exit: hidden ? 0 : 1 },
        { type: 'edit', path: values.file ?? '', before: rule.before, after: rule.after },
        { type: 'run', command: rule.command, output: '', exit: 0 },
      ];
    }),
    planted: {
      kind: 'mistakes',
      sort: 'linter',
      keys: [rule.rule.replace(/^.*::/, '')],
      answer: `\`${nameOf(rule.command)}\` enforces \`${rule.rule}\`.`,
      said: [rule.command, rule.line],
    },
  }));
}

export function plantWorkflows(soil: Soil, count: number): Planting[] {
  return soil.random.sample(soil.material.workflows, count).map((workflow): Planting => ({
    notes: [],
    scenes: soil.random.sample(['', '', '', '', ''], soil.random.between(3, 5)).map((_, at): Turn[] => {
      const arg = workflow.args[at % workflow.args.length] ?? '';
      return workflow.steps.flatMap((step): Turn[] => [
        ...(soil.random.chance(0.3)
          ? [{ type: 'agent', text: soil.random.pick(soil.phrasings.agent) } as const]
          : []),
        { type: 'run', command: fillSlots(step, { arg }), output: 'ok', exit: 0 },
      ]);
    }),
    planted: {
      kind: 'workflows',
      sort: 'sequence',
      keys: workflow.keys,
      answer: workflow.steps.map((step) => `\`${nameOf(step)}\``).join(', then '),
      said: workflow.steps,
    },
  }));
}

/** A command without what differs from time to time. */
const nameOf = (command: string): string => command.replace(/\{(\w+)\}/g, '<$1>');

/** What differs from time to time. */
function occasion(soil: Soil): Record<string, string> {
  return {
    n: String(soil.random.between(11, 399)),
    file: soil.random.pick(soil.domain.files),
    arg: soil.random.pick(soil.domain.areas).replaceAll(' ', '_'),
  };
}
