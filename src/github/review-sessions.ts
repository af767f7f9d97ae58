/** Takes in what people say in reviews of merged pull requests, here and in the repositories that the config names. */
import type { Logger } from 'pino';
import { extractorVersion, gather } from '../core/dream/gather/gather.ts';
import type { Source } from '../core/sessions/format.ts';
import { githubReview } from '../core/sessions/formats/github-review.ts';
import { gitAnswer, runGit, type GitSite } from '../git/run.ts';
import { ingest } from '../ingest.ts';
import { textSource } from '../text-source.ts';
import { asking, statusOf } from './failure.ts';
import type { HostedPlace } from './repositories.ts';
import { reviewsOf, type MergedPull, type ReviewedRepository } from './review-remarks.ts';

/** Days of reviews that are read when nothing is known yet. */
const firstDays = 90;
/** Pull requests of one look at a repository; the others wait for the next one. */
const mostPulls = 30;
/** Pages of a hundred that are looked through for merged ones. */
const mostPages = 5;
const mostSources = 20;
const dayMilliseconds = 86_400_000;

export interface TakenReviews {
  readonly ingested: number;
  /** Pull requests that were read. */
  readonly pulls: number;
}

/**
 * @param only the number of a pull request of the repository itself.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot be reached or refuses the ledger.
 */
export async function takeReviews(
  place: HostedPlace,
  only: number | undefined,
  { signal, log }: { readonly signal: AbortSignal; readonly log: Logger },
): Promise<TakenReviews> {
  if (only !== undefined) {
    const pull = await mergedPull(place.hosted, only, await place.bot());
    return pull === undefined ? { ingested: 0, pulls: 0 } : take(place, place.hosted, [pull]);
  }
  const sum = { ingested: 0, pulls: 0 };
  for (const repository of [place.hosted, ...(await sourcesOf(place, log))]) {
    signal.throwIfAborted();
    const { ingested, pulls } = await takeNew(place, repository);
    sum.ingested += ingested;
    sum.pulls += pulls;
  }
  return sum;
}

async function takeNew(place: HostedPlace, repository: ReviewedRepository): Promise<TakenReviews> {
  const { site } = place.repository;
  const key = `dreamkeeper.reviewed-${repository.id}`;
  const since =
    (await lastLook(site, key)) ?? new Date(Date.now() - firstDays * dayMilliseconds).toISOString();
  const found = await mergedSince(repository, since, await place.bot());
  const some = found.slice(0, mostPulls);
  const taken = await take(place, repository, some);
  const last = some.at(-1);
  if (last !== undefined) await runGit(site, ['config', key, last.updatedAt]);
  return taken;
}

/** Known to this copy only: without it the last months are read anew, and are there already. */
async function lastLook(site: GitSite, key: string): Promise<string | undefined> {
  const value = await gitAnswer(site, ['config', '--local', '--get', key]);
  return value !== undefined && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? value : undefined;
}

async function take(
  { ledger, redactor, config }: HostedPlace,
  repository: ReviewedRepository,
  pulls: readonly MergedPull[],
): Promise<TakenReviews> {
  if (pulls.length === 0) return { ingested: 0, pulls: 0 };
  const report = await ingest({
    sources: sources(repository, pulls),
    known: githubReview,
    ledger,
    redactor,
    detail: config.ledger.detail,
    extractor: { version: extractorVersion, gather },
  });
  return { ingested: report.ingested, pulls: pulls.length };
}

async function* sources(
  repository: ReviewedRepository,
  pulls: readonly MergedPull[],
): AsyncGenerator<Source> {
  for (const pull of pulls)
    for (const review of await reviewsOf(repository, pull))
      yield textSource(`pull/${pull.number}`, [JSON.stringify(review)]);
}

type Listed = Awaited<ReturnType<ReviewedRepository['octokit']['rest']['pulls']['list']>>['data'][number];

/** Oldest change first. What the App opened itself is talked about in commands. */
async function mergedSince(
  { octokit, owner, name }: ReviewedRepository,
  since: string,
  bot: string,
): Promise<readonly (MergedPull & { readonly updatedAt: string })[]> {
  const asked = {
    owner,
    repo: name,
    per_page: 100,
    state: 'closed',
    sort: 'updated',
    direction: 'desc',
  } as const;
  const found: Listed[] = [];
  await asking('listing merged pull requests', async () => {
    let pages = 0;
    for await (const { data } of octokit.paginate.iterator(octokit.rest.pulls.list, asked)) {
      found.push(...data.filter(({ updated_at: at }) => Date.parse(at) > Date.parse(since)));
      pages += 1;
      if (pages >= mostPages || data.some(({ updated_at: at }) => Date.parse(at) <= Date.parse(since)))
        return;
    }
  });
  return found
    .filter(({ merged_at: merged, user }) => merged !== null && user?.login !== bot)
    .map((pull) => ({ ...pullOf(pull), updatedAt: new Date(pull.updated_at).toISOString() }))
    .reverse();
}

function pullOf({
  number,
  title,
  html_url: url,
  head,
}: Pick<Listed, 'number' | 'title' | 'html_url'> & { readonly head: { readonly ref: string } }): MergedPull {
  return { number, title, url, branch: head.ref };
}

async function mergedPull(
  { octokit, owner, name }: ReviewedRepository,
  number: number,
  bot: string,
): Promise<MergedPull | undefined> {
  return asking('reading a pull request', async () => {
    try {
      const { data } = await octokit.rest.pulls.get({ owner, repo: name, pull_number: number });
      return data.merged && data.user.login !== bot ? pullOf(data) : undefined;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  });
}

/** Those of the same installation, and public ones: a config must not read what its owners may not. */
async function sourcesOf(place: HostedPlace, log: Logger): Promise<readonly ReviewedRepository[]> {
  const { hosted, config } = place;
  const found: ReviewedRepository[] = [];
  for (const source of config.sources.slice(0, mostSources)) {
    const [owner = '', name = ''] = source.split('/');
    const installed = await place.named(owner, name);
    const repository =
      installed?.installation === hosted.installation
        ? installed
        : await publicOne(hosted.octokit, owner, name);
    if (repository === undefined) log.info({ source }, 'a source cannot be read');
    else if (repository.id !== hosted.id) found.push(repository);
  }
  return found;
}

async function publicOne(
  octokit: ReviewedRepository['octokit'],
  owner: string,
  name: string,
): Promise<ReviewedRepository | undefined> {
  return asking('asking for a source', async () => {
    try {
      const { data } = await octokit.rest.repos.get({ owner, repo: name });
      return data.private ? undefined : { id: data.id, owner: data.owner.login, name: data.name, octokit };
    } catch (error) {
      if (statusOf(error) === 404 || statusOf(error) === 403) return undefined;
      throw error;
    }
  });
}
