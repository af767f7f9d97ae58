/** Transcripts that a team keeps in Git: on the default branch, and as checkpoints on a branch of their own. */
import { createHash } from 'node:crypto';
import picomatch from 'picomatch/posix.js';
import type { Logger } from 'pino';
import { extractorVersion, gather } from '../core/dream/gather/gather.ts';
import type { Source } from '../core/sessions/format.ts';
import { bringFiles } from '../git/missing.ts';
import { createObjectReader } from '../git/objects.ts';
import { readRef } from '../git/ref.ts';
import { gitText, runGit, splitNul, type GitSite } from '../git/run.ts';
import { treeSource, type TreeFiles } from '../git/tree-source.ts';
import { isRegularFile, listTree } from '../git/tree.ts';
import { ingest } from '../ingest.ts';
import type { HostedPlace } from './repositories.ts';

export interface Kept {
  readonly ingested: number;
  readonly unchanged: number;
  readonly refused: number;
}

/** Where SpecStory keeps its files, whatever the config says. */
const always = ['.specstory/history/**/*.md'];
const checkpoints = 'refs/heads/entire/checkpoints/v1';
/** In a checkpoint, all that is read. */
const checkpointFile = /(?:^|\/)(?:full\.jsonl|metadata\.json)$/;

/** What was looked at, known to this copy only: without it all is read anew, and is there already. */
const lookedRefs = 'refs/dreamkeeper/kept';
/** Files of one look; the names of most begin with a date, so the last are the newest. */
const mostFiles = 5_000;
/** Refused files that the log names, of each look. */
const mostTold = 20;
/** Contents that are fetched together. */
const batch = 200;

/**
 * Reads files that were added or changed since the last look. Whoever committed them need not have typed them: what looks
 * typed in them is claimed.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot be reached or refuses the ledger.
 */
export async function takeKept(
  place: HostedPlace,
  context: { signal: AbortSignal; log: Logger },
): Promise<Kept> {
  const { copy, repository, config } = place;
  const patterns = [...config.sessions, ...always];
  const head = await repository.resolve('HEAD');
  const isKept = matcherOf(patterns);
  const branches = [
    { commit: head, matches: isKept, name: nameOf(patterns) },
    {
      commit: await copy.fetchBranch(checkpoints, `${lookedRefs}-checkpoints`),
      matches: (path: string) => checkpointFile.test(path),
      name: 'checkpoints',
    },
  ];
  const sum = { ingested: 0, unchanged: 0, refused: 0 };
  for (const { commit, matches, name } of branches) {
    if (commit === undefined) continue;
    const found = await takeBranch(place, { commit, matches, ref: `${lookedRefs}/${name}` }, context);
    sum.ingested += found.ingested;
    sum.unchanged += found.unchanged;
    sum.refused += found.refused;
  }
  await forgetOther(
    repository.site,
    branches.map(({ name }) => `${lookedRefs}/${name}`),
  );
  return sum;
}

/** @param patterns one that begins with `!` takes away. */
function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const options = { dot: true, nonegate: true };
  const isIncluded = picomatch(
    patterns.filter((pattern) => !pattern.startsWith('!')),
    options,
  );
  const excluded = patterns.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : []));
  const isExcluded = excluded.length === 0 ? () => false : picomatch(excluded, options);
  return (path) => !path.includes('\n') && isIncluded(path) && !isExcluded(path);
}

/** Other patterns are another look. */
function nameOf(patterns: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(patterns)).digest('hex').slice(0, 16);
}

interface Look {
  readonly commit: string;
  readonly matches: (path: string) => boolean;
  /** Where the last look is remembered. */
  readonly ref: string;
}

async function takeBranch(
  place: HostedPlace,
  { commit, matches, ref }: Look,
  { signal, log }: { signal: AbortSignal; log: Logger },
): Promise<Kept> {
  const { repository, ledger, redactor, config, hosted } = place;
  const { site } = repository;
  const isNew = (await ledger.read()).commit === undefined;
  const looked = isNew ? undefined : (await readRef(site, ref)).commit;
  const none = { ingested: 0, unchanged: 0, refused: 0 };
  if (looked === commit) return none;
  const tree = await listTree(site, commit);
  const kept = [...tree].filter(([path, entry]) => isRegularFile(entry) && matches(path));
  const changed = looked === undefined ? undefined : await changedPaths(site, looked, commit);
  const wanted = kept.map(([path]) => path).filter((path) => changed?.has(path) ?? true);
  if (wanted.length > mostFiles)
    log.warn({ files: wanted.length, read: mostFiles }, 'many transcripts in Git');
  const objects = new Map(kept.map(([path, { id }]) => [path, id]));
  const report = await ingest({
    sources: sources(place, { commit, objects }, wanted.slice(-mostFiles), signal),
    ledger,
    redactor,
    detail: config.ledger.detail,
    extractor: { version: extractorVersion, gather },
    recordedIn: hosted.fullName,
  });
  for (const refused of report.refused.slice(0, mostTold))
    log.info(refused, 'a transcript in Git was not taken in');
  await runGit(site, ['update-ref', ref, commit]);
  return { ingested: report.ingested, unchanged: report.unchanged, refused: report.refused.length };
}

async function* sources(
  { copy, repository: { site } }: HostedPlace,
  { commit, objects }: { readonly commit: string; readonly objects: ReadonlyMap<string, string> },
  wanted: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Source> {
  const reader = createObjectReader(site);
  const brought = new Set<string>();
  const bring = async (paths: readonly string[]): Promise<void> => {
    await bringFiles(site, commit, paths, (ids) => copy.fetchObjects(ids));
    for (const path of paths) brought.add(path);
  };
  const read: TreeFiles['read'] = async (path) => {
    if (!brought.has(path)) await bring([path]);
    return reader.read(objects.get(path) ?? '');
  };
  const paths = new Set(objects.keys());
  for (let from = 0; from < wanted.length; from += batch) {
    signal.throwIfAborted();
    const some = wanted.slice(from, from + batch);
    await bring(some);
    for (const path of some) yield treeSource({ paths, read }, path);
  }
}

/** @returns undefined when the earlier commit is gone: then nothing is known. */
async function changedPaths(
  site: GitSite,
  from: string,
  to: string,
): Promise<ReadonlySet<string> | undefined> {
  const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--diff-filter=AMT', from, to, '--'];
  const { stdout, exitCode } = await runGit(site, args, { accept: [0, 128] });
  return exitCode === 0 ? new Set(splitNul(stdout)) : undefined;
}

async function forgetOther(site: GitSite, kept: readonly string[]): Promise<void> {
  const listed = await gitText(site, ['for-each-ref', '--format=%(refname)', `${lookedRefs}/`]);
  const gone = listed.split('\n').filter((ref) => ref !== '' && !kept.includes(ref));
  if (gone.length === 0) return;
  await runGit(site, ['update-ref', '--stdin'], { input: gone.map((ref) => `delete ${ref}\n`).join('') });
}
