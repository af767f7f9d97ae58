/** Of the places where a note stands: the one where a careful person would look for it. */
import type { Statement } from '../../../core/memory/statements.ts';

/**
 * Under a heading that names the subject rather than "Notes"; the more words of the claim in it, the better; else the
 * first.
 * @param members one or more, in store order.
 */
export function bestPlace(members: readonly Statement[]): Statement {
  return members.reduce((best, each) => (fit(each) > fit(best) ? each : best));
}

function fit({ context, claim }: Statement): number {
  const named = [...context.subject].filter((word) => claim.strong.has(word)).length;
  return (context.subject.size > 0 ? 1 : 0) + named * 2;
}
