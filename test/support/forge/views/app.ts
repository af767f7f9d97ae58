/** The App and its installations as GitHub shows them. */
import type { AppRegistration, Installation } from '../state/account.ts';
import { nodeId } from '../state/state.ts';
import type { Document, World } from '../world.ts';
import { accountView } from './account.ts';

export function appView(world: World, app: AppRegistration = world.state.app): Document {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    client_id: app.clientId,
    owner: accountView(world, app.owner),
    name: app.name,
    description: '',
    external_url: 'https://example.com',
    html_url: `${world.origin}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

/** Whoever else runs checks: GitHub Actions. */
export function actionsAppView(world: World): Document {
  const owner = { id: 1, login: 'github', type: 'Organization' } as const;
  const { bot } = world.state.app;
  return {
    ...appView(world, {
      ...world.state.app,
      id: 15368,
      slug: 'github-actions',
      name: 'GitHub Actions',
      owner,
      bot,
    }),
    client_id: 'Iv1.actions',
    permissions: { checks: 'write' },
    events: [],
  };
}

export function installationView(world: World, installation: Installation): Document {
  const { app } = world.state;
  const { id, account, suspended } = installation;
  return {
    id,
    client_id: app.clientId,
    account: accountView(world, account),
    repository_selection: installation.selection,
    access_tokens_url: `${world.api}/app/installations/${id}/access_tokens`,
    repositories_url: `${world.api}/installation/repositories`,
    html_url: `${world.origin}/organizations/${account.login}/settings/installations/${id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: suspended === undefined ? null : accountView(world, suspended.by),
    suspended_at: suspended?.at ?? null,
  };
}
