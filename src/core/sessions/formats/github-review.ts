/** What one person said in the review of one pull request on GitHub, as the App read it there. Nobody hands it in. */
import type { Format, Parsed } from '../format.ts';
import { claimedSpans, humanTurn } from '../human-text.ts';

export interface ReviewRemark {
  readonly body: string;
  /** ISO 8601. */
  readonly at: string;
  /** The file and line it is about, where it is about one. */
  readonly place?: string;
  /** They belonged to the repository when they said it; what others say is only claimed to matter. */
  readonly member: boolean;
}

/** One person's part in one review. */
export interface Review {
  readonly repositoryId: number;
  /** `owner/name` */
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly branch: string;
  readonly person: { readonly id: number; readonly login: string };
  /** In the order they were said. */
  readonly remarks: readonly ReviewRemark[];
}

/** The source is a `Review` in JSON; it is in no list of formats, so that no file can claim to be one. */
export const githubReview: Format = {
  name: 'github-review',
  about: 'Review comments on merged pull requests, read by the App',
  detect: () => 0,
  async *parse(source) {
    yield* eventsOf(JSON.parse(await source.text()) as Review);
  },
};

function* eventsOf(review: Review): Generator<Parsed> {
  const { repositoryId, number, person, repository, branch, title, url, remarks } = review;
  const whole = `github-review-${repositoryId}-${number}`;
  const session = `${whole}-${person.id}`;
  yield {
    type: 'session',
    header: {
      id: session,
      agent: 'github',
      format: 'github-review',
      interactive: true,
      people: remarks.some(({ member }) => member) ? [person.login] : [],
      // All that is said about one change is one piece of work.
      parent: whole,
      ...{ repository, branch, title, pullRequest: url },
    },
  };
  for (const { body, at, place, member } of remarks) {
    if (place !== undefined)
      yield {
        type: 'event',
        session,
        event: { kind: 'system', at, spans: [{ text: place, trust: 'tool' }] },
      };
    const { kind, spans } = humanTurn(body);
    const said = member ? spans : claimedSpans(spans);
    yield { type: 'event', session, event: { kind, at, spans: said } };
  }
}
