/** People, organizations and bots as GitHub shows them. */
import type { Account, Role } from '../state/account.ts';
import { atLeast, roles } from '../state/account.ts';
import { nodeId } from '../state/state.ts';
import type { Document, World } from '../world.ts';

export function accountView(world: World, account: Account): Document {
  const url = `${world.api}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${world.origin}/avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${world.origin}/${account.type === 'Bot' ? 'apps/' : ''}${account.login.replace('[bot]', '')}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

export function publicAccountView(world: World, account: Account): Document {
  return {
    ...accountView(world, account),
    name: account.login,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  };
}

/** What somebody sees of themselves. */
export function privateAccountView(world: World, account: Account): Document {
  return {
    ...publicAccountView(world, account),
    private_gists: 0,
    total_private_repos: 0,
    owned_private_repos: 0,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  };
}

export function organizationView(world: World, account: Account): Document {
  const url = `${world.api}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('Organization', account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.origin}/avatars/${account.id}`,
    description: null,
  };
}

/** `{ admin, maintain, push, triage, pull }`. */
export function permissionsView(role: Role | undefined): Document {
  const names = {
    read: 'pull',
    triage: 'triage',
    write: 'push',
    maintain: 'maintain',
    admin: 'admin',
  } as const;
  return Object.fromEntries(roles.map((needed) => [names[needed], atLeast(role, needed)]));
}

export function collaboratorView(world: World, account: Account, role: Role | undefined): Document {
  return { ...accountView(world, account), permissions: permissionsView(role), role_name: role ?? 'none' };
}
