import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const instructions = DockerfileParser.parse(read('Dockerfile')).getInstructions();
const of = (keyword: string): string[] =>
  instructions
    .filter((each) => each.getKeyword() === keyword)
    .map((each) => each.getArgumentsContent() ?? '');

it('is as Docker reads it', () => {
  expect(validate(read('Dockerfile'))).toEqual([]);
});

it('begins with the Node that everything is tested with, on Debian', () => {
  const { devDependencies } = z
    .object({ devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')));
  expect(of('FROM')[0]).toBe(`node:${devDependencies.node ?? ''}-bookworm-slim AS base`);
});

it('runs as an ordinary user, listens outside of itself, and says whether it is alive', () => {
  expect(of('USER')).toEqual(['node']);
  expect(of('ENV').join(' ')).toContain('HOST=0.0.0.0');
  expect(of('HEALTHCHECK')[0]).toContain('/healthz');
  expect(of('CMD')).toEqual(['["serve"]']);
});

it('gets all that it copies, and nothing else', () => {
  const kept = read('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  const copied = of('COPY')
    .filter((text) => !text.startsWith('/'))
    .flatMap((text) => text.split(/\s+/).slice(0, -1));
  expect([...new Set(copied)].sort()).toEqual(kept.sort());
});
