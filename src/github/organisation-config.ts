/** What an organisation says for all its repositories, in its own `.github` repository. Nobody else's is asked. */
import { configPath } from '../core/config.ts';
import { asking, statusOf, waitOf } from './failure.ts';
import type { HostedRepository, Octokit } from './hosted.ts';

/** Where organisations keep what holds for all their repositories. */
export const organisationRepository = '.github';

/**
 * @param octokit with a token that reaches the organisation's `.github` repository.
 * @returns the text on its default branch; undefined when there is none.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot say.
 */
export function readOrganisationConfig(octokit: Octokit, owner: string): Promise<string | undefined> {
  return asking("reading the organisation's config", async () => {
    try {
      const at = { owner, repo: organisationRepository, path: configPath };
      const { data } = await octokit.rest.repos.getContent(at);
      if (Array.isArray(data) || data.type !== 'file' || !('content' in data)) return undefined;
      return Buffer.from(data.content, 'base64').toString('utf8');
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      // Suspended or taken away meanwhile.
      if (statusOf(error) === 403 && waitOf(error) === undefined) return undefined;
      throw error;
    }
  });
}

type Read = (of: HostedRepository, signal?: AbortSignal) => Promise<string | undefined>;

/** All repositories of an owner read the same file, and a job is long: it is read once a minute. */
const goodMilliseconds = 60_000;

/** Only answers are kept: a job that was stopped must not stop another's reading. The `.github` repository has none. */
export function rememberingConfigs(read: Read): Read {
  const known = new Map<string, { readonly at: number; readonly text: string | undefined }>();
  return async (hosted, signal) => {
    if (hosted.name.toLowerCase() === organisationRepository) return read(hosted, signal);
    const key = `${hosted.installation} ${hosted.owner.toLowerCase()}`;
    const found = known.get(key);
    if (found !== undefined && performance.now() - found.at < goodMilliseconds) return found.text;
    const text = await read(hosted, signal);
    known.set(key, { at: performance.now(), text });
    return text;
  };
}
