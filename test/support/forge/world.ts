/** What every part of the stand-in works on. */
import type { Account } from './state/account.ts';
import type { Repository } from './state/repository.ts';
import type { State } from './state/state.ts';

/** Something that happened and that webhooks tell. */
export interface Happening {
  /** As in `X-GitHub-Event`. */
  readonly event: string;
  readonly action?: string;
  readonly sender: Account;
  readonly repository?: Repository;
  /** What the payload holds besides action, repository, organization, installation and sender. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Goes to this installation, subscribed or not: installation events. */
  readonly installation?: number;
}

export interface World {
  readonly state: State;
  /** `http://127.0.0.1:4321`, without a slash at the end. */
  readonly origin: string;
  /** Where REST is: `<origin>/api/v3`. */
  readonly api: string;
  /** Like GitHub Enterprise Server: without asynchronous merges. */
  readonly enterprise: boolean;
  readonly now: () => Date;
  readonly announce: (happening: Happening) => void;
}

/** As GitHub writes times: to the second, in UTC. */
export function timestamp(world: Pick<World, 'now'>): string {
  return `${world.now().toISOString().slice(0, 19)}Z`;
}

/** What is sent as JSON. */
export type Document = Readonly<Record<string, unknown>>;
