/** Sessions that a workflow uploaded as an artifact named `dreamkeeper-sessions`. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { extractorVersion, gather } from '../core/dream/gather/gather.ts';
import { DreamkeeperError } from '../core/error.ts';
import { openSources } from '../files.ts';
import { ingest } from '../ingest.ts';
import { unpackZip, type ZipLimits } from '../zip-files.ts';
import { asking, statusOf } from './failure.ts';
import type { HostedRepository } from './hosted.ts';
import type { HostedPlace } from './repositories.ts';

const artifactName = 'dreamkeeper-sessions';
/** Bytes of an archive. */
const mostBytes = 64 * 2 ** 20;
const zipLimits: ZipLimits = { files: 1_000, bytes: 256 * 2 ** 20, ratio: 200 };
const downloadMilliseconds = 300_000;
/** Events that run what is on the default branch, for people who may push there. */
const events: readonly string[] = ['push', 'schedule', 'workflow_dispatch'];

export type Uploaded =
  | { readonly ingested: number; readonly refused: readonly string[] }
  /** Nothing was looked at. */
  | { readonly skipped: 'gone' | 'fork' | 'branch' | 'event' | 'unfinished' };

/**
 * Nobody proves who typed what a workflow uploads: what looks typed is claimed.
 * @param run the id of the workflow run.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot be reached or refuses the ledger.
 */
export async function takeArtifacts(
  place: HostedPlace,
  run: number,
  { signal, log }: { readonly signal: AbortSignal; readonly log: Logger },
): Promise<Uploaded> {
  const { hosted, repository } = place;
  const skipped = await whyNot(place, run);
  if (skipped !== undefined) return { skipped };
  const refused: string[] = [];
  let ingested = 0;
  for (const { id, size } of await artifactsOf(hosted, run)) {
    signal.throwIfAborted();
    const folder = await mkdtemp(join(repository.site.gitDir, 'artifact-'));
    try {
      const archive = join(folder, 'archive.zip');
      const reason =
        size > mostBytes || !(await download(hosted, id, archive, signal))
          ? `it has more than ${mostBytes / 2 ** 20} MiB`
          : await unpackZip(archive, folder, zipLimits);
      if (typeof reason !== 'string' && 'files' in reason) ingested += await take(place, reason.files);
      else refused.push(typeof reason === 'string' ? reason : reason.refused);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
  for (const reason of refused) log.warn({ run, reason }, 'an artifact was not taken in');
  return { ingested, refused };
}

/** Only what runs on the default branch of this very repository, because somebody who may push wanted it. */
async function whyNot(
  { hosted: { octokit, owner, name, id, defaultBranch }, repository }: HostedPlace,
  run: number,
): Promise<Extract<Uploaded, { skipped: unknown }>['skipped'] | undefined> {
  const data = await asking('reading a workflow run', async () => {
    try {
      return (await octokit.rest.actions.getWorkflowRun({ owner, repo: name, run_id: run })).data;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  });
  if (data === undefined) return 'gone';
  const from = data.head_repository as { readonly id: number } | null;
  if (data.repository.id !== id || from?.id !== id) return 'fork';
  // A tag may bear the name of the branch.
  const isOnBranch =
    data.head_branch === defaultBranch && (await repository.isAncestor(data.head_sha, 'HEAD'));
  if (!isOnBranch) return 'branch';
  if (!events.includes(data.event)) return 'event';
  return data.status === 'completed' ? undefined : 'unfinished';
}

async function artifactsOf(
  { octokit, owner, name }: HostedRepository,
  run: number,
): Promise<readonly { readonly id: number; readonly size: number }[]> {
  const asked = { owner, repo: name, run_id: run, name: artifactName, per_page: 100 };
  const { data } = await asking('listing the artifacts of a workflow run', () =>
    octokit.rest.actions.listWorkflowRunArtifacts(asked),
  );
  return data.artifacts
    .filter((artifact) => artifact.name === artifactName && !artifact.expired)
    .map(({ id, size_in_bytes: size }) => ({ id, size }));
}

/** @returns false when it is larger than it may be. */
async function download(
  { octokit, owner, name }: HostedRepository,
  artifact: number,
  file: string,
  signal: AbortSignal,
): Promise<boolean> {
  const doing = 'downloading an artifact';
  const { headers } = await asking(doing, () =>
    octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', {
      ...{ owner, repo: name, artifact_id: artifact, archive_format: 'zip' },
      request: { redirect: 'manual' },
    }),
  );
  // Where it is stored needs no token, and gets none.
  const answer = await asking(doing, () =>
    fetch(headers.location ?? '', {
      signal: AbortSignal.any([signal, AbortSignal.timeout(downloadMilliseconds)]),
    }),
  );
  if (!answer.ok || answer.body === null)
    throw new DreamkeeperError('repository', `${doing}: its storage answered ${answer.status}`, {
      retryable: true,
    });
  const handle = await open(file, 'wx', 0o600);
  try {
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > mostBytes) return false;
      await handle.write(chunk);
    }
    return true;
  } finally {
    await handle.close();
  }
}

async function take(
  { ledger, redactor, config, hosted }: HostedPlace,
  files: readonly string[],
): Promise<number> {
  const report = await ingest({
    sources: openSources(files),
    ledger,
    redactor,
    detail: config.ledger.detail,
    extractor: { version: extractorVersion, gather },
    recordedIn: hosted.fullName,
  });
  return report.ingested;
}
