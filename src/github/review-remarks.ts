/** What people said in the review of a merged pull request, one person after the other. */
import type { Review, ReviewRemark } from '../core/sessions/formats/github-review.ts';
import { asking } from './failure.ts';
import type { Octokit } from './hosted.ts';

/** Where pull requests are read; the token need not be that repository's own. */
export interface ReviewedRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly octokit: Octokit;
}

export interface MergedPull {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly branch: string;
}

/** Comments of one pull request: nobody reads more, and no lesson is in the thousandth. */
const mostRemarks = 1_000;

interface Said extends ReviewRemark {
  readonly id: number;
  readonly by: { readonly id: number; readonly login: string };
}

/** Of people only: what programs say of code, other programs said before. Sorted by person. */
export async function reviewsOf(
  repository: ReviewedRepository,
  { number, title, url, branch }: MergedPull,
): Promise<readonly Review[]> {
  const said = [...(await lineComments(repository, number)), ...(await reviewBodies(repository, number))];
  const people = new Map<number, Said[]>();
  for (const remark of said.sort(byTime).slice(0, mostRemarks)) {
    const known = people.get(remark.by.id);
    if (known === undefined) people.set(remark.by.id, [remark]);
    else known.push(remark);
  }
  return [...people.values()].flatMap((remarks): Review[] => {
    const [first] = remarks;
    if (first === undefined) return [];
    const { id, owner, name } = repository;
    const about = { repositoryId: id, repository: `${owner}/${name}`, number, title, url, branch };
    return [{ ...about, person: first.by, remarks: remarks.map(withoutId) }];
  });
}

function withoutId({ body, at, place, member }: Said): ReviewRemark {
  return { body, at, member, ...(place === undefined ? {} : { place }) };
}

function byTime(a: Said, b: Said): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id - b.id;
}

async function lineComments({ octokit, owner, name }: ReviewedRepository, number: number): Promise<Said[]> {
  const found = await asking('reading review comments', () =>
    octokit.paginate(octokit.rest.pulls.listReviewComments, {
      ...{ owner, repo: name, pull_number: number, per_page: 100 },
    }),
  );
  return found.flatMap(({ id, user, body, created_at: at, author_association: association, path, line }) => {
    const place = typeof line === 'number' ? `${path}:${line}` : path;
    return saidBy(user, { id, body, at, place, member: isMember(association) });
  });
}

async function reviewBodies({ octokit, owner, name }: ReviewedRepository, number: number): Promise<Said[]> {
  const found = await asking('reading reviews', () =>
    octokit.paginate(octokit.rest.pulls.listReviews, {
      ...{ owner, repo: name, pull_number: number, per_page: 100 },
    }),
  );
  return found.flatMap(({ id, user, body, submitted_at: at, author_association: association }) =>
    at === undefined ? [] : saidBy(user, { id, body, at, member: isMember(association) }),
  );
}

/** GitHub has no user for accounts that are gone. */
type User = { readonly id: number; readonly login: string; readonly type: string } | null;

function saidBy(user: User, remark: Omit<Said, 'by'>): Said[] {
  if (user?.type !== 'User' || remark.body.trim() === '') return [];
  return [{ ...remark, by: { id: user.id, login: user.login } }];
}

function isMember(association: string): boolean {
  return ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(association);
}
