/** The word with which a pull request of ours is closed. */
import { inert } from './inert.ts';
import { clip } from './visible.ts';

/** @param reason as the ledger has it; foreign. */
export function farewell(rejected: boolean, reason: string | undefined): string {
  const because =
    reason === undefined || reason.trim() === '' ? '' : ` ${sentence(inert(clip(reason, 300)))}`;
  return rejected
    ? `**Closed: it is not wanted.**${because} None of it is proposed again without new evidence.`
    : `**Closed.**${because} Nothing in it counts as rejected.`;
}

function sentence(words: string): string {
  const [first = ''] = words;
  return `${first.toUpperCase()}${words.slice(first.length)}${/[.!?…]$/.test(words) ? '' : '.'}`;
}
