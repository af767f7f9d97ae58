/** Branches, commits and comparisons. */
import { changedFiles } from '../git/commit.ts';
import { commitsBetween, mergeBase } from '../git/repository.ts';
import { gitLines } from '../git/run.ts';
import {
  listed,
  notFound,
  ok,
  optionalText,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import { isPull } from '../state/issue.ts';
import { commitView, fileView, fullCommitView } from '../views/commit.ts';
import { pullSummary } from '../views/pull.ts';
import { repositoryPage, repositoryUrl } from '../views/repository.ts';
import type { Document } from '../world.ts';
import { tipOf } from './git-data.ts';

export const branches: RepositoryHandlers = {
  'repos/list-branches': {
    needs: ['contents:read'],
    answer(call) {
      const heads = [...call.repository.refs].filter(([name]) => name.startsWith('refs/heads/'));
      return listed(heads, ([name, sha]) => branchView(call, name.slice('refs/heads/'.length), sha));
    },
  },
  'repos/get-branch': { needs: ['contents:read'], answer: getBranch },
  'repos/list-commits': { needs: ['contents:read'], answer: listCommits },
  'repos/get-commit': {
    needs: ['contents:read'],
    async answer({ world, repository, input }) {
      const ref = text(input, 'ref');
      try {
        return ok(await fullCommitView(world, repository, await tipOf(repository, ref)));
      } catch (error) {
        if (error instanceof Refusal && error.status === 404)
          throw new Refusal(422, `No commit found for SHA: ${ref}`);
        throw error;
      }
    },
  },
  'repos/compare-commits': { needs: ['contents:read'], answer: compare },
  'repos/list-pull-requests-associated-with-commit': {
    needs: ['pull_requests:read', 'contents:read'],
    async answer({ world, repository, input }) {
      const sha = text(input, 'commit_sha');
      const containing = [];
      for (const issue of [...repository.issues.values()].filter(isPull)) {
        const { pull } = issue;
        const own = await commitsBetween(repository.dir, pull.baseSha, pull.headSha);
        if (own.includes(sha) || pull.merged?.sha === sha) containing.push(issue);
      }
      return listed(containing, (issue) => pullSummary(world, repository, issue));
    },
  },
};

function branchView({ world, repository }: RepositoryCall, name: string, sha: string): Document {
  const url = repositoryUrl(world, repository);
  const protection = repository.protection.get(name);
  return {
    name,
    commit: { sha, url: `${url}/commits/${sha}` },
    protected: protection !== undefined,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: (protection?.checks.length ?? 0) > 0 ? 'non_admins' : 'off',
        contexts: protection?.checks ?? [],
        checks: (protection?.checks ?? []).map((context) => ({ context, app_id: null })),
      },
    },
    protection_url: `${url}/branches/${encodeURIComponent(name)}/protection`,
  };
}

async function getBranch(call: RepositoryCall) {
  const { world, repository, input } = call;
  const name = text(input, 'branch');
  const sha = repository.refs.get(`refs/heads/${name}`);
  if (sha === undefined) throw new Refusal(404, 'Branch not found');
  const self = `${repositoryUrl(world, repository)}/branches/${encodeURIComponent(name)}`;
  return ok({
    ...branchView(call, name, sha),
    commit: await commitView(world, repository, sha),
    _links: { self, html: `${repositoryPage(world, repository)}/tree/${name}` },
  });
}

async function listCommits({ world, repository, input }: RepositoryCall) {
  const tip = await tipOf(repository, optionalText(input, 'sha'));
  const since = optionalText(input, 'since');
  const until = optionalText(input, 'until');
  const path = optionalText(input, 'path');
  const shas = await gitLines(repository.dir, [
    'rev-list',
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...(until === undefined ? [] : [`--until=${until}`]),
    tip,
    ...(path === undefined ? [] : ['--', path]),
  ]);
  return listed(shas, (sha) => commitView(world, repository, sha));
}

async function compare({ world, repository, input }: RepositoryCall) {
  const names = [text(input, 'base'), text(input, 'head')] as const;
  const base = await tipOf(repository, names[0]);
  const head = await tipOf(repository, names[1]);
  const { dir } = repository;
  const common = await mergeBase(dir, base, head);
  if (common === undefined) throw notFound();
  const ahead = await commitsBetween(dir, base, head);
  const behind = await commitsBetween(dir, head, base);
  const files = await changedFiles(dir, common, head);
  const url = `${repositoryUrl(world, repository)}/compare/${names.join('...')}`;
  const page = `${repositoryPage(world, repository)}/compare/${names.join('...')}`;
  return ok({
    url,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: await commitView(world, repository, base),
    merge_base_commit: await commitView(world, repository, common),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await Promise.all(ahead.map((sha) => commitView(world, repository, sha))),
    files: files.slice(0, 300).map((file) => fileView(world, repository, head, file)),
  });
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
