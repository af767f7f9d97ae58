/** The check run on the head of a dream's pull request: made once for what it says, and not again. */
import { createHash } from 'node:crypto';
import { buttons } from '../../core/review/buttons.ts';
import { checkName, type CheckText } from '../../core/review/check-run.ts';
import { asking } from '../failure.ts';
import type { Octokit } from '../hosted.ts';
import { at, once, type PullRequestParts } from './parts.ts';

type Run = Awaited<ReturnType<Octokit['rest']['checks']['listForRef']>>['data']['check_runs'][number];

/** GitHub takes so many in a request, and adds those of the next to them. */
const annotationsAtOnce = 50;

/** @param isNew nobody can have posted one on this head yet. */
export async function showCheckRun(
  parts: PullRequestParts,
  head: string,
  text: CheckText,
  isNew: boolean,
): Promise<void> {
  const id = contentId(text);
  const found = isNew ? undefined : await ownRun(parts, head);
  // Annotations cannot be taken back: what says something else is another run, and the newest counts.
  const run = found?.external_id === id ? found : await createRun(parts, head, text, id);
  const { annotations } = text;
  for (let from = run.output.annotations_count; from < annotations.length; from += annotationsAtOnce)
    await addAnnotations(parts, run.id, text, from);
}

async function ownRun(parts: PullRequestParts, head: string): Promise<Run | undefined> {
  const { octokit } = parts.hosted;
  const { data } = await asking('looking for the check run', () =>
    octokit.rest.checks.listForRef({ ...at(parts), ref: head, check_name: checkName, per_page: 100 }),
  );
  const bot = await parts.bot();
  const own = data.check_runs.filter(({ app }) => `${app?.slug ?? ''}[bot]` === bot);
  return own.sort((a, b) => b.id - a.id)[0];
}

async function createRun(
  parts: PullRequestParts,
  head: string,
  { conclusion, title, summary, annotations }: CheckText,
  id: string,
): Promise<Run> {
  const { data } = await asking('posting the check run', () =>
    parts.hosted.octokit.rest.checks.create({
      ...at(parts),
      ...once,
      name: checkName,
      head_sha: head,
      external_id: id,
      status: 'completed',
      conclusion,
      output: { title, summary, annotations: annotations.slice(0, annotationsAtOnce) },
      actions: buttons.map((button) => ({ ...button })),
    }),
  );
  return data;
}

async function addAnnotations(
  parts: PullRequestParts,
  run: number,
  { title, summary, annotations }: CheckText,
  from: number,
): Promise<void> {
  await asking('annotating the check run', () =>
    parts.hosted.octokit.rest.checks.update({
      ...at(parts),
      ...once,
      check_run_id: run,
      output: { title, summary, annotations: annotations.slice(from, from + annotationsAtOnce) },
    }),
  );
}

/** The same for the same content, so that a run is known again. */
function contentId(text: CheckText): string {
  return createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 32);
}
