/** Tokens of people: who they are, and whether they may push to a repository. */
import { mayWrite, permissionOf } from '../people.ts';
import type { Refusal } from '../../core/sessions/submission.ts';
import { asking, statusOf } from '../failure.ts';
import type { HostedRepository, Octokit } from '../hosted.ts';

export interface Person {
  readonly id: number;
  readonly login: string;
}

/** @param octokit with the person's own token. */
export async function personOf(octokit: Octokit): Promise<Person | Refusal> {
  return asking('asking whose token it is', async () => {
    try {
      const { data } = await octokit.rest.users.getAuthenticated();
      if (data.type !== 'User') return { refused: 403, reason: 'The token belongs to no person.' };
      return { id: data.id, login: data.login };
    } catch (error) {
      if (statusOf(error) === 401) return { refused: 401, reason: 'GitHub does not know this token.' };
      if (statusOf(error) === 403)
        return {
          refused: 403,
          reason: 'The token belongs to no person. A workflow sends a token of its own (id-token: write).',
        };
      throw error;
    }
  });
}

/**
 * Asked twice: as the person's token sees it, because a token may be given less than its owner, and as the App does.
 * @returns undefined when they may.
 */
export async function whyNot(
  person: Person,
  octokit: Octokit,
  hosted: HostedRepository,
): Promise<Refusal | undefined> {
  const unseen: Refusal = { refused: 404, reason: 'There is no such repository.' };
  const notAllowed: Refusal = {
    refused: 403,
    reason: `Only those who may push to ${hosted.fullName} hand in sessions, with a token that may.`,
  };
  const seen = await repositorySeen(octokit, hosted);
  if (seen?.id !== hosted.id) return unseen;
  if (seen.permissions?.push !== true) return notAllowed;
  return mayWrite(await permissionOf(hosted, person.login)) ? undefined : notAllowed;
}

async function repositorySeen(octokit: Octokit, { owner, name }: HostedRepository) {
  return asking('asking what a token may see', async () => {
    try {
      return (await octokit.rest.repos.get({ owner, repo: name })).data;
    } catch (error) {
      if ([401, 403, 404].includes(statusOf(error) ?? 0)) return undefined;
      throw error;
    }
  });
}
