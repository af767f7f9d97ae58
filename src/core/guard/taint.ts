/** taint: words weigh what their speaker does, and text that acts on agents or reviewers is withheld. */
import type { Trust } from '../sessions/session.ts';
import { literally } from '../text/literally.ts';
import { actionable } from './actionable.ts';
import { findingsOf, type Check, type GuardContext } from './context.ts';
import type { Finding } from './finding.ts';
import { isUnattributed } from './evidence-table.ts';
import { hostilityOf } from './hostile-text.ts';
import { firstSpeaker } from './first-seen.ts';
import { newText, touchedBy } from './written.ts';

const { block, review } = findingsOf('taint');

export const taint: Check = {
  name: 'taint',
  check: (ctx) => [...hostile(ctx), ...unproved(ctx), ...firstSeenInOutput(ctx)],
};

const reasons = {
  'addresses the agent': 'The text gives the agent orders about its instructions, its user or its own rules.',
  hides: 'The text has parts that a reviewer would not see.',
  'carries data out': 'The text would carry data out, or holds what nobody can read.',
  suspicious: 'The text keeps people out of a decision, or runs what it downloads.',
} as const;

/** What stands in the entries already is not brought in by this proposal. */
function hostile(ctx: GuardContext): Finding[] {
  const before = touchedBy(ctx.proposal, ctx.store).map(({ text }) => text.normalize('NFKC'));
  const fresh = newText(ctx.proposal)
    .flatMap((text) => hostilityOf(text))
    .filter(({ match }) => !before.some((text) => text.includes(match)));
  return [...new Set(fresh.map(({ kind }) => kind))].map((kind) =>
    kind === 'suspicious' ? review(reasons[kind]) : block(reasons[kind]),
  );
}

function unproved({ proposal }: GuardContext): Finding[] {
  const claimed = proposal.evidence.some((item) => item.type === 'quote' && item.trust === 'claimed');
  return claimed ? [review('Nothing proves who typed some of the words cited.')] : [];
}

function firstSeenInOutput(ctx: GuardContext): Finding[] {
  const known = ctx.store.files.map(({ text }) => text).join('\n');
  const fresh = newText(ctx.proposal)
    .flatMap(actionable)
    .filter((value) => !known.includes(value));
  return fresh
    .flatMap((value) => {
      if (isUnattributed(ctx.proposal.evidence))
        return [block(`“${value}” is to be run, opened or installed, and no session was found that has it.`)];
      const speaker = firstSpeaker(value, ctx) ?? speakerOfChange(value, known, ctx);
      if (speaker === undefined) return [review(`“${value}” stands in none of the words cited.`)];
      return speaker === 'tool' || speaker === 'pasted'
        ? [review(`“${value}” was first seen in output or pasted text; nobody typed it.`)]
        : [];
    })
    .slice(0, 1);
}

/** Where memory has the same command with one word different: whoever spoke of that word. */
function speakerOfChange(value: string, known: string, ctx: GuardContext): Trust | undefined {
  const words = value.split(/\s+/);
  const changed = words.slice(1).find((_, at) => {
    const [before, after] = [words.slice(0, at + 1), words.slice(at + 2)];
    const shape = [...before.map(literally), '\\S+', ...after.map(literally)].join('\\s+');
    return new RegExp(shape, 'u').test(known);
  });
  return changed === undefined ? undefined : firstSpeaker(changed, ctx);
}
