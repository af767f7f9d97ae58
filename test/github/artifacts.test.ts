import { readdirSync } from 'node:fs';
import { zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { transcript } from '../support/transcript.ts';
import { aHosting, type Hosting } from './hosted.ts';
import { aClone } from './person.ts';
import { jobsOn, type Jobs } from './opened.ts';

const files = { 'CLAUDE.md': '# Notes\n', '.github/dreamkeeper.yml': 'mode: manual\n' };
const name = 'dreamkeeper-sessions';
const bytes = (text: string): Uint8Array => Buffer.from(text);
const one = bytes(transcript('one', 'Always use pnpm here, never npm.', 'Understood.'));

interface Scene {
  readonly hosting: Hosting;
  readonly jobs: Jobs;
  readonly upload: (
    files: Uint8Array | Record<string, Uint8Array>,
    how?: Partial<Parameters<Hosting['github']['finishWorkflow']>[1]>,
  ) => Promise<Awaited<ReturnType<Jobs['ingest']>>>;
}

async function aScene(): Promise<Scene> {
  const hosting = await aHosting({ files });
  const jobs = jobsOn(hosting);
  return {
    hosting,
    jobs,
    async upload(content, how = {}) {
      const { github, repository } = hosting;
      const run = await github.finishWorkflow(repository, { artifacts: { [name]: content }, ...how });
      return jobs.ingest('artifact', String(run.id));
    },
  };
}

const idsOf = async (jobs: Jobs): Promise<string[]> =>
  (await (await jobs.stored()).sessions()).map(({ summary }) => summary.id as string).sort();

describe('an artifact of a workflow', () => {
  it.each(['push', 'schedule', 'workflow_dispatch'])('on %s is taken in, as claims', async (event) => {
    const { jobs, upload } = await aScene();
    const two = bytes(transcript('two', 'Run the linter.', 'Yes.'));
    const content = { 'a/one.jsonl': one, 'b/two.jsonl': two, 'notes.txt': bytes('hello') };
    expect(await upload(content, { event })).toEqual({ outcome: 'ingested' });
    expect(await idsOf(jobs)).toEqual(['one', 'two']);
    const session = await (await jobs.stored()).session('one');
    expect(session).toMatchObject({ people: [] });
    expect(session?.events[0]?.spans[0]?.trust).toBe('claimed');
  });

  it('changes nothing when it is taken in again, and leaves nothing on the disk', async () => {
    const { hosting, jobs, upload } = await aScene();
    await upload({ 'one.jsonl': one });
    const tip = hosting.repository.refs.get('refs/heads/dreamkeeper');
    expect(await upload({ 'one.jsonl': one })).toEqual({ outcome: 'nothing' });
    expect(hosting.repository.refs.get('refs/heads/dreamkeeper')).toBe(tip);
    const { repository } = await jobs.open();
    expect(readdirSync(repository.site.gitDir).filter((each) => each.startsWith('artifact-'))).toEqual([]);
  });

  it('of another name is none of ours', async () => {
    const { jobs, upload } = await aScene();
    const artifacts = { coverage: { 'one.jsonl': one } };
    expect(await upload({}, { artifacts })).toEqual({ outcome: 'nothing' });
    expect(await idsOf(jobs)).toEqual([]);
  });
});

describe('an artifact is not looked at', () => {
  it('when it comes from a fork', async () => {
    const { hosting, jobs, upload } = await aScene();
    const fork = await hosting.github.fork(hosting.repository, 'eve');
    expect(await upload({ 'one.jsonl': one }, { from: fork })).toEqual({
      outcome: 'skipped',
      reason: 'fork',
    });
    expect(await idsOf(jobs)).toEqual([]);
  });

  it('when it ran on another branch, or on a tag that bears the name of the default branch', async () => {
    const { hosting, upload } = await aScene();
    const person = await aClone(hosting);
    person.git('checkout', '-q', '-b', 'feature');
    const sha = person.commit('Not there yet', { 'a.txt': 'a\n' });
    await person.push('feature');
    const feature = await upload({ 'one.jsonl': one }, { branch: 'feature' });
    expect(feature).toEqual({ outcome: 'skipped', reason: 'branch' });
    const { github, repository } = hosting;
    const run = await github.finishWorkflow(repository, { artifacts: { [name]: { 'one.jsonl': one } } });
    repository.workflowRuns.set(run.id, { ...run, headSha: sha });
    const tagged = await jobsOn(hosting).ingest('artifact', String(run.id));
    expect(tagged).toEqual({ outcome: 'skipped', reason: 'branch' });
  });

  it.each([
    ['event', { event: 'pull_request_target' }],
    ['event', { event: 'workflow_run' }],
  ])('when its %s is another', async (reason, how) => {
    const { upload } = await aScene();
    expect(await upload({ 'one.jsonl': one }, how)).toEqual({ outcome: 'skipped', reason });
  });

  it('when its run is gone', async () => {
    const { jobs } = await aScene();
    expect(await jobs.ingest('artifact', '77')).toEqual({ outcome: 'skipped', reason: 'gone' });
  });
});

describe('an archive', () => {
  const zipped = (content: Zippable) => zipSync(content, { level: 9 });

  it('that unfolds to much more than its size is refused', async () => {
    const { jobs, upload } = await aScene();
    const bomb = zipped({ 'one.jsonl': one, 'bomb.jsonl': new Uint8Array(32 * 2 ** 20) });
    expect(await upload(bomb)).toEqual({ outcome: 'refused' });
    expect(jobs.logged.join('')).toContain('200 times its size');
    expect(await idsOf(jobs)).toEqual([]);
  });

  it('of too many files is refused', async () => {
    const { jobs, upload } = await aScene();
    const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`${n}.jsonl`, bytes('{}\n')]));
    expect(await upload(zipped(many))).toEqual({ outcome: 'refused' });
    expect(jobs.logged.join('')).toContain('1000 files');
  });

  it('that says less than it holds is refused', async () => {
    const { upload } = await aScene();
    const lying = Buffer.from(zipSync({ 'one.jsonl': [one, { level: 0 }] }));
    const central = lying.lastIndexOf(Buffer.from('PK\x01\x02'));
    lying.writeUInt32LE(10, central + 24);
    expect(await upload(lying)).toEqual({ outcome: 'refused' });
  });

  it('that is none is refused', async () => {
    const { upload } = await aScene();
    expect(await upload(bytes('hello'))).toEqual({ outcome: 'refused' });
  });

  it('keeps its paths and links to itself', async () => {
    const { jobs, upload } = await aScene();
    const link = { os: 3, attrs: (0o120777 << 16) >>> 0 };
    const content = zipped({ '../../one.jsonl': one, 'link.jsonl': [bytes('/etc/passwd'), link] });
    expect(await upload(content)).toEqual({ outcome: 'ingested' });
    expect(await idsOf(jobs)).toEqual(['one']);
    expect(jobs.logged.join('')).not.toContain('passwd');
  });
});
