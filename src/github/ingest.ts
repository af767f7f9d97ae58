/** Takes in what waits for a repository on GitHub: what was pushed, uploaded as an artifact, kept in Git, or said in reviews. */
import type { JobContext, JobResult } from '../jobs/handler.ts';
import type { JobOf } from '../jobs/job.ts';
import { takeArtifacts } from './artifacts.ts';
import { takeKept } from './kept-transcripts.ts';
import { checkPushed } from './pushed/check.ts';
import { takeReviews } from './review-sessions.ts';
import type { HostedPlace } from './repositories.ts';

/**
 * Doing it twice changes nothing.
 * @returns `ingested` when something came onto the ledger, `quarantined` when something had to go; else `nothing`.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot be asked or refuses what is written.
 */
export async function ingestHosted(
  place: HostedPlace,
  payload: JobOf<'ingest'>,
  context: JobContext,
): Promise<JobResult> {
  switch (payload.source) {
    case 'push':
      return checked(place, context);
    case 'paths': {
      const { ingested } = await takeKept(place, context);
      return { outcome: ingested > 0 ? 'ingested' : 'nothing' };
    }
    case 'artifact':
      return uploaded(place, Number(payload.at), context);
    case 'comments': {
      const number = payload.at === undefined ? undefined : Number(payload.at);
      const { ingested } = await takeReviews(place, number, context);
      return { outcome: ingested > 0 ? 'ingested' : 'nothing' };
    }
    case 'inbox':
    case 'agents':
      return { outcome: 'nothing' };
  }
}

async function uploaded(place: HostedPlace, run: number, context: JobContext): Promise<JobResult> {
  if (!Number.isSafeInteger(run)) return { outcome: 'nothing' };
  const taken = await takeArtifacts(place, run, context);
  if ('skipped' in taken) return { outcome: 'skipped', reason: taken.skipped };
  if (taken.ingested > 0) return { outcome: 'ingested' };
  return { outcome: taken.refused.length > 0 ? 'refused' : 'nothing' };
}

async function checked(place: HostedPlace, { log }: JobContext): Promise<JobResult> {
  const { sessions, findings } = await checkPushed(place, log);
  const quarantined = findings.filter(({ did }) => did === 'quarantined');
  if (quarantined.length > 0) return { outcome: 'quarantined', reason: reasonsOf(quarantined) };
  if (findings.length > 0) return { outcome: 'restored', reason: reasonsOf(findings) };
  return { outcome: sessions > 0 ? 'ingested' : 'nothing' };
}

/** A label of few values: kinds of reasons, never words of a session. */
function reasonsOf(findings: readonly { readonly reason: string }[]): string {
  const known = ['secret', 'schema', 'size', 'forgotten', 'detail'];
  return [...new Set(findings.map(({ reason }) => (known.includes(reason) ? reason : 'rewritten')))]
    .sort()
    .join(' ');
}
