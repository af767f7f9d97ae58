/** What the fields and mutations get to know of a GraphQL request, and how they refuse. */
import { GraphQLError } from 'graphql';
import type { Permission } from '../server/handler.ts';
import type { Account, Actor } from '../state/account.ts';
import { isPull, type PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { readNodeId } from '../state/state.ts';
import type { World } from '../world.ts';

export interface GraphqlCall {
  readonly world: World;
  readonly actor: Actor;
  readonly account: Account;
  /** @throws {GraphQLError} when the caller may not. */
  allow(repository: Repository, permission: Permission): void;
}

/** An error with the `type` GitHub gives it. */
export function graphqlError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** @throws {GraphQLError} for an id that is no pull request */
export function pullById(world: World, id: string): { repository: Repository; issue: PullIssue } {
  const wanted = readNodeId(id);
  for (const repository of world.state.repositories.values())
    for (const issue of repository.issues.values())
      if (isPull(issue) && wanted.kind === 'PullRequest' && String(issue.pull.id) === wanted.id)
        return { repository, issue };
  throw graphqlError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}
