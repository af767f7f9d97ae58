/** Reads what GitHub and the ledger say of a dream that may merge itself; core decides (core/review/auto.ts). */
import type { Decision, Journal } from '../../core/dream/journal.ts';
import { standing } from '../../core/dream/decisions.ts';
import { configPath } from '../../core/config.ts';
import { autoState, type AutoInput, type AutoState } from '../../core/review/auto.ts';
import { lastChanged } from '../../git/history.ts';
import { asking } from '../failure.ts';
import { at, type PullRequestParts } from '../pull-request/parts.ts';
import { findWaitRun, type WaitRun } from './wait-run.ts';
import { voicesIn } from './voices.ts';

export type AutoParts = Pick<PullRequestParts, 'hosted' | 'repository' | 'config' | 'bot'>;

export interface AutoLook {
  readonly state: AutoState;
  /** Where it was read; a reason that the ledger holds is enough without. */
  readonly pull?: OpenPull;
  readonly run?: WaitRun;
}

export interface OpenPull {
  readonly number: number;
  /** As GraphQL names it. */
  readonly nodeId: string;
  readonly head: string;
}

/**
 * @param decisions all of them.
 * @param now ISO 8601 in UTC.
 * @param begun where its wait was shown just now.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot say.
 */
export async function lookAtAuto(
  parts: AutoParts,
  journal: Journal,
  decisions: readonly Decision[],
  now: string,
  begun?: WaitRun,
): Promise<AutoLook> {
  const known = await knownOf(parts, journal, decisions, now);
  const state = autoState(known);
  const { head, pullRequest } = journal;
  if (state.state === 'off' || head === undefined || pullRequest === undefined) return { state };
  const run = begun ?? (await findWaitRun(parts, head));
  const seen = run === undefined ? {} : { run };
  if (state.state === 'waits' && state.for === 'person') return { state, ...seen };
  const pull = await readPull(parts, pullRequest);
  if (pull === undefined) return { state, ...seen };
  const shown = run === undefined ? {} : { shownAt: run.startedAt };
  const read = { head: pull.head, draft: pull.draft, voices: await voicesIn(parts, pull), ...shown };
  return { state: autoState({ ...known, pull: read }), pull, ...seen };
}

async function knownOf(
  { config, repository }: AutoParts,
  journal: Journal,
  decisions: readonly Decision[],
  now: string,
): Promise<AutoInput> {
  const known = { config, journal, now, decisions: standing(decisions) };
  if (config.mode !== 'auto' || !decisions.some(({ type }) => type === 'mode')) return known;
  const head = await repository.resolve('HEAD');
  const configAt = head === undefined ? undefined : await lastChanged(repository.site, head, configPath);
  return { ...known, ...(configAt === undefined ? {} : { configAt }) };
}

/** @returns undefined when it is not open. */
async function readPull(parts: AutoParts, number: number) {
  const { data } = await asking('reading the pull request', () =>
    parts.hosted.octokit.rest.pulls.get({ ...at(parts), pull_number: number }),
  );
  if (data.state !== 'open') return undefined;
  return {
    number,
    nodeId: data.node_id,
    head: data.head.sha,
    draft: data.draft === true,
    comments: data.comments,
    reviewComments: data.review_comments,
  };
}
