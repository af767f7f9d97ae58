/** What happens to branches, and to the repository they are in. */
import { ledgerRef, dreamRefs, idOfLedger } from '../remote-refs.ts';
import type { JobPayload } from '../../jobs/job.ts';
import { aboutOf, aboutRepository, deleteSchema, of, pushSchema, workflowSchema } from './payload.ts';

/** Where Entire keeps the transcripts of agents. */
const checkpointsRef = 'refs/heads/entire/checkpoints/v1';

/** Its name, its owner, its default branch, or who may see it is another. */
export const repositoryChanged = of(aboutRepository, (payload, received) => [
  { kind: 'sync', ...aboutOf(payload, received) },
]);

/** The base of dreams moved, a person pushed to one, or somebody handed in transcripts. */
export const pushed = of(pushSchema, (payload, received) => {
  const { ref, created, deleted, repository, sender } = payload;
  const about = aboutOf(payload, received);
  if (ref === `refs/heads/${repository.default_branch}`) {
    if (deleted) return [{ kind: 'sync', ...about }];
    return [
      // The first commit of a repository that was empty when the App came.
      ...(created ? [{ kind: 'onboard', ...about } as const] : []),
      { kind: 'review', ...about },
      { kind: 'ingest', ...about, source: 'paths' },
    ];
  }
  if (ref === checkpointsRef) return deleted ? [] : [{ kind: 'ingest', ...about, source: 'paths' }];
  if (received.isOurs(sender.login)) return [];
  if (ref === ledgerRef) return [ledgerMoved(about, payload)];
  const elsewhere = idOfLedger(ref);
  // The job finds out whether that repository keeps its ledger here.
  if (elsewhere !== undefined && elsewhere !== about.repository)
    return [ledgerMoved({ ...about, repository: elsewhere }, payload)];
  // That a branch was deleted is told once more, and better.
  return ref.startsWith(dreamRefs) && !deleted ? [{ kind: 'review', ...about }] : [];
});

function ledgerMoved(
  about: ReturnType<typeof aboutOf>,
  { after, deleted }: { readonly after: string; readonly deleted: boolean },
): JobPayload {
  return deleted ? { kind: 'sync', ...about } : { kind: 'ingest', ...about, source: 'push', at: after };
}

/** The branch of a dream may be gone. */
export const branchDeleted = of(deleteSchema, (payload, received) => {
  const isDream = payload.ref_type === 'branch' && `refs/heads/${payload.ref}`.startsWith(dreamRefs);
  if (!isDream || received.isOurs(payload.sender.login)) return [];
  return [{ kind: 'review', ...aboutOf(payload, received) }];
});

/** Runs whose artifacts may hold transcripts: of the default branch, started by nobody from outside. */
const trustedEvents = new Set(['push', 'schedule', 'workflow_dispatch']);

export const workflowCompleted = of(workflowSchema, (payload, received) => {
  const { repository, workflow_run: run } = payload;
  const isOwn = run.head_repository?.id === repository.id && run.head_branch === repository.default_branch;
  if (!isOwn || !trustedEvents.has(run.event)) return [];
  return [{ kind: 'ingest', ...aboutOf(payload, received), source: 'artifact', at: String(run.id) }];
});
