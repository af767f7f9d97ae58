/** Whether a passage says of a thing that is marked in it that it is no more. */
import { clauseAt, type Passage, positionsOf, wordsOf } from './clauses.ts';
import { isMadeToEnd } from './end-done.ts';
import { isSaidToEnd } from './end-said.ts';
import { readingsWithReferences } from './references.ts';
import { old } from './tokens.ts';
import { negations } from './vocabulary.ts';

const articles = new Set(['the', 'a', 'an', 'our', 'your', 'this', 'that', 'old', 'new']);

/** "the docs of T are gone" says so of the docs. */
const isWithinAnother = (before: readonly string[]): boolean =>
  /^(?:of|at|in|on|for|about|with|to|from|by)$/.test(before.findLast((word) => !articles.has(word)) ?? '');

/** "there used to be T, but not any longer" */
function wasUsed(passage: Passage, at: number, before: readonly string[]): boolean {
  const usedTo = before.some((word, each) => word === 'used' && before[each + 1] === 'to');
  return usedTo && wordsOf(passage, at).some((word) => negations.has(word) || word === 'gone');
}

function endsAt(passage: Passage, at: number): boolean {
  const clause = passage.clauses[clauseAt(passage, at)];
  if (clause?.mood !== 'tells') return false;
  const before = wordsOf(passage, clause.from, at);
  const after = wordsOf(passage, at + 1, clause.to);
  return (
    (!isWithinAnother(before) && isSaidToEnd(after)) ||
    isMadeToEnd(before, after) ||
    wasUsed(passage, at, before)
  );
}

/** Whether a passage says that what is marked as old in it is no more, by its name or by a word that stands for it. */
export function saysItEnded(passage: Passage): boolean {
  return [passage, ...readingsWithReferences(passage)].some((reading) =>
    positionsOf(reading, old).some((at) => endsAt(reading, at)),
  );
}
