/** A ledger that lives elsewhere too: what is written counts when it is there, and not before. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DreamkeeperError } from '../core/error.ts';
import { moveRef, removeRef } from '../git/ref.ts';
import type { StoredLedger } from './ledger.ts';
import type { StoredView } from './view.ts';

/** The branch where it is published. */
export interface LedgerRemote {
  /** Where it is there, when it was last asked; undefined: nowhere. */
  tip(): string | undefined;
  /** Asks anew, and brings the ref here to where it is there. */
  refresh(): Promise<void>;
  /**
   * @returns `rejected` when it is not at `expected` any more: somebody was faster.
   * @throws when it is refused or cannot be asked.
   */
  push(to: string, expected: string | undefined): Promise<'pushed' | 'rejected'>;
}

export interface PushedLedgerOptions {
  /** In messages: `the ledger on GitHub`. */
  readonly name: string;
  /** Asked before each push. @throws when nothing may be published there now. */
  readonly mayPush?: () => Promise<void>;
  /** It is there now, on top of what was expected. */
  readonly onPushed?: (to: string, expected: string | undefined) => Promise<void>;
}

/** Others write a session or a decision at a time; so many in a row mean that something is wrong. */
const mostAttempts = 10;

/**
 * Writes on the tip that the remote has; when another writer was faster, fetches it and asks for the change again.
 * @param local whose ref is where the remote has it.
 * @throws {DreamkeeperError | RetryLaterError} from `write` and `commit`: then nothing was written.
 */
export function openPushedLedger(
  local: StoredLedger,
  remote: LedgerRemote,
  options: PushedLedgerOptions,
): StoredLedger {
  const { site, ref } = local;

  const takeBack = async (to: string | undefined, from: string): Promise<void> => {
    if (to === undefined) await removeRef(site, ref, from);
    else await moveRef(site, ref, { to, from, reason: 'dreamkeeper: not pushed' });
  };
  const pushed = async (write: () => Promise<StoredView>): Promise<StoredView> => {
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const expected = remote.tip();
      const view = await write();
      const to = view.commit;
      if (to === undefined || to === expected) return view;
      try {
        await options.mayPush?.();
        if ((await remote.push(to, expected)) === 'pushed') {
          await options.onPushed?.(to, expected);
          return view;
        }
      } catch (error) {
        await takeBack(expected, to);
        throw error;
      }
      await takeBack(expected, to);
      await remote.refresh();
      await sleep(Math.random() * 100 * attempt, undefined, site.signal && { signal: site.signal });
    }
    throw new DreamkeeperError('conflict', `${options.name} is being written by too many others`, {
      remedy: 'Nothing was lost and nothing was written twice; try again.',
      retryable: true,
    });
  };
  return {
    ...local,
    write: (message, change) => pushed(() => local.write(message, change)),
    commit: (make, message) => pushed(() => local.commit(make, message)),
  };
}
