/** Checks what others pushed to the ledger, before anything is made of it: redacted, well-formed, and whose words it claims. */
import type { Logger } from 'pino';
import { DreamkeeperError } from '../../core/error.ts';
import type { FileChange } from '../../git/fast-import.ts';
import { createObjectReader } from '../../git/objects.ts';
import type { GitSite } from '../../git/run.ts';
import { listTree } from '../../git/tree.ts';
import { blobId } from '../../ledger/files.ts';
import { rewriteLedger } from '../../ledger/rewrite.ts';
import type { StoredLedger } from '../../ledger/ledger.ts';
import type { HostedPlace } from '../repositories.ts';
import { checkedUpTo, markChecked } from './checked-ref.ts';
import { planFor, type Finding, type Plan } from './plan.ts';
import { foreignChanges, pushesSince, type ForeignChange } from './pushes.ts';

export interface Checked {
  /** Sessions that others changed since the last look. */
  readonly sessions: number;
  /** What of them did not stay as it was pushed. Ids and kinds only: nothing of what they hold. */
  readonly findings: readonly Finding[];
}

export type CheckedPlace = Pick<HostedPlace, 'ledgerCopy' | 'ledger' | 'config' | 'redactor' | 'bot'>;

/** Others push sessions once in a while. */
const mostAttempts = 5;

/**
 * Doing it twice changes nothing. Costs nothing while only the App writes.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot say who pushed, or refuses the corrections.
 */
export async function checkPushed(place: CheckedPlace, log: Logger): Promise<Checked> {
  const findings: Finding[] = [];
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const found = await planOf(place);
    if (found === undefined) return { sessions: 0, findings };
    const { tip, plan } = found;
    if (plan === undefined) {
      log.warn('GitHub keeps no record of who pushed to the ledger: its sessions are only claimed');
      return { sessions: 0, findings };
    }
    if (!(await write(place.ledger, plan, tip))) continue;
    for (const finding of plan.findings) log.warn(finding, 'pushed to the ledger, and not kept as it was');
    findings.push(...plan.findings);
    if (plan.findings.some(({ reason }) => reason === 'secret')) await forgetHistory(place);
    await markChecked(place.ledger.site, (await place.ledger.read()).commit);
    return { sessions: plan.sessions, findings };
  }
  throw new DreamkeeperError('conflict', 'others push to the ledger while it is checked', {
    retryable: true,
  });
}

/** @returns undefined when there is nothing new. */
async function planOf(
  place: CheckedPlace,
): Promise<{ readonly tip: string; readonly plan: Plan | undefined } | undefined> {
  const { ledger, redactor, config } = place;
  const { site } = ledger;
  const view = await ledger.read();
  const tip = view.commit;
  const checked = await checkedUpTo(site);
  if (tip === undefined || tip === checked) return undefined;
  const pushes = await pushesSince(place, { tip, checked });
  if (pushes === undefined) return { tip, plan: undefined };
  const tree = new Map([...(await listTree(site, tip))].map(([path, { id }]) => [path, id]));
  const changes = stillThere(await foreignChanges(site, pushes), tree);
  const reader = createObjectReader(site);
  const read = (object: string): Promise<Buffer | undefined> => reader.read(object);
  const plan = await planFor({ tree, changes, view, read, redactor, detail: config.ledger.detail });
  return { tip, plan: { ...plan, files: plan.files.filter((file) => differs(site, tree, file)) } };
}

function differs(site: GitSite, tree: ReadonlyMap<string, string>, { path, content }: FileChange): boolean {
  const there = tree.get(path);
  if (content === null) return there !== undefined;
  if (typeof content === 'object' && 'object' in content) return there !== content.object;
  return there !== blobId(site, content);
}

/** What we wrote over since was looked at then. */
function stillThere(
  changes: ReadonlyMap<string, ForeignChange>,
  tree: ReadonlyMap<string, string>,
): ReadonlyMap<string, ForeignChange> {
  return new Map([...changes].filter(([path, { pushed }]) => tree.get(path) === pushed));
}

/** @returns false when somebody pushed meanwhile: then nothing was written. */
async function write(ledger: StoredLedger, { files }: Plan, tip: string): Promise<boolean> {
  let moved = false;
  await ledger.commit((view) => {
    moved = view.commit !== tip;
    return Promise.resolve(moved || files.length === 0 ? undefined : { files, parent: tip });
  }, 'Check what was pushed');
  return !moved;
}

/** A secret would still be found in the commit that brought it. */
async function forgetHistory({ ledger, ledgerCopy }: CheckedPlace): Promise<void> {
  await rewriteLedger(ledger, 'Take out secrets that were pushed', () =>
    Promise.resolve({ files: new Map(), decisions: [] }),
  );
  await ledgerCopy.discardLater();
}
