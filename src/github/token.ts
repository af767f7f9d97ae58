/** A token for one repository, made anew before it ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Octokit } from './hosted.ts';
import { statusOf } from './failure.ts';

export interface RepositoryToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly mintedAt: number;
  readonly expiresAt: number;
}

/** A clone may take a while; git asks for the token only when it begins. */
const leftMilliseconds = 10 * 60_000;
/** For so long GitHub's machines may not all know a new token. */
const spreadMilliseconds = 5_000;

/** @param mint is asked once, however many wait for it. */
export function createTokenKeeper(first: RepositoryToken, mint: () => Promise<RepositoryToken>) {
  let current = Promise.resolve(first);
  const renewed = (): Promise<RepositoryToken> => {
    const before = current;
    current = mint();
    // The next one who asks tries again.
    current.catch(() => (current = before));
    return current;
  };
  return {
    async fresh(): Promise<RepositoryToken> {
      const token = await current;
      return token.expiresAt - Date.now() > leftMilliseconds ? token : renewed();
    },
  };
}

export type TokenKeeper = ReturnType<typeof createTokenKeeper>;

/** Octokit's `authStrategy` for such tokens. */
export function repositoryAuth({ keeper }: { readonly keeper: TokenKeeper }) {
  const auth = async () => ({ type: 'token' as const, token: (await keeper.fresh()).token });
  return Object.assign(auth, {
    async hook(request: Send, options: Endpoint): Promise<unknown> {
      for (let tries = 1; ; tries += 1) {
        const { token, mintedAt } = await keeper.fresh();
        options.headers.authorization = `token ${token}`;
        try {
          return await request(options);
        } catch (error) {
          if (statusOf(error) !== 401 || Date.now() - mintedAt >= spreadMilliseconds) throw error;
          await sleep(tries * 500);
        }
      }
    },
  });
}

type Endpoint = Parameters<Octokit['request']['endpoint']['parse']>[0];
type Send = (options: Endpoint) => Promise<unknown>;
