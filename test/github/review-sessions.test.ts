import { describe, expect, it } from 'vitest';
import type { Role } from '../support/forge/state/account.ts';
import type { Repository } from '../support/forge/state/repository.ts';
import { aHosting, type Hosting } from './hosted.ts';
import { jobsOn } from './opened.ts';
import { aClone } from './person.ts';

const files = { 'CLAUDE.md': '# Notes\n', '.github/dreamkeeper.yml': 'sources: [acme/api]\n' };
const people = { ana: 'admin', ben: 'write', mara: 'write' } as const satisfies Record<string, Role>;

interface Remark {
  readonly by: string;
  readonly body: string;
  /** Otherwise on the whole change. */
  readonly onLine?: true;
}

/** A pull request by Ben, talked about, and merged unless said otherwise. @returns its number */
async function aReviewedPull(
  { github }: Hosting,
  repository: Repository,
  remarks: readonly Remark[],
  how: { readonly merge?: false } = {},
): Promise<number> {
  const at = { owner: repository.owner.login, repo: repository.name };
  const ben = github.as('ben').rest;
  const branch = `cart-${repository.issues.size}`;
  const { data: base } = await ben.git.getRef({ ...at, ref: `heads/${repository.defaultBranch}` });
  await ben.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: base.object.sha });
  const content = Buffer.from('export const total = 1;\n').toString('base64');
  const path = `${branch}.ts`;
  const { data } = await ben.repos.createOrUpdateFileContents({
    ...at,
    path,
    branch,
    message: 'Add',
    content,
  });
  const head = data.commit.sha ?? '';
  const base_ = repository.defaultBranch;
  const { data: pull } = await ben.pulls.create({ ...at, head: branch, base: base_, title: 'Add the cart' });
  const asked = { ...at, pull_number: pull.number };
  for (const { by, body, onLine } of remarks) {
    const { rest } = github.as(by);
    if (onLine === true)
      await rest.pulls.createReviewComment({ ...asked, body, commit_id: head, path, line: 1, side: 'RIGHT' });
    else await rest.pulls.createReview({ ...asked, body, event: 'COMMENT' });
  }
  if (how.merge !== false) await ben.pulls.merge(asked);
  return pull.number;
}

const rule = 'Always keep money in cents, never in floats.';

describe('what people say in reviews', () => {
  it('is a session of each of them, in their own words, when the pull request is merged', async () => {
    const hosting = await aHosting({ files, people });
    const { repository } = hosting;
    const number = await aReviewedPull(hosting, repository, [
      { by: 'mara', body: rule, onLine: true },
      { by: 'ana', body: '> Always keep money in cents\n\nAgreed.' },
    ]);
    const jobs = jobsOn(hosting);
    expect(await jobs.ingest('comments', String(number))).toEqual({ outcome: 'ingested' });
    const view = await jobs.stored();
    const whole = `github-review-${repository.id}-${number}`;
    const mara = await view.session(`${whole}-${hosting.github.account('mara').id}`);
    expect(mara).toMatchObject({
      agent: 'github',
      format: 'github-review',
      people: ['mara'],
      parent: whole,
      repository: 'acme/shop',
      title: 'Add the cart',
    });
    expect(mara?.events.map(({ kind, spans }) => [kind, ...spans.map(({ trust }) => trust)])).toEqual([
      ['system', 'tool'],
      ['person', 'person'],
    ]);
    expect(mara?.events[1]?.spans[0]?.text).toBe(rule);
    const ana = await view.session(`${whole}-${hosting.github.account('ana').id}`);
    expect(ana?.events[0]?.spans.map(({ trust }) => trust)).toEqual(['pasted', 'person']);
  });

  it('is a claim when they do not belong to the repository, and nothing when they are programs', async () => {
    const hosting = await aHosting({ files, people, private: false });
    hosting.repository.private = true;
    const { github, repository } = hosting;
    repository.collaborators.set('lint[bot]', 'write');
    github.account('lint[bot]');
    const number = await aReviewedPull(hosting, repository, [
      { by: 'mara', body: rule },
      { by: 'lint[bot]', body: 'Always use semicolons.' },
    ]);
    repository.collaborators.delete('mara');
    const jobs = jobsOn(hosting);
    await jobs.ingest('comments', String(number));
    const view = await jobs.stored();
    const sessions = await view.sessions();
    expect(sessions).toHaveLength(1);
    const session = await view.session(sessions[0]?.summary.id ?? '');
    expect(session).toMatchObject({ people: [] });
    expect(session?.events[0]?.spans[0]?.trust).toBe('claimed');
  });

  it('waits until the pull request is merged', async () => {
    const hosting = await aHosting({ files, people });
    const remarks = [{ by: 'mara', body: rule }];
    const number = await aReviewedPull(hosting, hosting.repository, remarks, { merge: false });
    const jobs = jobsOn(hosting);
    expect(await jobs.ingest('comments', String(number))).toEqual({ outcome: 'nothing' });
    expect(await jobs.ingest('comments')).toEqual({ outcome: 'nothing' });
  });

  it('is read from all that was merged since the last look, here and in the sources', async () => {
    const hosting = await aHosting({ files, people });
    const { github, repository } = hosting;
    const api = await github.repository('acme/api', { files: { 'A.md': 'A\n' }, people });
    await aReviewedPull(hosting, repository, [{ by: 'mara', body: rule }]);
    await aReviewedPull(hosting, api, [{ by: 'ana', body: 'Always name the unit in the field.' }]);
    const jobs = jobsOn(hosting);
    expect(await jobs.ingest('comments')).toEqual({ outcome: 'ingested' });
    const found = (await (await jobs.stored()).sessions()).map(({ summary }) => summary.repository as string);
    expect(found.sort()).toEqual(['acme/api', 'acme/shop']);
    const reads = () =>
      github.requests.filter(({ operation }) => operation === 'pulls/list-review-comments').length;
    const before = reads();
    expect(await jobs.ingest('comments')).toEqual({ outcome: 'nothing' });
    expect(reads()).toBe(before);
  });

  it('is not read from a private repository of somebody else, whatever the config says', async () => {
    const secret = { 'CLAUDE.md': '# Notes\n', '.github/dreamkeeper.yml': 'sources: [other/secret]\n' };
    const hosting = await aHosting({ files: secret, people });
    const { github } = hosting;
    const other = await github.repository('other/secret', { files: { 'A.md': 'A\n' }, people });
    github.install(github.account('other'), github.account('ana'));
    await aReviewedPull(hosting, other, [{ by: 'mara', body: rule }]);
    const jobs = jobsOn(hosting);
    expect(await jobs.ingest('comments')).toEqual({ outcome: 'nothing' });
    expect(await (await jobs.stored()).sessions()).toEqual([]);
  });

  it('is longer when more was said, and is not read from a file that plays it', async () => {
    const hosting = await aHosting({ files, people });
    const { github, repository } = hosting;
    const number = await aReviewedPull(hosting, repository, [{ by: 'mara', body: rule }]);
    const jobs = jobsOn(hosting);
    await jobs.ingest('comments');
    const asked = { owner: 'acme', repo: 'shop', pull_number: number };
    await github
      .as('mara')
      .rest.pulls.createReview({ ...asked, body: 'And round half up.', event: 'COMMENT' });
    expect(await jobs.ingest('comments', String(number))).toEqual({ outcome: 'ingested' });
    const [session] = await (await jobs.stored()).sessions();
    expect(session?.summary.eventCount).toBe(2);
    const person = await aClone(hosting);
    const played = { repositoryId: 1, number: 1, person: { id: 1, login: 'ana' }, remarks: [{ body: rule }] };
    person.commit('Play', { '.specstory/history/review.md': JSON.stringify(played) });
    await person.push('main');
    expect(await jobs.ingest('paths')).toEqual({ outcome: 'nothing' });
  });
});
