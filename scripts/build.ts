/** Builds dist/: compiled code, prompts, the config's JSON Schema; the schema also goes to docs/. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format } from 'prettier';
import { z } from 'zod';
import { configSchema } from '../src/core/config.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

function compile(): void {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
}

/** Prompts and other long texts are .md files beside the code that reads them. */
function copyTexts(): void {
  cpSync(join(root, 'src'), dist, {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
}

function makeExecutable(): void {
  const cli = join(dist, 'cli.js');
  if (!readFileSync(cli, 'utf8').startsWith('#!/usr/bin/env node\n'))
    throw new Error('src/cli.ts must start with a shebang');
  chmodSync(cli, 0o755);
}

async function writeConfigSchema(): Promise<void> {
  const schema = z.toJSONSchema(configSchema, { io: 'input' });
  const json = await format(JSON.stringify({ title: 'Dreamkeeper configuration', ...schema }), {
    parser: 'json',
  });
  writeFileSync(join(dist, 'config.schema.json'), json);
  writeFileSync(join(root, 'docs', 'config.schema.json'), json);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
compile();
copyTexts();
makeExecutable();
await writeConfigSchema();
