/** Repositories, who works on them, and what is done with a whole one. */
import {
  created,
  found,
  invalid,
  listed,
  notFound,
  nothing,
  ok,
  optionalText,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import { atLeast, roles, type Account, type Role } from '../state/account.ts';
import { fullName } from '../state/repository.ts';
import { findInstallation, newId, roleOf } from '../state/state.ts';
import { accountView, collaboratorView } from '../views/account.ts';
import { fullRepositoryView, minimalRepositoryView, repositoryPage } from '../views/repository.ts';
import type { Document } from '../world.ts';

export const repositories: RepositoryHandlers = {
  'repos/get': { needs: ['metadata:read'], answer: (call) => ok(fullView(call)) },
  'repos/update': {
    needs: ['administration:write'],
    role: 'admin',
    answer(call) {
      applyChanges(call);
      return ok(fullView(call));
    },
  },
  'repos/transfer': {
    needs: ['administration:write'],
    role: 'admin',
    answer(call) {
      const { world, repository, input } = call;
      const owner = world.state.accounts.get(text(input, 'new_owner').toLowerCase());
      if (owner === undefined) throw invalid('New owner is not a known account');
      transfer(call, owner);
      return { status: 202, body: minimalRepositoryView(world, repository) };
    },
  },
  'repos/delete': {
    needs: ['administration:write'],
    role: 'admin',
    answer(call) {
      tell(call, 'deleted');
      call.world.state.repositories.delete(call.repository.id);
      return nothing;
    },
  },
  'repos/list-collaborators': {
    needs: ['metadata:read'],
    answer({ world, repository }) {
      const people = [...repository.collaborators].map(([login, role]) => ({
        account: accountOf(world, login),
        role,
      }));
      return listed(people, ({ account, role }) => collaboratorView(world, account, role));
    },
  },
  'repos/check-collaborator': {
    needs: ['metadata:read'],
    answer({ repository, input }) {
      if (!repository.collaborators.has(text(input, 'username').toLowerCase())) throw notFound();
      return nothing;
    },
  },
  'repos/add-collaborator': {
    needs: ['administration:write'],
    role: 'admin',
    answer: addCollaborator,
  },
  'repos/remove-collaborator': {
    needs: ['administration:write'],
    role: 'admin',
    answer({ repository, input }) {
      repository.collaborators.delete(text(input, 'username').toLowerCase());
      return nothing;
    },
  },
  'repos/get-collaborator-permission-level': {
    needs: ['metadata:read'],
    answer({ world, repository, input }) {
      const account = accountOf(world, text(input, 'username'));
      const role = roleOf(repository, account);
      return ok({
        permission: legacyPermission(role),
        role_name: role ?? 'none',
        user: collaboratorView(world, account, role),
      });
    },
  },
};

function accountOf(world: RepositoryCall['world'], login: string): Account {
  return found(world.state.accounts.get(login.toLowerCase()));
}

/** The four words of `permission`: `maintain` is told as write, `triage` as read. */
function legacyPermission(role: Role | undefined): string {
  if (role === undefined) return 'none';
  if (role === 'admin') return 'admin';
  return atLeast(role, 'write') ? 'write' : 'read';
}

function fullView({ world, repository, actor }: RepositoryCall): Document {
  const role = actor.kind === 'person' ? roleOf(repository, actor.account) : undefined;
  return fullRepositoryView(world, repository, role);
}

function addCollaborator({ world, repository, input, account }: RepositoryCall) {
  const invited = accountOf(world, text(input, 'username'));
  const names: Record<string, Role> = { pull: 'read', push: 'write' };
  const asked = optionalText(input, 'permission') ?? 'push';
  const role = names[asked] ?? roles.find((known) => known === asked);
  if (role === undefined) throw invalid('Permission is not known');
  const known = repository.collaborators.has(invited.login.toLowerCase());
  repository.collaborators.set(invited.login.toLowerCase(), role);
  if (known) return nothing;
  const id = newId(world.state);
  return created({
    id,
    node_id: String(id),
    repository: minimalRepositoryView(world, repository),
    invitee: accountView(world, invited),
    inviter: accountView(world, account),
    permissions: legacyPermission(role),
    created_at: repository.createdAt,
    url: `${world.api}/user/repository_invitations/${id}`,
    html_url: `${repositoryPage(world, repository)}/invitations`,
  });
}

const mergeFields = {
  allow_merge_commit: 'merge',
  allow_squash_merge: 'squash',
  allow_rebase_merge: 'rebase',
  allow_auto_merge: 'autoMerge',
  delete_branch_on_merge: 'deleteBranch',
} as const;

function applyChanges(call: RepositoryCall): void {
  const { repository, input } = call;
  if (repository.archived && input.archived !== false)
    throw new Refusal(403, 'Repository was archived so is read-only.');
  for (const [field, setting] of Object.entries(mergeFields))
    if (typeof input[field] === 'boolean') repository.merging[setting] = input[field];
  if (typeof input.has_issues === 'boolean') repository.issuesEnabled = input.has_issues;
  const description = optionalText(input, 'description');
  if (description !== undefined) repository.description = description;
  changeName(call);
  changeVisibility(call);
  changeDefaultBranch(call);
  if (typeof input.archived === 'boolean' && input.archived !== repository.archived) {
    repository.archived = input.archived;
    tell(call, repository.archived ? 'archived' : 'unarchived');
  }
}

function changeName(call: RepositoryCall): void {
  const { repository, input } = call;
  const name = optionalText(input, 'name');
  if (name === undefined || name === repository.name) return;
  const from = repository.name;
  repository.formerNames.add(fullName(repository).toLowerCase());
  repository.name = name;
  tell(call, 'renamed', { changes: { repository: { name: { from } } } });
}

function changeVisibility(call: RepositoryCall): void {
  const { repository, input } = call;
  const visibility = optionalText(input, 'visibility');
  const wanted = visibility === undefined ? input.private : visibility === 'private';
  if (typeof wanted !== 'boolean' || wanted === repository.private) return;
  repository.private = wanted;
  tell(call, wanted ? 'privatized' : 'publicized');
}

function changeDefaultBranch(call: RepositoryCall): void {
  const { repository, input } = call;
  const branch = optionalText(input, 'default_branch');
  if (branch === undefined || branch === repository.defaultBranch) return;
  if (!repository.refs.has(`refs/heads/${branch}`))
    throw invalid('The branch was not found. Please push that ref first or create it via the Git Data API.');
  const from = repository.defaultBranch;
  repository.defaultBranch = branch;
  tell(call, 'edited', { changes: { default_branch: { from } } });
}

/** The installation of the old owner loses it; that of the new one, if there is one, has it from now on. */
function transfer(call: RepositoryCall, owner: Account): void {
  const { world, repository } = call;
  const before = findInstallation(world.state, repository);
  const from = accountView(world, repository.owner);
  repository.formerNames.add(fullName(repository).toLowerCase());
  repository.owner = owner;
  before?.repositories.delete(repository.id);
  tell(call, 'transferred', {
    changes: { owner: { from: owner.type === 'User' ? { user: from } : { organization: from } } },
  });
}

function tell(call: RepositoryCall, action: string, payload: Document = {}): void {
  const { world, repository, account } = call;
  world.announce({ event: 'repository', action, sender: account, repository, payload });
}
