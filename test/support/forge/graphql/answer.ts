/** GraphQL, as far as REST cannot do it: signed commits, auto-merge and the merge queue. graphql-js checks both directions. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, graphql, type GraphQLError } from 'graphql';
import { accountOf, authenticate } from '../server/authenticate.ts';
import { authorize } from '../server/authorize.ts';
import { Refusal, type Answer } from '../server/handler.ts';
import { rateHeaders, type RateLimits } from '../server/rate-limit.ts';
import type { Journal, RecordedRequest } from '../server/record.ts';
import type { Serially } from '../server/serially.ts';
import type { Actor } from '../state/account.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../world.ts';
import { graphqlError, type GraphqlCall } from './call.ts';
import { mutations } from './mutations.ts';
import { queries } from './queries.ts';

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../fixtures/schema.graphql'), 'utf8'));

export interface GraphqlParts {
  readonly world: World;
  readonly limits: RateLimits;
  readonly journal: Journal;
  readonly serially: Serially;
  readonly afterwards: (repository: Repository) => Promise<void>;
}

interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Always 200 where the caller is known: what went wrong is in `errors`. */
export async function answerGraphql(
  parts: GraphqlParts,
  authorization: string | undefined,
  body: unknown,
  record: RecordedRequest,
): Promise<Answer> {
  const { world, journal, limits, serially, afterwards } = parts;
  let actor: Actor;
  try {
    actor = authenticate(world, authorization);
    const { query, variables = {} } = body as GraphqlRequest;
    const call = callOf(world, actor);
    record.by = actor.kind;
    limits.count(actor, record);
    const source = {
      schema,
      source: query,
      rootValue: { ...queries, ...mutations },
      contextValue: call,
      variableValues: variables,
    };
    const result = await serially(async () => {
      const outcome = await graphql(source);
      for (const repository of world.state.repositories.values()) await afterwards(repository);
      return outcome;
    });
    const errors = result.errors?.map((error) => errorView(error, journal));
    return {
      status: 200,
      headers: rateHeaders(limits.of(actor)),
      body: {
        ...(result.data === undefined ? {} : { data: result.data }),
        ...(errors === undefined ? {} : { errors }),
      },
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      status: error.status,
      headers: error.headers,
      body: { message: error.message, documentation_url: 'https://docs.github.com/graphql' },
    };
  }
}

function callOf(world: World, actor: Actor): GraphqlCall {
  return {
    world,
    actor,
    account: accountOf(world, actor),
    allow(repository, permission) {
      try {
        authorize(actor, repository, { needs: [permission], answer: () => ({ status: 200 }) });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw graphqlError(error.status === 404 ? 'NOT_FOUND' : 'FORBIDDEN', error.message);
      }
    },
  };
}

/** What does not fit the schema is the caller's mistake; what is no GraphQL error at all is the stand-in's. */
function errorView(error: GraphQLError, journal: Journal) {
  const { message, path, locations, extensions, cause } = error;
  const type = extensions.type;
  if (type === undefined)
    journal.violations.push(`graphql: ${cause instanceof Error ? (cause.stack ?? message) : message}`);
  return { message, path, locations, ...(type === undefined ? {} : { type }) };
}
