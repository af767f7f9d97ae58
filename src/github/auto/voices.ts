/** Who has something to say about a pull request: words that are no command, or changes that are asked for. */
import { parseCommand } from '../../core/review/command.ts';
import { asking } from '../failure.ts';
import { at, type PullRequestParts } from '../pull-request/parts.ts';

/** The number of a pull request, and how much there is to read in it. */
export interface Talked {
  readonly number: number;
  readonly comments: number;
  readonly reviewComments: number;
}

interface Said {
  readonly login: string;
  readonly at: string;
  readonly body: string;
  readonly approves?: true;
  readonly objects?: true;
}

/** Approving takes back what one said before: then it is enough for oneself. @returns logins, each once. */
export async function voicesIn(
  parts: Pick<PullRequestParts, 'hosted'>,
  talked: Talked,
): Promise<readonly string[]> {
  const all = [
    ...(talked.comments === 0 ? [] : await comments(parts, talked)),
    ...(talked.reviewComments === 0 ? [] : await reviewComments(parts, talked)),
    ...(await reviews(parts, talked)),
  ];
  const speaks = ({ login, at: when }: Said): boolean =>
    !all.some((other) => other.approves === true && other.login === login && other.at >= when);
  return [...new Set(all.filter((said) => isVoice(said) && speaks(said)).map(({ login }) => login))];
}

function isVoice({ body, approves, objects }: Said): boolean {
  if (approves === true) return false;
  return objects === true || (body.trim() !== '' && parseCommand(body, 1) === undefined);
}

interface Author {
  readonly login: string;
  readonly type: string;
}

function saidBy(
  user: Author | null,
  when: string | null | undefined,
  body: string | null | undefined,
): Said[] {
  return user === null || user.type === 'Bot'
    ? []
    : [{ login: user.login, at: when ?? '', body: body ?? '' }];
}

async function comments({ hosted }: Pick<PullRequestParts, 'hosted'>, { number }: Talked): Promise<Said[]> {
  const { octokit } = hosted;
  const list = octokit.rest.issues.listComments;
  const all = await asking('reading the comments', () =>
    octokit.paginate(list, { ...at({ hosted }), issue_number: number, per_page: 100 }),
  );
  return all.flatMap((each) => saidBy(each.user ?? null, each.created_at, each.body));
}

async function reviewComments(
  { hosted }: Pick<PullRequestParts, 'hosted'>,
  { number }: Talked,
): Promise<Said[]> {
  const { octokit } = hosted;
  const list = octokit.rest.pulls.listReviewComments;
  const all = await asking('reading the comments on lines', () =>
    octokit.paginate(list, { ...at({ hosted }), pull_number: number, per_page: 100 }),
  );
  return all.flatMap((each) => saidBy(each.user as Author | null, each.created_at, each.body));
}

/** What a person asked for counts until they approve, or it is dismissed. */
async function reviews({ hosted }: Pick<PullRequestParts, 'hosted'>, { number }: Talked): Promise<Said[]> {
  const { octokit } = hosted;
  const list = octokit.rest.pulls.listReviews;
  const all = await asking('reading the reviews', () =>
    octokit.paginate(list, { ...at({ hosted }), pull_number: number, per_page: 100 }),
  );
  return all.flatMap(({ user, submitted_at: when, body, state }): Said[] => {
    if (state === 'PENDING' || state === 'DISMISSED') return [];
    return saidBy(user, when, body).map((said) => ({
      ...said,
      ...(state === 'APPROVED' ? { approves: true as const } : {}),
      ...(state === 'CHANGES_REQUESTED' ? { objects: true as const } : {}),
    }));
  });
}
