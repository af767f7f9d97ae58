/** What a branch asks of a merge: its classic protection and its rulesets together. */
import type { Protection, Repository } from '../state/repository.ts';

export const noProtection: Protection = {
  checks: [],
  strict: false,
  approvals: 0,
  dismissStale: false,
  codeOwners: false,
  forEveryone: false,
  signatures: false,
};

/** What a ruleset asks; its branches are one name, or all that begin with what stands before a `*`. */
export function rulesFor({ rules }: Repository, branch: string): Protection | undefined {
  return [...rules].find(([name]) =>
    name.endsWith('*') ? branch.startsWith(name.slice(0, -1)) : name === branch,
  )?.[1];
}

/** @returns nothing when anything goes */
export function requirementsOf(repository: Repository, branch: string): Protection | undefined {
  const [classic, ruled] = [repository.protection.get(branch), rulesFor(repository, branch)];
  if (classic === undefined || ruled === undefined) return classic ?? ruled;
  return {
    checks: [...new Set([...classic.checks, ...ruled.checks])],
    strict: classic.strict || ruled.strict,
    approvals: Math.max(classic.approvals, ruled.approvals),
    dismissStale: classic.dismissStale || ruled.dismissStale,
    codeOwners: classic.codeOwners || ruled.codeOwners,
    forEveryone: true,
    signatures: classic.signatures || ruled.signatures,
  };
}
