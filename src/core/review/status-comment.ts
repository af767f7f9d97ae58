/** The one comment in which the bot answers, edited in place (DESIGN section 9). */
import type { Decision } from '../dream/journal.ts';
import { inert } from './inert.ts';
import { reviewLimit } from './render.ts';

export type Handled = Extract<Decision, { type: 'command' }>;

export interface StatusInput {
  /** What people told us about this dream, in the order of the ledger. */
  readonly commands: readonly Handled[];
  /** How things are, each a sentence of ours; none while there is nothing to say. */
  readonly notes: readonly string[];
  /** It is over: how to talk to us is no longer said. */
  readonly closed?: true;
}

const marker = '<!-- dreamkeeper:status -->';

/** Whether a comment of ours is this one: its marker comes first, where nobody's quoted words can be. */
export function isStatusComment(body: string): boolean {
  return body.trimStart().startsWith(marker);
}

const howTo =
  'Untick a box above to leave a change out. To say more, begin a comment with a command: `/dream drop 2`, ' +
  '`/dream revise 2: the words it should have`, `/dream explain 2`; `/dream help` names them all. Answers appear here.';

/** @returns Markdown of at most 60,000 characters. */
export function statusComment({ commands, notes, closed }: StatusInput): string {
  const top = [marker, ...notes, ...(closed === true ? [] : [howTo])].join('\n\n');
  const [newest, ...older] = commands.toReversed().map(answerOf);
  if (newest === undefined) return `${top}\n`;
  const open = `\n\n<details><summary>Earlier</summary>\n\n`;
  const close = '\n\n</details>';
  const room = reviewLimit - top.length - newest.length - open.length - close.length - 60;
  const shown = fitting(older, room);
  const rest = older.length - shown.length;
  const more = rest > 0 ? [`… and ${rest} before those.`] : [];
  const earlier = older.length === 0 ? '' : `${open}${[...shown, ...more].join('\n\n')}${close}`;
  return `${top}\n\n${newest}${earlier}\n`;
}

/** Who asked for what, and what came of it. */
function answerOf({ at, person, verb, outcome, words }: Handled): string {
  const when = at.replace('T', ' ').slice(0, 16);
  const said = words.trim();
  const head = `**${inert(person)}**, ${inert(verb)}, ${when} UTC: ${outcome === 'done' ? 'done.' : 'not done.'}`;
  return said === '' ? head : `${head}\n\n${said}`;
}

/** As many as fit, from the first on. */
function fitting(texts: readonly string[], room: number): readonly string[] {
  let left = room;
  const found = texts.findIndex((text) => (left -= text.length + 2) < 0);
  return found === -1 ? texts : texts.slice(0, found);
}
