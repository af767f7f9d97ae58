/** The ledger of a repository on GitHub, in the repository that a copy is of: what is written counts when GitHub has it, and not before. */
import { openLedger, type LedgerOptions, type StoredLedger } from '../ledger/ledger.ts';
import { openPushedLedger, type PushedLedgerOptions } from '../ledger/pushed-ledger.ts';
import { followOwnPush } from './pushed/checked-ref.ts';
import type { WorkingCopy } from './working-copy.ts';

export interface RemoteLedgerOptions
  extends Pick<LedgerOptions, 'now'>, Pick<PushedLedgerOptions, 'mayPush'> {}

/**
 * Writes on the tip that GitHub has; when another writer was faster, fetches it and asks for the change again.
 * @throws {DreamkeeperError | RetryLaterError} from `write` and `commit`: then nothing was written.
 */
export function openRemoteLedger(copy: WorkingCopy, options: RemoteLedgerOptions = {}): StoredLedger {
  const { now, ...rest } = options;
  const { ledgerRef } = copy;
  const remote = {
    tip: () => copy.remoteRefs().get(ledgerRef),
    refresh: () => copy.refresh(ledgerRef),
    push: (to: string, expected: string | undefined) => copy.push({ ref: ledgerRef, to, expected }),
  };
  const local = openLedger(copy.repository, {
    branch: ledgerRef.slice('refs/heads/'.length),
    ...(now === undefined ? {} : { now }),
  });
  return openPushedLedger(local, remote, {
    name: 'the ledger on GitHub',
    onPushed: (to, expected) => followOwnPush(local.site, to, expected),
    ...rest,
  });
}
