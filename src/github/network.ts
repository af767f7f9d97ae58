/** Runs git commands that talk to GitHub: the token in their environment only, and with an end that reaches their helpers. */
import { execa } from 'execa';
import { DreamkeeperError, RetryLaterError } from '../core/error.ts';
import type { GitSite } from '../git/run.ts';
import { notStarted, siteArguments, siteEnvironment } from '../git/run.ts';
import type { HostedRepository } from './hosted.ts';

export interface Network {
  readonly site: GitSite;
  readonly hosted: Pick<HostedRepository, 'gitUrl' | 'gitAuth' | 'fullName'>;
}

export interface NetworkResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A connection that stands still is given up: less than 1,000 bytes a second for a minute. */
const patience = ['-c', 'http.lowSpeedLimit=1000', '-c', 'http.lowSpeedTime=60'];
const killedAfterMilliseconds = 2_000;

/** What git calls the remote: settings of a partial clone need a name. */
export const remoteName = 'origin';

/**
 * @returns how it ended; whether a code other than 0 is an answer is the caller's to say.
 * @throws the reason of the signal of the site when it is aborted.
 */
export async function runNetwork(
  { site, hosted }: Network,
  args: readonly string[],
  input?: string,
): Promise<NetworkResult> {
  const { signal } = site;
  const auth = await hosted.gitAuth();
  signal?.throwIfAborted();
  const env = {
    GIT_ALLOW_PROTOCOL: new URL(hosted.gitUrl).protocol.replace(':', ''),
    GIT_NO_LAZY_FETCH: '0',
    // Literal, so that no name of a file means more than itself.
    GIT_LITERAL_PATHSPECS: '1',
    ...auth,
  };
  const running = execa('git', [...siteArguments(site), ...patience, ...args], {
    cwd: site.gitDir,
    env: siteEnvironment(site, { env }),
    extendEnv: false,
    reject: false,
    maxBuffer: 2 ** 28,
    // A group of its own: `git` passes on no signal to git-remote-https, which would go on without it.
    detached: process.platform !== 'win32',
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
  });
  const stop = (): void => endGroup(running.pid);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const result = await running;
    signal?.throwIfAborted();
    if (result.exitCode === undefined) throw notStarted(result);
    return { stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode };
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  const send = (signal: NodeJS.Signals): void => {
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, signal);
    } catch {
      // It is gone.
    }
  };
  send('SIGTERM');
  setTimeout(() => send('SIGKILL'), killedAfterMilliseconds).unref();
}

/** What git over HTTP says when GitHub refuses or cannot be reached. */
export function networkFailure(result: NetworkResult, doing: string, { hosted }: Network): Error {
  const { stderr } = result;
  const of = (message: string, remedy?: string, retryable = false): DreamkeeperError =>
    new DreamkeeperError('repository', `${doing} ${hosted.fullName}: ${message}`, {
      retryable,
      ...(remedy === undefined ? {} : { remedy }),
    });
  if (/returned error: 429|rate limit/i.test(stderr))
    return new RetryLaterError(`${doing} ${hosted.fullName}: GitHub asks to wait`, 60);
  if (/archived|read-only/i.test(stderr))
    return of('it is archived', 'Unarchive it, or take it out of the installation of the App.');
  if (/Repository not found|returned error: 404/i.test(stderr))
    return of('it is not there', 'It was removed, transferred, or taken out of the installation of the App.');
  if (/returned error: 40[13]|Authentication failed|could not read Username/i.test(stderr))
    return of(
      'GitHub refuses the App',
      'The installation may be suspended, or lack the permission "contents".',
    );
  return of(stderr.trim().slice(-1_000) || `git ended with code ${result.exitCode}`, undefined, true);
}

/** Whether the failure is GitHub's or the network's, so that a new copy would fare no better. */
export function isRemoteFailure(stderr: string): boolean {
  return /returned error: \d{3}|unable to access|remote error|Authentication failed|could not read Username|Repository not found|RPC failed|early EOF|hung up unexpectedly|rate limit/i.test(
    stderr,
  );
}
