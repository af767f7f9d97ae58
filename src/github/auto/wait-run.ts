/**
 * The check run that shows the wait of auto mode on the head it is about, so that it begins anew with another head. Its
 * beginning is when everybody could see that head. It is not the check that may be required: nobody waits for it.
 */
import { asking } from '../failure.ts';
import type { Octokit } from '../hosted.ts';
import { at, once, type PullRequestParts } from '../pull-request/parts.ts';

export const waitName = 'dreamkeeper wait';

type Run = Awaited<ReturnType<Octokit['rest']['checks']['listForRef']>>['data']['check_runs'][number];
type Parts = Pick<PullRequestParts, 'hosted' | 'bot'>;

export interface WaitRun {
  readonly id: number;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly waiting: boolean;
  readonly title: string;
  readonly summary: string;
}

/** What a run says. */
export interface WaitText {
  readonly conclusion?: 'success' | 'neutral';
  readonly title: string;
  readonly summary: string;
}

/** @returns our newest one on a head. @param name of another check run that is shown in the same way */
export async function findWaitRun(parts: Parts, head: string, name = waitName): Promise<WaitRun | undefined> {
  const { octokit } = parts.hosted;
  const { data } = await asking('looking for the wait', () =>
    octokit.rest.checks.listForRef({ ...at(parts), ref: head, check_name: name, per_page: 100 }),
  );
  const bot = await parts.bot();
  const own = data.check_runs.filter(({ app }) => `${app?.slug ?? ''}[bot]` === bot);
  const [newest] = own.sort((a, b) => b.id - a.id);
  return newest === undefined ? undefined : waitRunOf(newest);
}

/** @param startedAt ISO 8601 in UTC. */
export async function beginWait(
  parts: Parts,
  head: string,
  startedAt: string,
  { title, summary }: WaitText,
  name = waitName,
): Promise<WaitRun> {
  const { data } = await asking('showing the wait', () =>
    parts.hosted.octokit.rest.checks.create({
      ...at(parts),
      ...once,
      name,
      head_sha: head,
      status: 'in_progress',
      started_at: startedAt,
      output: { title, summary },
    }),
  );
  return waitRunOf(data, startedAt);
}

/** Says what it waits for, or how it ended; what says so already is left alone. */
export async function tellWait(parts: Parts, run: WaitRun, text: WaitText): Promise<void> {
  const { conclusion, title, summary } = text;
  const same = run.title === title && run.summary === summary && run.waiting === (conclusion === undefined);
  if (same) return;
  await asking('showing the wait', () =>
    parts.hosted.octokit.rest.checks.update({
      ...at(parts),
      check_run_id: run.id,
      ...(conclusion === undefined
        ? { status: 'in_progress' as const }
        : { status: 'completed' as const, conclusion }),
      output: { title, summary },
    }),
  );
}

function waitRunOf({ id, started_at: started, status, output }: Run, at = started ?? ''): WaitRun {
  return {
    id,
    startedAt: started ?? at,
    waiting: status !== 'completed',
    title: output.title ?? '',
    summary: output.summary ?? '',
  };
}
