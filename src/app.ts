/** The Probot app: which webhook asks for which job, a line each. It decides nothing: jobs look for themselves. */
import type { Logger } from 'pino';
import type { ApplicationFunction, Probot } from 'probot';
import { branchDeleted, pushed, repositoryChanged, workflowCompleted } from './github/webhooks/branches.ts';
import { commented, reviewed } from './github/webhooks/conversation.ts';
import { arrived, changed } from './github/webhooks/installations.ts';
import type { AskedJob, JobsOf } from './github/webhooks/payload.ts';
import { buttonPressed, checkWanted, pullRequestChanged } from './github/webhooks/pull-requests.ts';

/** Remembers jobs durably, before it resolves: then GitHub is told that all is well. */
export type Ask = (jobs: readonly AskedJob[]) => Promise<unknown>;

type EventName = Extract<Parameters<Probot['on']>[0], string>;

const asked: Readonly<Partial<Record<EventName, JobsOf>>> = {
  'installation.created': arrived,
  'installation_repositories.added': arrived,
  'installation.unsuspend': changed,
  'installation.new_permissions_accepted': changed,
  'installation.suspend': changed,
  'installation.deleted': changed,
  'installation_repositories.removed': changed,
  'repository.renamed': repositoryChanged,
  'repository.transferred': repositoryChanged,
  'repository.archived': repositoryChanged,
  'repository.unarchived': repositoryChanged,
  'repository.publicized': repositoryChanged,
  'repository.privatized': repositoryChanged,
  'repository.edited': repositoryChanged,
  'repository.deleted': repositoryChanged,
  push: pushed,
  delete: branchDeleted,
  pull_request: pullRequestChanged,
  'pull_request_review.submitted': reviewed,
  'pull_request_review.dismissed': reviewed,
  'pull_request_review_comment.created': reviewed,
  'issue_comment.created': commented,
  'check_run.requested_action': buttonPressed,
  'check_run.rerequested': checkWanted,
  'merge_group.checks_requested': checkWanted,
  'workflow_run.completed': workflowCompleted,
};

/** Names of the events that ask for anything, without their actions. */
export const askingEvents: ReadonlySet<string> = new Set(
  Object.keys(asked).map((name) => name.replace(/\..*$/, '')),
);

export interface AppOptions {
  /** Must be done within GitHub's ten seconds, or throw: what failed can be asked to be sent again. */
  readonly ask: Ask;
  /** Whether an account is the App's own; false as long as nobody knows, which costs no more than a look. */
  readonly isOurs?: (login: string) => boolean;
  /** Probot's own log tells at length of everybody who guesses at our secret. */
  readonly log: Logger;
}

export function dreamkeeperApp({ ask, isOurs = () => false, log }: AppOptions): ApplicationFunction {
  return (app) => {
    for (const [event, jobsOf] of Object.entries(asked) as [EventName, JobsOf][])
      app.on(event, async ({ id, payload }) => {
        const about = { event, delivery: id };
        const jobs = jobsOf(payload, { delivery: id, now: Date.now(), isOurs });
        if (jobs === undefined) log.warn(about, 'a webhook of an unknown shape');
        if (jobs === undefined || jobs.length === 0) return;
        try {
          await ask(jobs);
        } catch (error) {
          log.warn({ ...about, err: error }, 'a webhook was not remembered; GitHub hears that it failed');
          throw error;
        }
      });
  };
}
