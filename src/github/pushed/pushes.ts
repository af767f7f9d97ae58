/** Who pushed what to the ledger, as GitHub recorded it: addresses in commits can be forged. */
import { RetryLaterError } from '../../core/error.ts';
import { runGit, splitNul, type GitSite } from '../../git/run.ts';
import { asking, statusOf } from '../failure.ts';
import type { HostedRepository } from '../hosted.ts';
import type { WorkingCopy } from '../working-copy.ts';

export interface Push {
  /** Undefined: the branch was not there. */
  readonly before: string | undefined;
  readonly after: string;
  /** The login of the person; undefined for other programs, and where GitHub does not know. */
  readonly person: string | undefined;
  /** By the App itself. */
  readonly ours: boolean;
  readonly forced: boolean;
}

/** Of a thousand pushes the last ones are looked at; all older ones were, when they came. */
const mostPages = 10;
/** GitHub records a push a moment after it took it. */
const recordedSeconds = 10;

const none = /^0+$/;

/**
 * @param ledgerCopy where the ledger is.
 * @param of which tip must be accounted for, and up to which earlier one all is known.
 * @returns oldest first; undefined where this GitHub keeps no such record (before Enterprise Server 3.9).
 * @throws {RetryLaterError} when the record does not tell of the tip yet.
 */
export async function pushesSince(
  {
    ledgerCopy,
    bot,
  }: {
    readonly ledgerCopy: Pick<WorkingCopy, 'hosted' | 'ledgerRef'>;
    readonly bot: () => Promise<string>;
  },
  of: { readonly tip: string; readonly checked: string | undefined },
): Promise<readonly Push[] | undefined> {
  const found = await asking('reading who pushed to the ledger', () =>
    record(ledgerCopy.hosted, ledgerCopy.ledgerRef, of.checked),
  );
  if (found === undefined) return undefined;
  if (found[0]?.after !== of.tip)
    throw new RetryLaterError('GitHub has not recorded the last push to the ledger yet', recordedSeconds);
  const own = await bot();
  return found
    .filter(({ after }) => !none.test(after))
    .map(({ before, after, activity_type: type, actor }) => ({
      before: none.test(before) ? undefined : before,
      after,
      person: actor?.type === 'User' ? actor.login : undefined,
      ours: actor?.login === own,
      forced: type === 'force_push',
    }))
    .reverse();
}

type Activity = Awaited<
  ReturnType<HostedRepository['octokit']['rest']['repos']['listActivities']>
>['data'][number];

/** Newest first. */
async function record(
  { octokit, owner, name }: HostedRepository,
  ref: string,
  checked: string | undefined,
): Promise<readonly Activity[] | undefined> {
  const asked = { owner, repo: name, ref, per_page: 100 };
  const found: Activity[] = [];
  let pages = 0;
  try {
    for await (const { data } of octokit.paginate.iterator(octokit.rest.repos.listActivities, asked)) {
      for (const activity of data) {
        if (activity.after === checked) return found;
        found.push(activity);
      }
      pages += 1;
      if (pages >= mostPages) break;
    }
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
  return found;
}

/** A file that somebody else changed. */
export interface ForeignChange {
  /** The object before the first of their pushes; undefined: it was not there. */
  readonly earlier: string | undefined;
  /** The object of their last push; undefined: they took it away. */
  readonly pushed: string | undefined;
  readonly person: string | undefined;
  readonly forced: boolean;
}

/**
 * What others changed, by path. Commits that are not here were rewritten since, by us or by force: nothing is known of them.
 * @param pushes oldest first.
 */
export async function foreignChanges(
  site: GitSite,
  pushes: readonly Push[],
): Promise<ReadonlyMap<string, ForeignChange>> {
  const changes = new Map<string, ForeignChange>();
  for (const push of pushes) {
    if (push.ours) continue;
    const { person, forced } = push;
    for (const [path, { from, to }] of await changedBetween(site, push.before, push.after)) {
      const known = changes.get(path);
      const earlier = known === undefined ? from : known.earlier;
      changes.set(path, { earlier, pushed: to, person, forced: forced || known?.forced === true });
    }
  }
  return changes;
}

interface Change {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

async function changedBetween(
  site: GitSite,
  before: string | undefined,
  after: string,
): Promise<ReadonlyMap<string, Change>> {
  const empty = await emptyTree(site);
  const args = [
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--no-renames',
    '--no-abbrev',
    before ?? empty,
    after,
    '--',
  ];
  const { stdout, exitCode } = await runGit(site, args, { accept: [0, 128] });
  if (exitCode !== 0) return new Map();
  const changes = new Map<string, Change>();
  const fields = splitNul(stdout);
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [, , from = '', to = ''] = (fields[i] ?? '').split(' ');
    changes.set(fields[i + 1] ?? '', { from: objectOf(from), to: objectOf(to) });
  }
  return changes;
}

const objectOf = (id: string): string | undefined => (none.test(id) ? undefined : id);

async function emptyTree(site: GitSite): Promise<string> {
  const { stdout } = await runGit(site, ['hash-object', '-t', 'tree', '-w', '--stdin'], { input: '' });
  return Buffer.from(stdout).toString('utf8').trim();
}
