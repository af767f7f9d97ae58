/** The ledger of a repository on GitHub: what is written counts when GitHub has it, and not before. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DreamkeeperError } from '../core/error.ts';
import { removeRef, moveRef } from '../git/ref.ts';
import { openLedger, type LedgerOptions, type StoredLedger } from '../ledger/ledger.ts';
import type { StoredView } from '../ledger/view.ts';
import { ledgerRef } from './remote-refs.ts';
import type { WorkingCopy } from './working-copy.ts';

export interface RemoteLedgerOptions extends Pick<LedgerOptions, 'now'> {
  /** Asked before each push. @throws when nothing may be published there now. */
  readonly mayPush?: () => Promise<void>;
}

/** Others write a session or a decision at a time; so many in a row mean that something is wrong. */
const mostAttempts = 10;

/**
 * Writes on the tip that GitHub has; when another writer was faster, fetches it and asks for the change again.
 * @throws {DreamkeeperError | RetryLaterError} from `write` and `commit`: then nothing was written.
 */
export function openRemoteLedger(copy: WorkingCopy, options: RemoteLedgerOptions = {}): StoredLedger {
  const local = openLedger(copy.repository, options.now === undefined ? {} : { now: options.now });
  const { site } = local;

  const takeBack = async (to: string | undefined, from: string): Promise<void> => {
    if (to === undefined) await removeRef(site, ledgerRef, from);
    else await moveRef(site, ledgerRef, { to, from, reason: 'dreamkeeper: not pushed' });
  };
  const pushed = async (write: () => Promise<StoredView>): Promise<StoredView> => {
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const expected = copy.remoteRefs().get(ledgerRef);
      const view = await write();
      const to = view.commit;
      if (to === undefined || to === expected) return view;
      try {
        await options.mayPush?.();
        if ((await copy.push({ ref: ledgerRef, to, expected })) === 'pushed') return view;
      } catch (error) {
        await takeBack(expected, to);
        throw error;
      }
      await takeBack(expected, to);
      await copy.refresh(ledgerRef);
      await sleep(Math.random() * 100 * attempt, undefined, site.signal && { signal: site.signal });
    }
    throw new DreamkeeperError('conflict', 'the ledger on GitHub is being written by too many others', {
      remedy: 'Nothing was lost and nothing was written twice; it is tried again.',
      retryable: true,
    });
  };
  return {
    site,
    ref: ledgerRef,
    read: () => local.read(),
    write: (message, change) => pushed(() => local.write(message, change)),
    commit: (make, message) => pushed(() => local.commit(make, message)),
  };
}
