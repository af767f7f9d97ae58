import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { readGithubSettings } from '../src/settings-github.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const good = { APP_ID: '12', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 'of the tests' };

it('knows no App without APP_ID', () => {
  expect(readGithubSettings({ ...good, APP_ID: '' })).toBeUndefined();
});

it('takes the key as it is, with escaped line breaks and in base64', () => {
  const forms = [
    privateKey,
    privateKey.replaceAll('\n', String.raw`\n`),
    Buffer.from(privateKey).toString('base64'),
  ];
  for (const PRIVATE_KEY of forms)
    expect(readGithubSettings({ ...good, PRIVATE_KEY })?.privateKey.trim()).toBe(privateKey.trim());
});

it('reaches an Enterprise Server', () => {
  expect(readGithubSettings({ ...good, GHE_HOST: 'git.example.com' })).toMatchObject({
    apiUrl: 'https://git.example.com/api/v3',
    webUrl: 'https://git.example.com',
    oidc: { issuer: 'https://git.example.com/_services/token', audience: 'dreamkeeper' },
  });
});

it('takes tokens of workflows from the one issuer, for the one audience', () => {
  expect(readGithubSettings(good)?.oidc.issuer).toBe('https://token.actions.githubusercontent.com');
  const own = {
    DREAMKEEPER_OIDC_ISSUER: 'https://token.actions.acme.ghe.com/',
    DREAMKEEPER_OIDC_AUDIENCE: 'memory.acme.example',
  };
  expect(readGithubSettings({ ...good, ...own })?.oidc).toEqual({
    issuer: 'https://token.actions.acme.ghe.com',
    audience: 'memory.acme.example',
  });
});

it.each([
  ['APP_ID', { APP_ID: 'twelve' }],
  ['PRIVATE_KEY', { PRIVATE_KEY: '' }],
  ['PRIVATE_KEY', { PRIVATE_KEY: 'hunter2hunter2' }],
  ['PRIVATE_KEY_PATH', { PRIVATE_KEY: '', PRIVATE_KEY_PATH: '/no/such/file.pem' }],
  ['WEBHOOK_SECRET', { WEBHOOK_SECRET: '' }],
  ['WEBHOOK_SECRET', { WEBHOOK_SECRET: 'development' }],
  ['GHE_HOST', { GHE_HOST: 'https://git.example.com/' }],
  ['DREAMKEEPER_OIDC_ISSUER', { DREAMKEEPER_OIDC_ISSUER: 'http://hunter2.example' }],
  ['GHE_PROTOCOL', { GHE_PROTOCOL: 'ftp', GHE_HOST: 'git.example.com' }],
])('names %s where it is wrong, and says nothing of its content', (name, wrong) => {
  expect(() => readGithubSettings({ ...good, ...wrong })).toThrow(name);
  expect(() => readGithubSettings({ ...good, ...wrong })).not.toThrow('hunter2');
});
