/** Boxes that people ticked and un-ticked: an empty box leaves its proposal out. */
import type { Box } from '../../core/review/parse.ts';
import { droppedFrom } from '../../core/review/state.ts';
import { ticksToRecord } from '../../core/review/ticks.ts';
import { asking } from '../failure.ts';
import { choose, type Choice } from './choose.ts';
import { readNow, type Asked, type Conversation } from './conversation.ts';
import { orRefused } from './refusal.ts';

/**
 * Boxes that are not as the ledger has them are a choice. What is so already changes nothing.
 * @returns `refused` when any of it could not be done.
 */
export async function foldTicks(
  talk: Conversation,
  boxes: readonly Box[],
  asked: Asked,
): Promise<'done' | 'refused'> {
  const { open, decisions } = await readNow(talk);
  if (open === undefined || open.pullRequest !== asked.number) return 'done';
  const out = droppedFrom(open.id, decisions);
  const known = new Set(open.proposals.map(({ number }) => number));
  const wanted = (checked: boolean): readonly number[] =>
    boxes
      .filter((box) => box.checked === checked && known.has(box.number) && out.has(box.number) === checked)
      .map(({ number }) => number);
  const [ticked, unticked] = [wanted(true), wanted(false)];
  const change = (action: Choice['action'], numbers: readonly number[], event: string) =>
    numbers.length === 0
      ? 'done'
      : orRefused(talk, { ...asked, event }, action, () =>
          choose(talk, { ...asked, event }, { action, numbers }),
        );
  // First what comes in: the last that goes would close the pull request.
  const first = unticked.length === 0 ? asked.event : `${asked.event}-in`;
  const restored = await change('restore', ticked, first);
  const dropped = await change('drop', unticked, asked.event);
  return restored === 'refused' ? restored : dropped;
}

/**
 * Records the ticks that stand in the text on GitHub and that nobody told us of. GitHub lets nobody edit the text of the
 * App who may not write.
 */
export async function foldTicksOnGitHub(talk: Conversation): Promise<void> {
  const { place, now } = talk;
  const { open, decisions } = await readNow(talk);
  if (open === undefined) return;
  const pull = await place.pullRequests.pullOf(open);
  const ticks = pull?.open === true ? ticksToRecord(pull.body, decisions) : undefined;
  if (ticks?.dream !== open.id || ticks.boxes.length === 0) return;
  const asked = { event: `ticks-${open.id}-${now}`, number: pull?.number };
  if ((await foldTicks(talk, ticks.boxes, asked)) === 'refused') await tickBack(talk, ticks.boxes);
}

/** What could not be done is ticked back: else it would be asked for again and again, and nothing written over it. */
export async function tickBack(talk: Conversation, boxes: readonly Box[]): Promise<void> {
  const { hosted, pullRequests } = talk.place;
  const { open } = await readNow(talk);
  const pull = open === undefined ? undefined : await pullRequests.pullOf(open);
  if (pull?.open !== true) return;
  const body = withBoxes(
    pull.body,
    boxes.map(({ number, checked }) => ({ number, checked: !checked })),
  );
  if (body === pull.body) return;
  const at = { owner: hosted.owner, repo: hosted.name, pull_number: pull.number };
  await asking('editing the pull request', () => hosted.octokit.rest.pulls.update({ ...at, body }));
  pullRequests.forget();
}

/** The text with these boxes so, and nothing else changed. */
export function withBoxes(body: string, boxes: readonly Box[]): string {
  return boxes.reduce((text, { number, checked }) => {
    const box = new RegExp(`^([ \\t]*[-*+] )\\[[ xX]\\]( <!-- dreamkeeper:${number} -->)`, 'm');
    return text.replace(box, `$1[${checked ? 'x' : ' '}]$2`);
  }, body);
}
