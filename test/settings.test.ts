import { describe, expect, it } from 'vitest';
import { readSettings } from '../src/settings.ts';

describe('readSettings', () => {
  it('lets git see what it needs, and nothing that leads it elsewhere or is secret', () => {
    const given = {
      PATH: '/bin',
      HOME: '/home/ada',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_DIR: '/elsewhere/.git',
      GIT_INDEX_FILE: '/elsewhere/index',
      GIT_WORK_TREE: '/elsewhere',
      GIT_CONFIG_COUNT: '1',
      GIT_SSH_COMMAND: 'evil',
      ANTHROPIC_API_KEY: 'key',
    };
    expect(readSettings(given).git).toEqual({ PATH: '/bin', HOME: '/home/ada', GIT_AUTHOR_NAME: 'Ada' });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readSettings({ HOME: '', PATH: '/bin' }).git).toEqual({ PATH: '/bin' });
  });
});

it('reads what only a server needs when a server asks for it', () => {
  const settings = readSettings({ PORT: 'x', APP_ID: '1' });
  expect(() => settings.port()).toThrow('PORT is no port');
  expect(() => settings.github()).toThrow('PRIVATE_KEY');
  expect(readSettings({ PORT: '8080' }).port()).toBe(8080);
  expect(readSettings({}).github()).toBeUndefined();
});
