import { describe, expect, it } from 'vitest';
import { readAnthropicSettings } from '../src/settings-anthropic.ts';

const key = 'sk-ant-of-a-test';

describe('the settings of Anthropic’s API', () => {
  it('are there when there is a key', () => {
    expect(readAnthropicSettings({})).toBeUndefined();
    expect(readAnthropicSettings({ ANTHROPIC_API_KEY: ' ' })).toBeUndefined();
    expect(readAnthropicSettings({ ANTHROPIC_API_KEY: `${key}\n` })).toEqual({ apiKey: key });
    const baseURL = 'https://gateway.example/anthropic';
    expect(readAnthropicSettings({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: baseURL })).toEqual({
      apiKey: key,
      baseURL,
    });
  });

  it.each(['http://gateway.example', 'gateway.example', 'https://user:word@gateway.example', 'file:///etc'])(
    'send no key to %s',
    (address) => {
      const read = () => readAnthropicSettings({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: address });
      expect(read).toThrow('ANTHROPIC_BASE_URL');
      expect(read).not.toThrow(key);
    },
  );

  it('may be a gateway on this machine', () => {
    const baseURL = 'http://127.0.0.1:4000';
    expect(readAnthropicSettings({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: baseURL })?.baseURL).toBe(
      baseURL,
    );
  });

  it('have the secret of webhooks where there is one, and never say it', () => {
    const webhookSecret = `whsec_${'c2VjcmV0'.repeat(4)}`;
    const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_WEBHOOK_SECRET: ` ${webhookSecret}\n` };
    expect(readAnthropicSettings(env)).toEqual({ apiKey: key, webhookSecret });
    const read = () =>
      readAnthropicSettings({ ANTHROPIC_API_KEY: key, ANTHROPIC_WEBHOOK_SECRET: 'guess-me' });
    expect(read).toThrow('ANTHROPIC_WEBHOOK_SECRET');
    expect(read).not.toThrow('guess-me');
  });

  it('name a key that cannot be one, and do not say it', () => {
    const read = () => readAnthropicSettings({ ANTHROPIC_API_KEY: 'two words' });
    expect(read).toThrow('ANTHROPIC_API_KEY');
    expect(read).not.toThrow('two words');
  });
});
