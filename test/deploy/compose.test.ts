import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { imageTag, unknownOptions, version } from './command.ts';

const files = ['compose.yml', 'compose.app.yml'];
const sourceOf = (file: string): string =>
  readFileSync(join(import.meta.dirname, '../../deploy', file), 'utf8');
const read = (text: string): unknown => parse(text, { merge: true });

/** The schema of the Compose specification, as the linter dclint brings it. */
const folder = dirname(fileURLToPath(import.meta.resolve('dclint/package.json')));
const schema = JSON.parse(readFileSync(join(folder, 'schemas/compose.schema.json'), 'utf8')) as {
  $schema?: string;
};
delete schema.$schema;
const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string(),
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string()),
      ports: z.array(z.string()).optional(),
      secrets: z.array(z.string()).optional(),
      healthcheck: z.looseObject({ test: z.array(z.string()) }),
      stop_grace_period: z.string(),
    }),
  ),
  secrets: z.record(z.string(), z.object({ file: z.string() })).optional(),
});
const all = files.map((file) => ({
  file,
  source: sourceOf(file),
  ...composeSchema.parse(read(sourceOf(file))),
}));
const ours = all.flatMap(({ file, services }) =>
  Object.entries(services)
    .filter(([name]) => name !== 'database')
    .map(([name, service]) => ({ name: `${name} of ${file}`, ...service })),
);

describe.each(all)('$file', ({ source, services, secrets = {} }) => {
  it('is valid', () => {
    validate(read(source));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('would be found wrong by this check', () => {
    expect(validate(read(source.replace('stop_signal', 'stop_sign')))).toBe(false);
    expect(validate(read(source.replace('start_period: 30s', 'start_period: []')))).toBe(false);
  });

  it('names a version of each image', () => {
    for (const { image } of Object.values(services)) expect(image).toMatch(/:\d+\.\d+/);
  });

  it('holds no password', () => {
    for (const { environment } of Object.values(services))
      for (const [name, value] of Object.entries(environment))
        if (/PASSWORD|SECRET|KEY$|TOKEN|DATABASE_URL/.test(name)) expect(value).toMatch(/\$\{[A-Z_]+:\?/);
  });

  it('has the files of its secrets where it says that they are', () => {
    for (const { secrets: names = [], environment } of Object.values(services)) {
      for (const name of names) expect(secrets).toHaveProperty(name);
      const path = environment.PRIVATE_KEY_PATH;
      if (path !== undefined) expect(names.map((name) => `/run/secrets/${name}`)).toContain(path);
    }
  });

  it('opens ports on this machine only', () => {
    for (const { ports = [] } of Object.values(services))
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});

describe.each(ours)(
  '$name',
  ({ image, command = [], environment, healthcheck, stop_grace_period: grace }) => {
    it('has something to serve', () => {
      expect(command.includes('--repos') || 'APP_ID' in environment).toBe(true);
    });

    it('is started with options that there are, in this version', () => {
      expect(imageTag(image)).toBe(version);
      expect(unknownOptions(command)).toEqual([]);
    });

    it('is asked whether it can work', () => {
      expect(healthcheck.test.join(' ')).toContain('/readyz');
    });

    it('is given the time that stopping takes', () => {
      expect(Number.parseInt(grace, 10)).toBeGreaterThan(20);
    });
  },
);
