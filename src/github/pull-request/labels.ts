/** Puts our labels on a pull request, and takes off those of ours that no longer hold. People's stay. */
import { ownLabels, type Label } from '../../core/review/labels.ts';
import { asking, statusOf } from '../failure.ts';
import { at, once, type PullRequestParts } from './parts.ts';
import type { Pull } from './pull.ts';

const mostListed = 100;

/** @param wanted names of ours. */
export async function showLabels(
  parts: PullRequestParts,
  { number, labels }: Pull,
  wanted: readonly string[],
): Promise<void> {
  const { issues } = parts.hosted.octokit.rest;
  const on = { ...at(parts), issue_number: number };
  const missing = ownLabels.filter(({ name }) => wanted.includes(name) && !labels.includes(name));
  const extra = ownLabels.filter(({ name }) => !wanted.includes(name) && labels.includes(name));
  await asking('labelling the pull request', async () => {
    if (missing.length > 0) {
      await makeLabels(parts, missing);
      await issues.addLabels({ ...on, labels: missing.map(({ name }) => name) });
    }
    for (const { name } of extra) await unlessStatus(404, () => issues.removeLabel({ ...on, name }));
  });
}

/** With colour and description: GitHub would make them without. */
async function makeLabels(parts: PullRequestParts, wanted: readonly Label[]): Promise<void> {
  const { issues } = parts.hosted.octokit.rest;
  const { data } = await issues.listLabelsForRepo({ ...at(parts), per_page: mostListed });
  const known = new Set(data.map(({ name }) => name.toLowerCase()));
  for (const label of wanted)
    if (!known.has(label.name))
      // Where there are more labels than were listed, it may be there already.
      await unlessStatus(422, () => issues.createLabel({ ...at(parts), ...label, ...once }));
}

async function unlessStatus(status: number, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (statusOf(error) !== status) throw error;
  }
}
