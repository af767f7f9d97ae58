/** Tools with which an agent lays down what it would propose. */
import { z } from 'zod';
import type { DataBlocks } from '../data-block.ts';
import { operationLine, evidenceLine } from '../draft-text.ts';
import { askSchema, noteSchema, proposeSchema, type Desk } from './desk.ts';
import type { Rules } from './rules.ts';
import { ToolRefusal, toolOf, type Tool } from './tool.ts';

/** @param by the agent's name. */
export function deskTools(
  desk: Desk,
  { blocks, rules }: { readonly blocks: DataBlocks; readonly rules: Rules },
  by: string,
): readonly Tool[] {
  const number = z.object({ number: z.number().int().positive().describe('Number of the draft.') });
  return [
    toolOf(
      'propose',
      'Lays down a draft of one proposal. The answer says what the checks found: mend it or withdraw it when it is withheld.',
      proposeSchema,
      (wish) => desk.propose(wish, by),
    ),
    toolOf(
      'adopt',
      'Lays down what a rule would propose as it stands, with all its evidence. It can be reworded with propose and replaces.',
      z.object({ rule: z.number().int().positive().describe('Number of the rule’s proposal.') }),
      ({ rule }) => {
        const draft = rules.drafts[rule - 1];
        if (draft === undefined) throw new ToolRefusal(`There is no rule ${rule}.`);
        return desk.adopt(draft, by);
      },
    ),
    toolOf('withdraw', 'Takes a draft back.', number, (given) => desk.withdraw(given.number)),
    toolOf(
      'list_drafts',
      'Shows all drafts that are laid down, with what the checks found.',
      z.object({}),
      () => draftsText(desk, blocks),
    ),
    toolOf('ask', 'Asks the reviewers a question that no evidence settles.', askSchema, (asked) =>
      desk.ask(asked),
    ),
    toolOf('note', 'Notes what is worth knowing and not proved enough to propose.', noteSchema, (noted) =>
      desk.note(noted),
    ),
  ];
}

/** Every draft with what it stands on. */
export function draftsText(desk: Desk, blocks: DataBlocks): string {
  const drafts = desk.drafts();
  if (drafts.length === 0) return 'No draft is laid down.';
  const shown = drafts.map(({ number, by, draft, findings }) =>
    [
      `=== Draft ${number} by ${by}: ${draft.kind}${draft.lesson === undefined ? '' : `, ${draft.lesson}`}`,
      `Rationale: ${draft.rationale}`,
      ...(draft.suggestion === undefined ? [] : [`Suggested check: ${draft.suggestion}`]),
      ...draft.operations.map(operationLine),
      ...draft.evidence.map(evidenceLine),
      ...findings.map(({ check, severity, message }) => `The checks say: ${severity}, ${check}: ${message}`),
    ].join('\n'),
  );
  return blocks.enclose(shown.join('\n\n'));
}
