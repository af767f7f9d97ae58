/** Installing the App, taking it away, and everything between; with the webhooks that tell of it. */
import type { Account, Installation } from '../state/account.ts';
import type { Repository } from '../state/repository.ts';
import { covers, newId } from '../state/state.ts';
import { installationView } from '../views/app.ts';
import { namedRepositoryView } from '../views/repository.ts';
import { timestamp, type World } from '../world.ts';

/** @param repositories only these; all of the account without them. */
export function addInstallation(
  world: World,
  account: Account,
  repositories: readonly Repository[] | undefined,
  by: Account,
): Installation {
  const installation: Installation = {
    id: newId(world.state),
    account,
    permissions: world.state.app.permissions,
    createdAt: timestamp(world),
    selection: repositories === undefined ? 'all' : 'selected',
    repositories: new Set(repositories?.map(({ id }) => id)),
  };
  world.state.installations.set(installation.id, installation);
  tell(world, installation, 'created', by);
  return installation;
}

export function removeInstallation(world: World, installation: Installation, by: Account): void {
  tell(world, installation, 'deleted', by);
  world.state.installations.delete(installation.id);
  revokeTokens(world, installation);
}

export function suspendInstallation(world: World, installation: Installation, by: Account): void {
  installation.suspended = { by, at: timestamp(world) };
  tell(world, installation, 'suspend', by);
}

export function resumeInstallation(world: World, installation: Installation, by: Account): void {
  delete installation.suspended;
  tell(world, installation, 'unsuspend', by);
}

function revokeTokens(world: World, installation: Installation): void {
  for (const [token, { installation: of }] of world.state.installationTokens)
    if (of === installation) world.state.installationTokens.delete(token);
}

function tell(world: World, installation: Installation, action: string, sender: Account): void {
  const repositories = [...world.state.repositories.values()].filter((one) => covers(installation, one));
  world.announce({
    event: 'installation',
    action,
    sender,
    installation: installation.id,
    payload: {
      installation: installationView(world, installation),
      ...(action === 'created' ? { requester: null } : {}),
      repositories: repositories.map(namedRepositoryView),
    },
  });
}

/** Changes which repositories were selected. Of an installation on all, new repositories are told of without a change. */
export function selectRepositories(
  world: World,
  installation: Installation,
  change: { readonly added?: readonly Repository[]; readonly removed?: readonly Repository[] },
  by: Account,
): void {
  const { added = [], removed = [] } = change;
  for (const { id } of added) installation.repositories.add(id);
  for (const { id } of removed) installation.repositories.delete(id);
  for (const [action, list] of [
    ['added', added],
    ['removed', removed],
  ] as const) {
    if (list.length === 0) continue;
    world.announce({
      event: 'installation_repositories',
      action,
      sender: by,
      installation: installation.id,
      payload: {
        installation: installationView(world, installation),
        repository_selection: installation.selection,
        repositories_added: action === 'added' ? list.map(namedRepositoryView) : [],
        repositories_removed: action === 'removed' ? list.map(namedRepositoryView) : [],
        requester: null,
      },
    });
  }
}
