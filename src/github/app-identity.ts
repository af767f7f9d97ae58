/** Who the App is on GitHub: asked now and then, which also tells whether GitHub answers us. */
import type { GitHubClient } from './client.ts';
import { asking } from './failure.ts';

export interface AppIdentity {
  /** Asks GitHub, at most once a minute. @throws {DreamkeeperError | RetryLaterError} when it refuses us or does not answer. */
  check(): Promise<void>;
  /** Whether an account is the App's own; false as long as GitHub has not said who we are. */
  isOurs(login: string): boolean;
}

const freshMilliseconds = 60_000;

/** @param now milliseconds that only go on. */
export function createAppIdentity(
  client: Pick<GitHubClient, 'forApp'>,
  now: () => number = () => performance.now(),
): AppIdentity {
  let last: { readonly at: number; readonly answer: Promise<void> } | undefined;
  let login: string | undefined;
  const ask = async (): Promise<void> => {
    const { data } = await asking('asking who the App is', () =>
      client.forApp().rest.apps.getAuthenticated(),
    );
    if (data !== null) login = `${data.slug ?? ''}[bot]`.toLowerCase();
  };
  return {
    check() {
      if (last === undefined || now() - last.at > freshMilliseconds) last = { at: now(), answer: ask() };
      return last.answer;
    },
    isOurs: (other) => other.toLowerCase() === login,
  };
}
