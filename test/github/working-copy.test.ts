import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { copyFolder } from '../../src/github/copy-folder.ts';
import { aHosting, type Hosting } from './hosted.ts';
import { aClone } from './person.ts';

const memory = (path: string): boolean => path.endsWith('.md');
const folderOf = ({ dataFolder, repository }: Hosting): string => copyFolder(dataFolder, repository.id);

/** How many times git asked GitHub for objects. */
const fetches = ({ github }: Hosting): number =>
  github.requests.filter(({ method, operation }) => operation === 'git-upload-pack' && method === 'POST')
    .length;

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

describe('a working copy', () => {
  it('reads memory at the tip, and leaves the contents of all else on GitHub', async () => {
    const hosting = await aHosting();
    const { repository } = await hosting.copy();
    const head = await repository.resolve('HEAD');
    expect(await repository.currentBranch()).toBe('main');
    const files = await repository.readFiles(head ?? '', memory);
    expect(files).toEqual([{ path: 'CLAUDE.md', text: '# Notes\n\n- Run the tests before you push.\n' }]);
    const missing = execFileSync('git', ['rev-list', '--all', '--objects', '--missing=print'], {
      cwd: folderOf(hosting),
      encoding: 'utf8',
    });
    expect(missing.match(/^\?/gm)).toHaveLength(1);
  });

  it('is kept: the next job asks once, and fetches nothing when nothing happened', async () => {
    const hosting = await aHosting();
    await (await hosting.copy()).repository.readFiles('HEAD', memory);
    const made = statSync(folderOf(hosting)).ino;
    const before = fetches(hosting);
    await (await hosting.copy()).repository.readFiles('HEAD', memory);
    expect(fetches(hosting) - before).toBe(1);
    expect(statSync(folderOf(hosting)).ino).toBe(made);
  });

  it('follows what people push, rewrite and delete', async () => {
    const hosting = await aHosting();
    await hosting.copy();
    const person = await aClone(hosting);
    person.commit('Two', { 'CLAUDE.md': '# Notes\n\n- Two.\n' });
    await person.push('main', 'main:dream/one');
    const second = await hosting.copy();
    expect(await second.repository.readFile('HEAD', 'CLAUDE.md')).toContain('Two');
    expect(second.remoteRefs().has('refs/heads/dream/one')).toBe(true);
    person.git('commit', '-q', '--amend', '-m', 'Two, otherwise');
    await person.push('-f', 'main', ':dream/one');
    const third = await hosting.copy();
    expect(await third.repository.resolve('HEAD')).toBe(person.git('rev-parse', 'HEAD'));
    expect(await third.repository.resolve('refs/heads/dream/one')).toBeUndefined();
  });

  it('follows the default branch, the name and the owner', async () => {
    const hosting = await aHosting();
    await hosting.copy();
    const person = await aClone(hosting);
    await person.push('main:trunk');
    await hosting.github.as('ana').rest.repos.update({
      owner: 'acme',
      repo: 'shop',
      name: 'store',
      default_branch: 'trunk',
    });
    const { repository } = await hosting.copy();
    expect(await repository.currentBranch()).toBe('trunk');
    expect(readFileSync(join(folderOf(hosting), 'config'), 'utf8')).toContain('acme/store.git');
  });

  it('works on where the repository is renamed in mid-job', async () => {
    const hosting = await aHosting();
    const copy = await hosting.copy();
    await hosting.github.as('ana').rest.repos.update({ owner: 'acme', repo: 'shop', name: 'store' });
    expect(await copy.repository.readFile('HEAD', 'CLAUDE.md')).toContain('Run the tests');
    const to = (await copy.repository.resolve('HEAD')) ?? '';
    expect(await copy.push({ ref: 'refs/heads/dream/one', to, expected: undefined })).toBe('pushed');
  });

  it('is empty where the repository is, before the first commit and after the last', async () => {
    const hosting = await aHosting();
    await hosting.copy();
    const { dir } = hosting.repository;
    execFileSync('git', ['update-ref', '-d', 'refs/heads/main'], { cwd: dir });
    const { repository } = await hosting.copy();
    expect(await repository.resolve('HEAD')).toBeUndefined();
  });

  it('is made anew when it is damaged, another repository, or no repository at all', async () => {
    const hosting = await aHosting();
    await (await hosting.copy()).repository.readFiles('HEAD', memory);
    const folder = folderOf(hosting);
    const readable = async () => (await hosting.copy()).repository.readFile('HEAD', 'CLAUDE.md');
    rmSync(join(folder, 'objects'), { recursive: true });
    expect(await readable()).toContain('Run the tests');
    writeFileSync(join(folder, 'HEAD'), 'nonsense');
    expect(await readable()).toContain('Run the tests');
    execFileSync('git', ['config', 'dreamkeeper.repository', '1'], { cwd: folder });
    writeFileSync(join(folder, 'mark'), '');
    expect(await readable()).toContain('Run the tests');
    expect(existsSync(join(folder, 'mark'))).toBe(false);
    for (const path of everyFile(join(folder, 'objects', 'pack'))) {
      rmSync(path);
      writeFileSync(path, 'nonsense');
    }
    expect(await readable()).toContain('Run the tests');
  });

  it('is packed anew when it lies in many packs, and what is missing stays missing', async () => {
    const hosting = await aHosting();
    const person = await aClone(hosting);
    const packs = (): number =>
      everyFile(join(folderOf(hosting), 'objects', 'pack')).filter((path) => path.endsWith('.pack')).length;
    for (const words of ['One', 'Two', 'Three', 'Four']) {
      person.commit(words, { 'CLAUDE.md': `# ${words}\n`, 'src/app.ts': `export const ${words} = 1;\n` });
      await person.push('main');
      await (await hosting.copy()).repository.readFiles('HEAD', memory);
    }
    const copy = await hosting.copy();
    const many = packs();
    expect(many).toBeGreaterThan(4);
    await copy.tidy();
    expect(packs()).toBe(many);
    const before = fetches(hosting);
    await copy.tidy(4);
    expect(packs()).toBeLessThan(3);
    expect(await copy.repository.readFile('HEAD~1', 'CLAUDE.md')).toBe('# Three\n');
    expect(fetches(hosting)).toBe(before);
    const listed = execFileSync('git', ['rev-list', '--all', '--objects', '--missing=print'], {
      cwd: folderOf(hosting),
      encoding: 'utf8',
    });
    expect(listed.match(/^\?/gm)?.length).toBeGreaterThan(3);
    expect(await (await hosting.copy()).repository.readFile('HEAD', 'CLAUDE.md')).toBe('# Four\n');
  });

  it('leaves no token behind: not in the copy, not in the log', async () => {
    const hosting = await aHosting();
    const copy = await hosting.copy();
    await copy.repository.readFiles('HEAD', memory);
    const to = (await copy.repository.resolve('HEAD')) ?? '';
    await copy.push({ ref: 'refs/heads/dream/one', to, expected: undefined });
    hosting.github.refusePushes(hosting.repository, 'refs/heads/dream/two', 'No.');
    const refused = copy.push({ ref: 'refs/heads/dream/two', to, expected: undefined });
    const error = (await refused.catch((reason: unknown) => reason)) as Error;
    const tokens = [...hosting.github.state.installationTokens.keys()];
    expect(tokens.length).toBeGreaterThan(0);
    const secrets = tokens.flatMap((token) => [
      token,
      Buffer.from(`x-access-token:${token}`).toString('base64'),
    ]);
    const texts = [
      ...everyFile(hosting.dataFolder).map((path) => readFileSync(path, 'latin1')),
      ...hosting.logged,
      error.stack ?? '',
    ];
    expect(secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
  });

  it('ends git and its helper with the signal', async () => {
    const hosting = await aHosting();
    const stop = new AbortController();
    hosting.github.fail('git-upload-pack', { delay: 3_000 }, 2);
    const opening = hosting.copy(stop.signal);
    opening.catch(() => undefined);
    const mine = (): readonly string[] =>
      execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes('remote-http') && line.includes(hosting.github.origin));
    await expect.poll(mine, { timeout: 3_000 }).not.toEqual([]);
    stop.abort(new Error('stopped'));
    await expect(opening).rejects.toThrow('stopped');
    await sleep(50);
    expect(mine()).toEqual([]);
    await expect(hosting.copy()).resolves.toBeDefined();
  });
});

describe('what GitHub says', () => {
  const misfortunes: readonly [string, (hosting: Hosting) => void | Promise<void>][] = [
    ['archived', ({ github }) => archive(github)],
    ['removed', ({ github, repository }) => void github.state.repositories.delete(repository.id)],
    ['suspended', ({ github, installation }) => github.suspend(installation, github.account('ana'))],
  ];
  it.each(misfortunes)('is told as it is when the repository is %s in mid-job', async (_what, happens) => {
    const hosting = await aHosting();
    const copy = await hosting.copy();
    const to = (await copy.repository.resolve('HEAD')) ?? '';
    await happens(hosting);
    await expect(copy.push({ ref: 'refs/heads/dream/one', to, expected: undefined })).rejects.toMatchObject({
      code: 'repository',
      retryable: false,
      message: /acme\/shop/,
    });
  });

  it('is tried again later when it fails', async () => {
    const hosting = await aHosting();
    hosting.github.fail('git-upload-pack', { status: 503 });
    await expect(hosting.copy()).rejects.toMatchObject({ retryable: true });
    await expect(hosting.copy()).resolves.toBeDefined();
  });
});

describe('a push', () => {
  const ref = 'refs/heads/dream/one';

  it('moves a branch only from where it was known to be', async () => {
    const hosting = await aHosting();
    const copy = await hosting.copy();
    const first = (await copy.repository.resolve('HEAD')) ?? '';
    expect(await copy.push({ ref, to: first, expected: undefined })).toBe('pushed');
    const person = await aClone(hosting);
    const theirs = person.commit('By hand', { 'CLAUDE.md': '# Notes\n\n- Mine.\n' });
    await person.push('main:dream/one');
    const [own = ''] = await copy.repository.writeBranch({
      branch: 'dream/two',
      base: first,
      at: '2026-03-01T12:00:00Z',
      commits: [{ message: 'Ours', files: new Map([['CLAUDE.md', '# Ours\n']]) }],
    });
    expect(await copy.push({ ref, to: own, expected: first })).toBe('rejected');
    expect(await copy.push({ ref, to: undefined, expected: first })).toBe('rejected');
    expect(hosting.repository.refs.get(ref)).toBe(theirs);
    expect(await copy.push({ ref, to: own, expected: theirs })).toBe('pushed');
    expect(await copy.push({ ref, to: undefined, expected: own })).toBe('pushed');
    expect(hosting.repository.refs.has(ref)).toBe(false);
  });

  it('whose answer was lost counts when GitHub has it', async () => {
    const hosting = await aHosting();
    const copy = await hosting.copy();
    const to = (await copy.repository.resolve('HEAD')) ?? '';
    hosting.github.fail('git-receive-pack', { drop: 'answer' });
    expect(await copy.push({ ref, to, expected: undefined })).toBe('pushed');
    expect(await copy.push({ ref, to, expected: undefined })).toBe('pushed');
  });

  it('that a rule forbids says so in the words of GitHub', async () => {
    const hosting = await aHosting();
    const copy = await hosting.copy();
    const to = (await copy.repository.resolve('HEAD')) ?? '';
    hosting.github.refusePushes(hosting.repository, ref, 'Push cannot contain secrets');
    await expect(copy.push({ ref, to, expected: undefined })).rejects.toMatchObject({
      code: 'repository',
      retryable: false,
      message: /Push cannot contain secrets/,
    });
  });
});

async function archive(github: Hosting['github']): Promise<void> {
  await github.as('ana').rest.repos.update({ owner: 'acme', repo: 'shop', archived: true });
}
