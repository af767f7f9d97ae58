/** Branch protection: what it says, who is stopped by it. */
import {
  nothing,
  notFound,
  ok,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import { noProtection, requirementsOf, rulesFor } from '../merging/requirements.ts';
import { atLeast, type Actor } from '../state/account.ts';
import type { Protection, Repository } from '../state/repository.ts';
import { roleOf } from '../state/state.ts';
import { repositoryUrl } from '../views/repository.ts';
import type { Document, World } from '../world.ts';

export const protections: RepositoryHandlers = {
  'repos/get-branch-protection': {
    needs: ['administration:read'],
    role: 'admin',
    answer({ world, repository, input }) {
      const branch = text(input, 'branch');
      const protection = repository.protection.get(branch);
      if (protection === undefined) throw new Refusal(404, 'Branch not protected');
      return ok(protectionView(world, repository, branch, protection));
    },
  },
  'repos/update-branch-protection': {
    needs: ['administration:write'],
    role: 'admin',
    answer(call) {
      const { world, repository, input } = call;
      const branch = text(input, 'branch');
      const protection = readProtection(input);
      repository.protection.set(branch, protection);
      return ok(protectionView(world, repository, branch, protection));
    },
  },
  'repos/delete-branch-protection': {
    needs: ['administration:write'],
    role: 'admin',
    answer({ repository, input }) {
      if (!repository.protection.delete(text(input, 'branch'))) throw notFound();
      return nothing;
    },
  },
  'repos/get-branch-rules': {
    needs: ['metadata:read'],
    answer: ({ repository, input }) => rulesOf(repository, input),
  },
};

interface StatusChecks {
  readonly strict?: boolean;
  readonly contexts?: readonly string[];
  readonly checks?: readonly { readonly context: string }[];
}

interface Reviews {
  readonly required_approving_review_count?: number;
  readonly dismiss_stale_reviews?: boolean;
  readonly require_code_owner_reviews?: boolean;
}

function readProtection(input: RepositoryCall['input']): Protection {
  const checks = input.required_status_checks as StatusChecks | null;
  const reviews = input.required_pull_request_reviews as Reviews | null;
  return {
    checks: checks?.checks?.map(({ context }) => context) ?? checks?.contexts ?? [],
    strict: checks?.strict ?? false,
    approvals: reviews === null ? 0 : (reviews.required_approving_review_count ?? 1),
    dismissStale: reviews?.dismiss_stale_reviews ?? false,
    codeOwners: reviews?.require_code_owner_reviews ?? false,
    forEveryone: input.enforce_admins === true,
    signatures: false,
  };
}

function protectionView(
  world: World,
  repository: Repository,
  branch: string,
  protection: Protection,
): Document {
  const url = `${repositoryUrl(world, repository)}/branches/${encodeURIComponent(branch)}/protection`;
  const { checks, strict, approvals, dismissStale, codeOwners, forEveryone, signatures } = protection;
  return {
    url,
    ...(checks.length === 0
      ? {}
      : {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict,
            contexts: checks,
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: checks.map((context) => ({ context, app_id: null })),
          },
        }),
    ...(approvals === 0
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: dismissStale,
            require_code_owner_reviews: codeOwners,
            require_last_push_approval: false,
            required_approving_review_count: approvals,
          },
        }),
    required_signatures: { url: `${url}/required_signatures`, enabled: signatures },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: forEveryone },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: false },
    allow_fork_syncing: { enabled: false },
  };
}

/** What rulesets say of a branch. Of classic protection it says nothing. */
function rulesOf(repository: Repository, input: RepositoryCall['input']) {
  const branch = text(input, 'branch');
  const ruled = rulesFor(repository, branch);
  const from = { ruleset_source_type: 'Repository', ruleset_source: repository.name, ruleset_id: 1 };
  const rules: Document[] = [];
  if (ruled !== undefined && (ruled.approvals > 0 || ruled.codeOwners))
    rules.push({
      type: 'pull_request',
      ...from,
      parameters: {
        required_approving_review_count: ruled.approvals,
        dismiss_stale_reviews_on_push: ruled.dismissStale,
        require_code_owner_review: ruled.codeOwners,
        require_last_push_approval: false,
        required_review_thread_resolution: false,
      },
    });
  if (ruled !== undefined && ruled.checks.length > 0)
    rules.push({
      type: 'required_status_checks',
      ...from,
      parameters: {
        strict_required_status_checks_policy: ruled.strict,
        required_status_checks: ruled.checks.map((context) => ({ context })),
      },
    });
  if (ruled?.signatures === true) rules.push({ type: 'required_signatures', ...from });
  if (repository.mergeQueues.has(branch)) rules.push({ type: 'merge_queue', ...from });
  return ok(rules);
}

export interface RefusedRef {
  /** In full; all that begin so where it ends in `*`. */
  readonly ref: string;
  /** Only force pushes and deletions are refused. */
  readonly forceOnly: boolean;
  /** Commits that GitHub signed may go there. */
  readonly unsignedOnly?: true;
  readonly message: string;
}

/** The refs somebody may not move as they like. */
export function refusedRefs(repository: Repository, actor: Actor): RefusedRef[] {
  const admin = actor.kind === 'person' && atLeast(roleOf(repository, actor.account), 'admin');
  const branches = new Set([...repository.protection.keys(), ...repository.rules.keys()]);
  return [...branches].flatMap((branch): RefusedRef[] => {
    const protection = requirementsOf(repository, branch) ?? repository.rules.get(branch) ?? noProtection;
    if (admin && !protection.forEveryone) return [];
    const ref = `refs/heads/${branch}`;
    if (protection.approvals > 0 || protection.codeOwners)
      return [{ ref, forceOnly: false, message: 'Changes must be made through a pull request.' }];
    if (protection.checks.length > 0)
      return [
        {
          ref,
          forceOnly: false,
          message: `Required status check "${protection.checks[0] ?? ''}" is expected.`,
        },
      ];
    if (protection.signatures)
      return [
        { ref, forceOnly: false, unsignedOnly: true, message: 'Commits must have verified signatures.' },
      ];
    return [{ ref, forceOnly: true, message: 'Cannot force-push to this branch' }];
  });
}

function isMeant({ ref: refused }: RefusedRef, ref: string): boolean {
  return refused.endsWith('*') ? ref.startsWith(refused.slice(0, -1)) : refused === ref;
}

/** @returns why the caller may not move the ref to the commit; nothing when they may */
export function refusalOf(
  { repository, actor }: Pick<RepositoryCall, 'repository' | 'actor'>,
  ref: string,
  move: { readonly forced: boolean; readonly signed: boolean },
): string | undefined {
  return refusedRefs(repository, actor).find(
    (one) =>
      isMeant(one, ref) && (move.forced || !one.forceOnly) && !(move.signed && one.unsignedOnly === true),
  )?.message;
}

/** @throws {Refusal} 422 when the caller may not move the ref */
export function refuseProtected(
  call: RepositoryCall,
  ref: string,
  move: { readonly forced: boolean; readonly signed: boolean },
): void {
  const message = refusalOf(call, ref, move);
  if (message !== undefined) throw new Refusal(422, message);
}
