/** What a tool printed, as a note may quote it. */
import { actionable } from '../../../core/guard/actionable.ts';

/** Without what it would have one open, run or install: nobody did, and a note that says so would have agents do it. */
export function withoutOrders(printed: string): string {
  return actionable(printed).reduce((text, value) => text.replaceAll(value, '…'), printed);
}
