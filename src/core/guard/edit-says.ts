/** Whether an edit of memory that got lost holds what would be written again. */
import type { Quote } from '../dream/evidence.ts';
import { textsOf } from '../sessions/condense.ts';
import { shareOf } from '../text/claim/bearing.ts';
import { stems } from '../text/words.ts';
import type { GuardContext } from './context.ts';
import { eventOf } from './support.ts';

/** Share of the words written that the edits cited must hold. */
const leastHeld = 0.8;

export function editSays(ctx: GuardContext, quotes: readonly Quote[]): boolean {
  const edits = quotes.flatMap((quote) => {
    const event = eventOf(ctx, quote);
    return event?.kind === 'tool_call' ? textsOf(event) : [];
  });
  const there = new Set(edits.flatMap((text) => stems(text)));
  return ctx.proposal.operations.every(
    (operation) => !('text' in operation) || shareOf(stems(operation.text), there) >= leastHeld,
  );
}
