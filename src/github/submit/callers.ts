/** Who may hand in sessions for a repository: people who may push to it, and workflows of its own default branch. */
import { createHash } from 'node:crypto';
import type { Config } from '../../core/config.ts';
import { isRefusal, type Caller, type Refusal, type Target } from '../../core/sessions/submission.ts';
import type { GitHubClient } from '../client.ts';
import { asking, statusOf } from '../failure.ts';
import type { HostedRepository, Octokit } from '../hosted.ts';
import { createTokenVerifier, type OidcSettings, type WorkflowClaims } from './actions-token.ts';
import { personOf, whyNot, type Person } from './person-token.ts';
import { remembered } from './remembered.ts';

export interface Admitted {
  readonly caller: Caller;
  readonly hosted: HostedRepository;
}

export interface CallerOptions {
  readonly client: Pick<GitHubClient, 'named'>;
  readonly oidc: OidcSettings;
  /** In the name of whoever the token belongs to. */
  readonly octokitOf: (token: string) => Octokit;
  /** The configuration in force: it names other repositories whose workflows may hand in sessions. */
  readonly configOf: (hosted: HostedRepository) => Promise<Config>;
}

const minute = 60_000;
const mostRemembered = 1_000;

/** Events that run what is on the default branch, for people who may push there. */
const events: readonly string[] = ['push', 'schedule', 'workflow_dispatch'];

const unseen: Refusal = { refused: 404, reason: 'There is no such repository.' };

/**
 * @returns what answers who a token stands for, or why it is not let in; a repository that the caller may not see and one
 * that the App is not installed on are refused alike.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot say.
 */
export function createCallers(
  options: CallerOptions,
): (token: string, target: Target) => Promise<Admitted | Refusal> {
  const verify = createTokenVerifier(options.oidc);
  const people = remembered<Person | Refusal>(minute, mostRemembered);
  const rights = remembered<Refusal | undefined>(minute, mostRemembered);

  const asPerson = async (token: string, target: Target): Promise<Admitted | Refusal> => {
    const key = createHash('sha256').update(token).digest('hex');
    const octokit = options.octokitOf(token);
    const person = await people.get(key, () => personOf(octokit));
    if (isRefusal(person)) return person;
    const hosted = await options.client.named(target.owner, target.name);
    if (hosted === undefined) return unseen;
    const refusal = await rights.get(`${key} ${hosted.id}`, () => whyNot(person, octokit, hosted));
    if (refusal !== undefined) return refusal;
    return { hosted, caller: { key: `person ${person.id}`, login: person.login, person: true } };
  };

  const asWorkflow = async (token: string, target: Target): Promise<Admitted | Refusal> => {
    const claims = await verify(token);
    if (isRefusal(claims)) return claims;
    const hosted = await options.client.named(target.owner, target.name);
    if (hosted === undefined) return unseen;
    const refusal = await whyNotWorkflow(claims, hosted, options);
    if (refusal !== undefined) return refusal;
    const { repositoryId, actor, repository } = claims;
    const key = `workflow ${repositoryId}`;
    return { hosted, caller: { key, login: actor, person: false, recordedIn: repository } };
  };

  return (token, target) => (isSignedClaims(token) ? asWorkflow(token, target) : asPerson(token, target));
}

/** Three parts, the first of which is JSON: no token that GitHub gives to people or Apps. */
function isSignedClaims(token: string): boolean {
  return /^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(token);
}

async function whyNotWorkflow(
  claims: WorkflowClaims,
  hosted: HostedRepository,
  options: CallerOptions,
): Promise<Refusal | undefined> {
  const from = await sourceOf(claims, hosted, options);
  if (from === undefined) return unseen;
  if (!events.includes(claims.event))
    return {
      refused: 403,
      reason: `Workflows hand in sessions when they run on ${events.join(', ')}: what others propose may run on ${claims.event.slice(0, 50)}.`,
    };
  if (claims.ref === `refs/heads/${from.defaultBranch}`) return undefined;
  return { refused: 403, reason: 'Workflows hand in sessions when they run on the default branch.' };
}

/** The repository whose workflow runs, if it may hand in sessions here: this one, or one that the config names. */
async function sourceOf(
  { repositoryId, repository }: WorkflowClaims,
  hosted: HostedRepository,
  { client, configOf }: CallerOptions,
): Promise<Pick<HostedRepository, 'id' | 'defaultBranch'> | undefined> {
  if (repositoryId === hosted.id) return hosted;
  const { sources } = await configOf(hosted);
  if (!sources.some((source) => source.toLowerCase() === repository.toLowerCase())) return undefined;
  const [owner = '', name = ''] = repository.split('/');
  const found = (await client.named(owner, name)) ?? (await publicOne(hosted.octokit, owner, name));
  // A name can be given to another repository: the id cannot.
  return found?.id === repositoryId ? found : undefined;
}

async function publicOne(octokit: Octokit, owner: string, name: string) {
  return asking('asking for a source', async () => {
    try {
      const { data } = await octokit.rest.repos.get({ owner, repo: name });
      return { id: data.id, defaultBranch: data.default_branch };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  });
}
