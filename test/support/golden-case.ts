/** Golden cases on disk: a memory with its past, sessions, and what happens to them (test/golden/README.md). */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { z } from 'zod';

export const goldenFolder = join(import.meta.dirname, '..', 'golden');

const time = z.iso.datetime();

const stepSchema = z.union([
  /** Transcripts of a folder of the case; each folder in it is named for the person who hands in what it holds. */
  z.strictObject({ ingest: z.string() }),
  z.strictObject({ dream: time }),
  /** The open dream is closed by a person. */
  z.strictObject({ reject: time, person: z.string(), reason: z.string() }),
]);
export type Step = z.infer<typeof stepSchema>;

const commitSchema = z.strictObject({
  /** The folder of the case that the repository equals at this commit. */
  tree: z.string(),
  at: time,
  author: z.string(),
  message: z.string(),
});

const caseSchema = z.strictObject({
  /** What must come out, in a sentence. */
  about: z.string(),
  history: z
    .array(commitSchema)
    .min(1)
    .default([{ tree: 'memory', at: '2026-01-05T09:00:00Z', author: 'Ada Brandt', message: 'Memory' }]),
  story: z
    .array(stepSchema)
    .min(1)
    .default([{ ingest: 'sessions' }, { dream: '2026-03-20T18:00:00.000Z' }]),
});

export type GoldenCase = z.infer<typeof caseSchema> & {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** Text of the case's own `.github/dreamkeeper.yml`. */
  readonly config?: string;
};

/** Every case, by name. @throws when a case.json is not one. */
export function goldenCases(): readonly GoldenCase[] {
  return readdirSync(goldenFolder)
    .filter((name) => existsSync(join(goldenFolder, name, 'case.json')))
    .sort()
    .map(goldenCase);
}

export function goldenCase(name: string): GoldenCase {
  const folder = join(goldenFolder, name);
  const config = join(folder, 'dreamkeeper.yml');
  return {
    ...caseSchema.parse(JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'))),
    name,
    folder,
    ...(existsSync(config) ? { config: readFileSync(config, 'utf8') } : {}),
  };
}

/** Who hands in which folder of transcripts, sorted; `somebody` is nobody we know. */
export function submissions(folder: string): { readonly person?: string; readonly folder: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({ ...(name === 'somebody' ? {} : { person: name }), folder: join(folder, name) }));
}

/** Files below a folder, `/`-separated and sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort();
}
