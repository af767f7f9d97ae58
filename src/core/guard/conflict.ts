/** conflict: entries that differ in a value are two statements, of which at most one is a duplicate of the other. */
import { readClaim } from '../text/claim/claim.ts';
import { likeness } from '../text/claim/same-claim.ts';
import { negated, type Negated } from '../text/negations.ts';
import { chosenAlternatives, specifics, valueConflicts, type ValueConflict } from '../text/specifics.ts';
import { entriesOf } from '../memory/operation.ts';
import type { Entry } from '../memory/entry.ts';
import { findingsOf, type Check, type GuardContext } from './context.ts';
import type { Finding } from './finding.ts';
import { oneClaim } from './one-claim.ts';
import { at, writtenBy, type Written } from './written.ts';

const { block, review } = findingsOf('conflict');

export const conflict: Check = {
  name: 'conflict',
  check: (ctx) => [
    ...repeated(ctx),
    ...writtenBy(ctx.proposal, ctx.store).flatMap((written) => differing(written, ctx)),
  ],
};

function repeated({ proposal }: GuardContext): Finding[] {
  const named = proposal.operations.flatMap(entriesOf);
  return new Set(named).size === named.length ? [] : [block('It changes one entry twice.')];
}

function differing({ op, over, text }: Written, { proposal }: GuardContext): Finding[] {
  // Which of two contradicting entries is right, a correction says with evidence.
  if (op !== 'merge' || proposal.kind === 'correct') return [];
  const pairs = over.flatMap((a, index) => over.slice(index + 1).map((b) => ({ a, b })));
  return pairs.flatMap(({ a, b }) => findingFor(a, b, text));
}

function findingFor(a: Entry, b: Entry, text: string): Finding[] {
  if (forbids(a) !== forbids(b)) {
    return [block(`Of ${at(a)} and ${at(b)} one stands under a prohibition. They are not duplicates.`)];
  }
  const conflicts = valueConflicts(a.text, b.text);
  // "Prefer A over B" and "Use A instead of B" differ in words only.
  const same = likeness(readClaim(a.text), readClaim(b.text), true) !== undefined;
  const [hard] = conflicts.filter((each) => isValue(each, a.text, b.text));
  if (hard !== undefined && !same) {
    return [block(`${at(a)} and ${at(b)} differ: ${sides(hard)}. They are not duplicates.`)];
  }
  const claim = oneClaim(a, b, text);
  if (claim.one === 'no') {
    const left = claim.left.map((word) => `“${word}”`).join(', ');
    return [block(`${at(a)} and ${at(b)} differ, and the merged text does not say both: ${left}.`)];
  }
  const [soft] = conflicts;
  if (soft !== undefined) return [review(`${at(a)} and ${at(b)} use other words: ${sides(soft)}.`)];
  return claim.one === 'yes'
    ? []
    : [review(`${at(a)} and ${at(b)} are worded differently: do they say the same?`)];
}

/** "**Do NOT:**" above a list, or as its heading, is part of what its items say. */
const forbids = ({ headings, leadIn }: Entry): boolean =>
  [headings.at(-1), leadIn].some((above) => above !== undefined && negated(above).some(isProhibition));

const isProhibition = ({ negation }: Negated): boolean => negation === 'not' || negation === 'without';

/** Other words may be a paraphrase; a number, name, path, negation or choice is not. */
function isValue({ a, b }: ValueConflict, textA: string, textB: string): boolean {
  if (a.kind !== 'name' || b.kind !== 'name') return true;
  const stands = (value: string, text: string): boolean =>
    specifics(text).some((each) => each.value === value);
  const chosen = chosenAlternatives(textA, textB).some((each) => each.a.value === a.value);
  return chosen || (stands(a.value, textA) && stands(b.value, textB));
}

const sides = ({ a, b }: ValueConflict): string => `“${a.value || '—'}” and “${b.value || '—'}”`;
