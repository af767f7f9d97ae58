/**
 * First contact: one pull request that asks whether a repository wants us. GitHub alone remembers the answer: merged, there
 * is a config; closed, it was no, until the App is installed anew.
 */
import { configPath } from '../core/config.ts';
import { DreamkeeperError } from '../core/error.ts';
import { isUneditedOnboarding, onboardingBody, onboardingTitle } from '../core/review/onboarding.ts';
import type { Work } from '../jobs/work.ts';
import type { JobOf } from '../jobs/job.ts';
import { notOnboarded } from '../jobs/place.ts';
import { findMemory, onboardingConfig } from '../onboarding.ts';
import { asking, statusOf } from './failure.ts';
import type { Octokit } from './hosted.ts';
import { at, once } from './pull-request/parts.ts';
import type { HostedPlace } from './repositories.ts';

/** Not below `dreamkeeper/`: where there is a branch of that name, as the ledger's is, nothing can be below it. */
export const onboardingBranch = 'dreamkeeper-onboarding';

export interface OnboardingOptions {
  /** When the App was installed there, ISO 8601; asked only where somebody said no once. */
  readonly installedAt: (installation: number, signal: AbortSignal) => Promise<string>;
}

type Listed = Awaited<ReturnType<Octokit['rest']['pulls']['list']>>['data'][number];

interface Wanted {
  readonly file: string;
  readonly body: string;
}

export function onboardWork({ installedAt }: OnboardingOptions): Work<HostedPlace, JobOf<'onboard'>> {
  return async (place, _payload, _now, { signal, log }) => {
    const reason = await reasonNotToAsk(place);
    if (reason !== undefined) {
      log.info({ reason }, 'this repository is not asked whether it wants Dreamkeeper');
      return { outcome: 'nothing', reason };
    }
    try {
      return { outcome: await ask(place, () => installedAt(place.hosted.installation, signal)) };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      log.warn({ err: error }, 'GitHub lets us open no pull request here');
      return { outcome: 'refused' };
    }
  };
}

async function reasonNotToAsk({ asleep, repository }: HostedPlace): Promise<string | undefined> {
  if (asleep?.reason !== notOnboarded) return asleep?.reason ?? 'onboarded';
  return (await repository.resolve('HEAD')) === undefined ? 'empty' : undefined;
}

/** A rule of the repository or a setting of its owner: trying again changes nothing. */
function isRefusal(error: unknown): boolean {
  return error instanceof DreamkeeperError && error.code === 'repository' && !error.retryable;
}

async function ask(place: HostedPlace, installedAt: () => Promise<string>): Promise<string> {
  const { hosted, repository, config } = place;
  const pull = await findPull(place);
  if (pull?.state === 'closed') {
    const closed = pull.merged_at ?? pull.closed_at ?? pull.updated_at;
    if (Date.parse(closed) >= Date.parse(await installedAt())) return 'declined';
  }
  const memory = await findMemory(repository, config);
  const { visibility } = hosted;
  const wanted = {
    file: onboardingConfig(memory),
    body: onboardingBody({ config, memory, visibility }),
  };
  if (pull?.state === 'open') return bringUpToDate(place, pull, wanted);
  await writeBranch(place, wanted.file);
  return open(place, wanted.body);
}

/** The newest from our branch, whoever opened it: what somebody else opened from there is an answer too. */
async function findPull(place: HostedPlace): Promise<Listed | undefined> {
  const { hosted } = place;
  const head = `${hosted.owner}:${onboardingBranch}`;
  const { data } = await asking('looking for the onboarding pull request', () =>
    hosted.octokit.rest.pulls.list({ ...at(place), head, state: 'all', per_page: 100 }),
  );
  const own = data.filter((each) => (each.head.repo as { id: number } | null)?.id === hosted.id);
  return own.find(({ state }) => state === 'open') ?? own.toSorted((a, b) => b.number - a.number)[0];
}

/** What people wrote stays: into the text, and into the file. */
async function bringUpToDate(place: HostedPlace, pull: Listed, wanted: Wanted): Promise<string> {
  const { octokit } = place.hosted;
  const [isOurs, there] = [await onlyWeCommitted(place, pull), await readFile(place)];
  if (!isOurs) return 'asked';
  if (there?.text !== wanted.file) await writeFile(place, wanted.file, there?.sha);
  if (isUneditedOnboarding(pull.body ?? '') && pull.body?.trim() !== wanted.body.trim())
    await asking('changing the onboarding pull request', () =>
      octokit.rest.pulls.update({ ...at(place), pull_number: pull.number, body: wanted.body }),
    );
  return 'asked';
}

async function onlyWeCommitted(place: HostedPlace, { number, user }: Listed): Promise<boolean> {
  const bot = await place.bot();
  if (user?.login !== bot) return false;
  const { data } = await asking('reading the commits of the onboarding pull request', () =>
    place.hosted.octokit.rest.pulls.listCommits({ ...at(place), pull_number: number, per_page: 100 }),
  );
  return data.every(({ author }) => author?.login === bot);
}

/** A commit made through the API is signed by GitHub, which some repositories require. */
async function writeBranch(place: HostedPlace, file: string): Promise<void> {
  const { octokit } = place.hosted;
  const sha = await place.repository.resolve('HEAD');
  if (sha === undefined) return;
  const isNew = await asking('making the onboarding branch', async () => {
    try {
      await octokit.rest.git.createRef({ ...at(place), ...once, ref: `refs/heads/${onboardingBranch}`, sha });
      return true;
    } catch (error) {
      if (statusOf(error) !== 422) throw error;
      return false;
    }
  });
  if (!isNew) await forward(place, sha);
  const there = isNew ? undefined : await readFile(place);
  if (there?.text !== file) await writeFile(place, file, there?.sha);
}

/** Where an earlier one was merged, the branch begins anew; where it holds anything else, it stays. */
async function forward(place: HostedPlace, sha: string): Promise<void> {
  await asking('moving the onboarding branch', async () => {
    try {
      const ref = `heads/${onboardingBranch}`;
      await place.hosted.octokit.rest.git.updateRef({ ...at(place), ref, sha, force: false });
    } catch (error) {
      if (statusOf(error) !== 422) throw error;
    }
  });
}

async function readFile(
  place: HostedPlace,
): Promise<{ readonly sha: string; readonly text: string } | undefined> {
  const asked = { ...at(place), path: configPath, ref: onboardingBranch };
  return asking('reading the onboarding branch', async () => {
    try {
      const { data } = await place.hosted.octokit.rest.repos.getContent(asked);
      if (Array.isArray(data) || data.type !== 'file' || !('content' in data)) return undefined;
      return { sha: data.sha, text: Buffer.from(data.content, 'base64').toString('utf8') };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  });
}

async function writeFile(place: HostedPlace, text: string, sha: string | undefined): Promise<void> {
  await asking('writing the config on the onboarding branch', () =>
    place.hosted.octokit.rest.repos.createOrUpdateFileContents({
      ...at(place),
      ...once,
      path: configPath,
      branch: onboardingBranch,
      message: 'Set up Dreamkeeper\n\nEvery default, written out.',
      content: Buffer.from(text).toString('base64'),
      ...(sha === undefined ? {} : { sha }),
    }),
  );
}

async function open(place: HostedPlace, body: string): Promise<string> {
  const { octokit, defaultBranch: base } = place.hosted;
  const asked = { ...at(place), ...once, head: onboardingBranch, base, title: onboardingTitle, body };
  await asking('opening the onboarding pull request', async () => {
    try {
      await octokit.rest.pulls.create(asked);
    } catch (error) {
      // An answer that was lost: it is there already.
      const found = statusOf(error) === 422 ? await findPull(place) : undefined;
      if (found?.state !== 'open') throw error;
    }
  });
  return 'asked';
}
