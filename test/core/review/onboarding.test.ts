import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/core/config.ts';
import {
  isUneditedOnboarding,
  onboardingBody,
  type Onboarding,
} from '../../../src/core/review/onboarding.ts';

const onboarding: Onboarding = {
  config: configSchema.parse({}),
  visibility: 'private',
  memory: [
    {
      path: 'CLAUDE.md',
      entries: 41,
      tokens: 1_240,
      audience: [{ agent: 'claude-code', when: 'always', where: '' }],
    },
    {
      path: 'packages/api/AGENTS.md',
      entries: 6,
      tokens: 180,
      audience: [{ agent: 'codex', when: 'folder', where: 'packages/api' }],
    },
    { path: 'AGENTS.md', entries: 1, tokens: 12, audience: [{ agent: 'codex', when: 'always', where: '' }] },
    { path: 'memory/old.md', entries: 9, tokens: 300, audience: [] },
  ],
};

describe('the pull request that asks', () => {
  it('says what was found, what will happen, and how to say no', async () => {
    await expect(onboardingBody(onboarding)).toMatchFileSnapshot('onboarding.md');
  });

  it('says that a public repository keeps nothing without consent', () => {
    const text = onboardingBody({ ...onboarding, visibility: 'public' });
    expect(text).toContain('**This repository is public.**');
    expect(text).not.toContain('nobody else');
  });

  it('recommends a private repository for the ledger where many can read this one', () => {
    for (const visibility of ['public', 'internal'] as const)
      expect(onboardingBody({ ...onboarding, visibility })).toContain('keep them in a private repository');
    expect(onboardingBody(onboarding)).not.toContain('keep them in a private repository');
  });

  it('says where the ledger is when the organisation keeps it elsewhere', () => {
    const config = configSchema.parse({ ledger: { repository: 'acme/ledgers' } });
    const text = onboardingBody({ ...onboarding, config, visibility: 'public' });
    expect(text).toContain('in `acme/ledgers`, which must be private');
    expect(text).not.toContain('Nothing is kept');
  });

  it('says the schedule where there is one, and that there is no memory yet', () => {
    const config = configSchema.parse({ dream: { cron: '0 3 * * 1-5', zone: 'Europe/Berlin' } });
    const text = onboardingBody({ ...onboarding, config, memory: [] });
    expect(text).toContain('When `0 3 * * 1-5` (`Europe/Berlin`) comes');
    expect(text).toContain('None yet.');
  });

  it('lets file names do nothing, in a table or out of it', () => {
    const path = 'memory/@octocat | #1 </table> `x`.md';
    const [file] = onboarding.memory;
    if (file === undefined) throw new Error('There is one.');
    const text = onboardingBody({ ...onboarding, memory: [{ ...file, path }] });
    const row = text.split('\n').find((line) => line.includes('octocat'));
    expect(row).toBe('| ``memory/@octocat \\| #1 </table> `x`.md`` | 41 | 1,240 | claude-code always |');
  });

  it('knows whether somebody edited it', () => {
    const body = onboardingBody(onboarding);
    expect(isUneditedOnboarding(body)).toBe(true);
    expect(isUneditedOnboarding(body.replaceAll('\n', '\r\n'))).toBe(true);
    expect(isUneditedOnboarding(body.replace('Merging', 'Mering'))).toBe(false);
    expect(isUneditedOnboarding('')).toBe(false);
  });
});
