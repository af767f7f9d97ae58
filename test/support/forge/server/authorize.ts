/** Whether the caller may see a repository, and do what they ask. GitHub hides what may not be seen: 404, not 403. */
import { atLeast, type Actor, type Grant, type Permissions, type Role } from '../state/account.ts';
import type { Repository } from '../state/repository.ts';
import { covers, roleOf } from '../state/state.ts';
import { notFound, Refusal, type GlobalHandler, type Permission, type RepositoryHandler } from './handler.ts';

export function canSee(actor: Actor, repository: Repository): boolean {
  switch (actor.kind) {
    case 'app':
      return true;
    case 'anonymous':
      return !repository.private;
    case 'person':
      if (actor.grant !== undefined && repository.private && !actor.grant.repositories.has(repository.id))
        return false;
      return roleOf(repository, actor.account) !== undefined;
    case 'installation':
      return !repository.private || reaches(actor, repository);
  }
}

function reaches({ token }: Extract<Actor, { kind: 'installation' }>, repository: Repository): boolean {
  return covers(token.installation, repository) && (token.repositories?.has(repository.id) ?? true);
}

/** @throws {Refusal} 401, 403 or 404 */
export function authorize(actor: Actor, repository: Repository, handler: RepositoryHandler): void {
  const { needs, role } = handler;
  const writes = needs.every((need) => need.endsWith(':write'));
  refuseSuspended(actor);
  if (!canSee(actor, repository)) throw notFound();
  if (actor.kind === 'anonymous' && writes) throw new Refusal(401, 'Requires authentication');
  if (writes && repository.archived && !needs.includes('administration:write'))
    throw new Refusal(403, 'Repository was archived so is read-only.');
  if (actor.kind === 'installation') authorizeInstallation(actor, repository, needs, writes);
  if (actor.kind !== 'person') return;
  authorizePerson(roleOf(repository, actor.account), role ?? (writes ? 'write' : 'read'));
  if (actor.grant !== undefined) authorizeGrant(actor.grant, repository, needs, writes);
}

/** A fine-grained token adds nothing to what its person may do, and holds them to what it names. */
function authorizeGrant(
  { permissions, repositories }: Grant,
  repository: Repository,
  needs: readonly Permission[],
  writes: boolean,
): void {
  if (!writes && !repository.private) return;
  if (repositories.has(repository.id) && needs.some((need) => isGranted(permissions, need))) return;
  throw new Refusal(403, 'Resource not accessible by personal access token');
}

function isGranted(permissions: Permissions, need: Permission): boolean {
  const [name = '', level] = need.split(':');
  return permissions[name] === 'write' || permissions[name] === level;
}

function refuseSuspended(actor: Actor): void {
  if (actor.kind === 'installation' && actor.token.installation.suspended !== undefined)
    throw new Refusal(403, 'This installation has been suspended');
}

function authorizeInstallation(
  actor: Extract<Actor, { kind: 'installation' }>,
  repository: Repository,
  needs: readonly Permission[],
  writes: boolean,
): void {
  // Anybody may read what is public.
  if (!writes && !repository.private) return;
  const enough = needs.some((need) => isGranted(actor.token.permissions, need));
  if (!enough || !reaches(actor, repository))
    throw new Refusal(403, 'Resource not accessible by integration', undefined, {
      'x-accepted-github-permissions': needs.map((need) => need.replace(':', '=')).join('; '),
    });
}

function authorizePerson(role: Role | undefined, needed: Role): void {
  if (atLeast(role, needed)) return;
  if (needed === 'admin') throw new Refusal(403, 'Must have admin rights to Repository.');
  throw new Refusal(403, 'You must have push access to the repository.');
}

/** @throws {Refusal} 401 or 403 */
export function authorizeGlobal(actor: Actor, { by }: GlobalHandler): void {
  const allowed = {
    anybody: true,
    somebody: actor.kind === 'person' || actor.kind === 'installation',
    installation: actor.kind === 'installation',
    app: actor.kind === 'app',
  }[by];
  if (!allowed && actor.kind === 'anonymous') throw new Refusal(401, 'Requires authentication');
  if (!allowed && by === 'app') throw new Refusal(401, 'A JSON web token could not be decoded');
  if (!allowed) throw new Refusal(403, 'Resource not accessible by integration');
  refuseSuspended(actor);
}
