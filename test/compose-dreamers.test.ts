import { describe, expect, it } from 'vitest';
import { configSchema, type Config } from '../src/core/config.ts';
import { dreamerOf, dreamerWhenAsked } from '../src/compose-dreamers.ts';
import type { AnthropicSettings } from '../src/settings-anthropic.ts';
import { dreamInput } from './support/dream-input.ts';

const key: AnthropicSettings = { apiKey: 'sk-ant-of-a-test' };
const repository = { readFile: () => Promise.resolve(undefined) };
const settings = (anthropic?: AnthropicSettings) => ({ anthropic: () => anthropic });
const wanting = (dreamer?: Config['dream']['dreamer']): Config => configSchema.parse({ dream: { dreamer } });

describe('the mind that dreams', () => {
  it('is Claude where there is a key, unless the config says otherwise', () => {
    expect(dreamerOf(wanting(), settings(key), repository).name).toBe('claude');
    expect(dreamerOf(wanting(), settings(), repository).name).toBe('embedded');
    expect(dreamerOf(wanting('embedded'), settings(key), repository).name).toBe('embedded');
    expect(dreamerOf(wanting('managed'), settings(key), repository).name).toBe('managed');
  });

  it.each(['claude', 'managed'] as const)('cannot be %s without a key', (dreamer) => {
    expect(() => dreamerOf(wanting(dreamer), settings(), repository)).toThrow('needs a key of Anthropic');
  });

  it('may be missing until it is asked to dream', async () => {
    const late = dreamerWhenAsked(wanting('claude'), settings(), repository);
    expect(late.name).toBe('claude');
    await expect(late.dream(dreamInput({ memory: {} }))).rejects.toThrow('needs a key of Anthropic');
  });
});
