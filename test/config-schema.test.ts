import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultConfig, parseConfig } from '../src/config-file.ts';
import { configSchema } from '../src/core/config.ts';
import { onboardingConfig } from '../src/onboarding.ts';

const docs = (name: string): string => readFileSync(join(import.meta.dirname, '..', 'docs', name), 'utf8');

/** Every key of the schema, as `dream.after`. */
function keysOf(node: unknown, path = ''): string[] {
  const { properties = {} } = z
    .object({ properties: z.record(z.string(), z.unknown()).optional() })
    .parse(node);
  return Object.entries(properties).flatMap(([name, inner]) => {
    const below = keysOf(inner, `${path}${name}.`);
    return below.length > 0 ? below : [`${path}${name}`];
  });
}

describe('the published schema', () => {
  it('is the one in the code; "npm run build" writes it', () => {
    const published: unknown = JSON.parse(docs('config.schema.json'));
    expect(published).toMatchObject(z.toJSONSchema(configSchema, { io: 'input' }));
  });

  it('has a row in docs/configuration.md for every key', () => {
    const rows = docs('configuration.md');
    const missing = keysOf(z.toJSONSchema(configSchema, { io: 'input' })).filter(
      (key) => !rows.includes(`| \`${key}\``),
    );
    expect(missing).toEqual([]);
  });
});

describe('the config that a repository starts with', () => {
  const found = [{ path: 'CLAUDE.md', entries: 3, tokens: 40, audience: [] }];

  it('says what no file at all would say', () => {
    expect(parseConfig(onboardingConfig(found))).toEqual({ config: defaultConfig(), notes: [] });
    expect(parseConfig(onboardingConfig([]))).toEqual({ config: defaultConfig(), notes: [] });
  });

  it('names the memory that was found, whatever its path', () => {
    expect(onboardingConfig(found)).toContain('#   CLAUDE.md');
    const hostile = [{ path: 'a\nmode: auto\n$&.md', entries: 1, tokens: 1, audience: [] }];
    expect(parseConfig(onboardingConfig(hostile))).toEqual({ config: defaultConfig(), notes: [] });
  });
});
