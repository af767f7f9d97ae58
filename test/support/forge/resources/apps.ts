/** The App itself, its installations, their tokens, and its webhooks' deliveries. */
import { randomBytes } from 'node:crypto';
import type { Actor, Installation, InstallationToken, Permissions } from '../state/account.ts';
import { covers, findInstallation, type State } from '../state/state.ts';
import {
  created,
  found,
  integer,
  invalid,
  listed,
  notFound,
  nothing,
  ok,
  optionalText,
  Refusal,
  text,
  type Call,
  type GlobalHandlers,
  type RepositoryHandlers,
} from '../server/handler.ts';
import { appView, installationView } from '../views/app.ts';
import { repositoryView } from '../views/repository.ts';
import { removeInstallation, resumeInstallation, suspendInstallation } from './installing.ts';

const installationOf = ({ world, input }: Call): Installation =>
  found(world.state.installations.get(integer(input, 'installation_id')));

/** An hour, as on GitHub. */
const lifetime = 3_600_000;

export const apps: GlobalHandlers = {
  'apps/get-authenticated': { by: 'app', answer: ({ world }) => ok(appView(world)) },
  'apps/create-from-manifest': {
    by: 'anybody',
    answer({ world }) {
      const { app } = world.state;
      const secrets = { client_secret: 'secret', webhook_secret: app.webhook.secret, pem: app.privateKey };
      return created({ ...appView(world), ...secrets });
    },
  },
  'apps/get-webhook-config-for-app': { by: 'app', answer: ({ world }) => ok(webhookConfig(world.state)) },
  'apps/update-webhook-config-for-app': {
    by: 'app',
    answer({ world, input }) {
      const url = optionalText(input, 'url');
      if (url !== undefined) world.state.app.webhook.url = url;
      world.state.app.webhook.secret = optionalText(input, 'secret') ?? world.state.app.webhook.secret;
      return ok(webhookConfig(world.state));
    },
  },
  'apps/list-installations': {
    by: 'app',
    answer: ({ world }) => listed(world.state.installations.values(), (one) => installationView(world, one)),
  },
  'apps/get-installation': {
    by: 'app',
    answer: (call) => ok(installationView(call.world, installationOf(call))),
  },
  'apps/delete-installation': {
    by: 'app',
    answer(call) {
      removeInstallation(call.world, installationOf(call), call.world.state.app.bot);
      return nothing;
    },
  },
  'apps/suspend-installation': {
    by: 'app',
    answer(call) {
      suspendInstallation(call.world, installationOf(call), call.world.state.app.bot);
      return nothing;
    },
  },
  'apps/unsuspend-installation': {
    by: 'app',
    answer(call) {
      resumeInstallation(call.world, installationOf(call), call.world.state.app.bot);
      return nothing;
    },
  },
  'apps/create-installation-access-token': { by: 'app', answer: (call) => created(mint(call)) },
  'apps/revoke-installation-access-token': {
    by: 'installation',
    answer({ world, actor }) {
      world.state.installationTokens.delete(tokenOf(actor).token);
      return nothing;
    },
  },
  'apps/list-repos-accessible-to-installation': {
    by: 'installation',
    answer({ world, actor }) {
      const { installation, repositories } = tokenOf(actor);
      const visible = [...world.state.repositories.values()].filter(
        (repository) => covers(installation, repository) && (repositories?.has(repository.id) ?? true),
      );
      return listed(visible, (repository) => repositoryView(world, repository), 'repositories');
    },
  },
  'apps/get-org-installation': {
    by: 'app',
    answer: (call) => ok(installationFor(call, text(call.input, 'org'))),
  },
  'apps/get-user-installation': {
    by: 'app',
    answer: (call) => ok(installationFor(call, text(call.input, 'username'))),
  },
};

export const repositoryInstallation: RepositoryHandlers = {
  'apps/get-repo-installation': {
    needs: ['metadata:read'],
    answer: ({ world, repository }) =>
      ok(installationView(world, found(findInstallation(world.state, repository)))),
  },
};

function tokenOf(actor: Actor): InstallationToken {
  if (actor.kind !== 'installation') throw notFound();
  return actor.token;
}

function installationFor({ world }: Call, login: string) {
  const all = [...world.state.installations.values()];
  return installationView(
    world,
    found(all.find(({ account }) => account.login.toLowerCase() === login.toLowerCase())),
  );
}

function webhookConfig({ app }: State) {
  const { url } = app.webhook;
  return {
    content_type: 'json',
    insecure_ssl: '0',
    secret: '********',
    ...(url === undefined ? {} : { url }),
  };
}

function mint(call: Call) {
  const { world, input } = call;
  const installation = installationOf(call);
  if (installation.suspended !== undefined) throw new Refusal(403, 'This installation has been suspended');
  const permissions = grantedPermissions(installation, input.permissions);
  const repositories = chosenRepositories(call, installation);
  const token: InstallationToken = {
    // As long as GitHub's, so that what redacts or stores them meets the real shape.
    token: `ghs_${randomBytes(390).toString('base64url')}`,
    installation,
    permissions,
    expiresAt: world.now().getTime() + lifetime,
    ...(repositories === undefined ? {} : { repositories: new Set(repositories.map(({ id }) => id)) }),
  };
  world.state.installationTokens.set(token.token, token);
  return {
    token: token.token,
    expires_at: `${new Date(token.expiresAt).toISOString().slice(0, 19)}Z`,
    permissions,
    repository_selection: repositories === undefined ? installation.selection : 'selected',
    ...(repositories === undefined
      ? {}
      : { repositories: repositories.map((repository) => repositoryView(world, repository)) }),
  };
}

function grantedPermissions(installation: Installation, asked: unknown): Permissions {
  if (asked === undefined) return installation.permissions;
  const wanted = asked as Permissions;
  for (const [name, level] of Object.entries(wanted)) {
    const granted = installation.permissions[name];
    if (granted === undefined || (level === 'write' && granted === 'read'))
      throw new Refusal(422, 'The permissions requested are not granted to this installation.');
  }
  return { metadata: 'read', ...wanted };
}

function chosenRepositories({ world, input }: Call, installation: Installation) {
  const ids = input.repository_ids as readonly number[] | undefined;
  const names = input.repositories as readonly string[] | undefined;
  if (ids === undefined && names === undefined) return undefined;
  const visible = [...world.state.repositories.values()].filter((repository) =>
    covers(installation, repository),
  );
  const chosen = [
    ...(ids ?? []).map((id) => visible.find((repository) => repository.id === id)),
    ...(names ?? []).map((name) =>
      visible.find((repository) => repository.name.toLowerCase() === name.toLowerCase()),
    ),
  ];
  return chosen.map((repository) => {
    if (repository === undefined)
      throw invalid(
        'There is at least one repository that does not exist or is not accessible to the parent installation.',
      );
    return repository;
  });
}
