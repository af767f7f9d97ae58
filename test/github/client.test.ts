import { describe, expect, it } from 'vitest';
import { aHosting } from './hosted.ts';

describe('forRepository', () => {
  it('tells what the repository is called and how it is seen, in one request', async () => {
    const { github, client, repository, installation } = await aHosting();
    const before = github.requests.length;
    const hosted = await client.forRepository(repository.id, { installation: installation.id });
    expect(hosted).toMatchObject({
      id: repository.id,
      installation: installation.id,
      fullName: 'acme/shop',
      defaultBranch: 'main',
      visibility: 'private',
      archived: false,
      gitUrl: `${github.origin}/acme/shop.git`,
    });
    expect(github.requests.slice(before).map(({ operation }) => operation)).toEqual([
      'apps/create-installation-access-token',
    ]);
  });

  it('gives a token that reaches this repository and no other', async () => {
    const hosting = await aHosting();
    await hosting.github.repository('acme/other', { files: { 'a.md': 'A\n' } });
    const { octokit } = await hosting.found();
    await expect(octokit.rest.repos.get({ owner: 'acme', repo: 'shop' })).resolves.toMatchObject({
      status: 200,
    });
    await expect(octokit.rest.repos.get({ owner: 'acme', repo: 'other' })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('finds it without being told the installation, and under its new name', async () => {
    const { github, client, repository, installation } = await aHosting();
    const ana = github.as('ana');
    await ana.rest.repos.update({ owner: 'acme', repo: 'shop', name: 'store' });
    const hosted = await client.forRepository(repository.id);
    expect(hosted).toMatchObject({ fullName: 'acme/store', installation: installation.id });
  });

  it('follows it to another installation, and knows that it is gone where there is none', async () => {
    const { github, client, repository, installation } = await aHosting();
    const known = { installation: installation.id };
    repository.owner = github.account('globex', 'Organization');
    expect(await client.forRepository(repository.id, known)).toBeUndefined();
    const other = github.install(repository.owner, github.account('ana'));
    expect(await client.forRepository(repository.id, known)).toMatchObject({
      installation: other.id,
      fullName: 'globex/shop',
    });
  });

  it('sees none where the App is suspended or removed', async () => {
    const { github, client, repository, installation } = await aHosting();
    const ana = github.account('ana');
    github.suspend(installation, ana);
    expect(await client.forRepository(repository.id, { installation: installation.id })).toBeUndefined();
    github.resume(installation, ana);
    expect(await client.forRepository(repository.id)).toBeDefined();
    github.uninstall(installation, ana);
    expect(await client.forRepository(repository.id)).toBeUndefined();
  });

  it('says who must grant what, where the installation lacks a permission', async () => {
    const { github, client, repository, installation } = await aHosting();
    Object.assign(installation, { permissions: { metadata: 'read', contents: 'read' } });
    await expect(
      client.forRepository(repository.id, { installation: installation.id }),
    ).rejects.toMatchObject({ code: 'repository', retryable: false, remedy: /new permissions/ });
    expect(github.requests.at(-1)?.status).toBe(422);
  });

  it('comes back when GitHub says, and ends with its signal', async () => {
    const { github, client, repository, installation } = await aHosting();
    const known = { installation: installation.id };
    github.fail('apps/create-installation-access-token', {
      status: 403,
      headers: { 'retry-after': '17' },
      body: { message: 'You have exceeded a secondary rate limit.' },
    });
    await expect(client.forRepository(repository.id, known)).rejects.toMatchObject({ retryAfter: 17 });
    const stop = new AbortController();
    github.fail('apps/create-installation-access-token', { delay: 5_000 });
    const asked = client.forRepository(repository.id, { ...known, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await expect(asked).rejects.toThrow();
  });
});

describe('list', () => {
  it('names every repository of every active installation, by ids', async () => {
    const { github, client, repository, installation } = await aHosting();
    const more = await github.repository('globex/wiki', { files: { 'a.md': 'A\n' } });
    const second = github.install(more.owner, github.account('ana'));
    const idle = await github.repository('hooli/x', { files: { 'a.md': 'A\n' } });
    github.suspend(github.install(idle.owner, github.account('ana')), github.account('ana'));
    const names = [];
    for await (const name of client.list()) names.push(name);
    expect(names).toEqual([
      { id: repository.id, installation: installation.id },
      { id: more.id, installation: second.id },
    ]);
  });
});
