/** What people may do in a repository at this moment. */
import { asking, statusOf } from './failure.ts';
import type { HostedRepository } from './hosted.ts';

export type Permission = 'admin' | 'write' | 'read' | 'none';

/**
 * @returns what GitHub says when it is asked; `maintain` counts as write, `triage` as read. Bots and accounts that are
 * gone may nothing.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot say.
 */
export async function permissionOf(
  { octokit, owner, name }: Pick<HostedRepository, 'octokit' | 'owner' | 'name'>,
  login: string,
): Promise<Permission> {
  if (isBotLogin(login)) return 'none';
  return asking('asking what somebody may do', async () => {
    try {
      const asked = { owner, repo: name, username: login };
      const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel(asked);
      return known.find((permission) => permission === data.permission) ?? 'none';
    } catch (error) {
      if (statusOf(error) === 404) return 'none';
      throw error;
    }
  });
}

const known = ['admin', 'write', 'read'] as const satisfies readonly Permission[];

export function mayWrite(permission: Permission): boolean {
  return permission === 'admin' || permission === 'write';
}

/** No person's login has brackets. */
export function isBotLogin(login: string): boolean {
  return login.endsWith('[bot]');
}
