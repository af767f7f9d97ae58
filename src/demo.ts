/** Makes a repository with a past from the examples: the invented team's memory, as it grew over the months. */
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { gitAnswer, runGit, type GitSite } from './git/run.ts';

const examples = fileURLToPath(new URL('../examples', import.meta.url));

/** The evening of the story; dreams, dates and commit ids of the demo are the same on every day. */
export const demoNow = '2026-11-20T18:00:00.000Z';

/** Two people hand in what their agents recorded. */
export const demoSessions: readonly { readonly person: string; readonly folder: string }[] = [
  { person: 'Mara Lindqvist', folder: join(examples, 'sessions', 'mara') },
  { person: 'Jonas Okafor', folder: join(examples, 'sessions', 'jonas') },
];

const historySchema = z.array(
  z.strictObject({
    at: z.iso.datetime(),
    author: z.strictObject({ name: z.string(), email: z.string() }),
    message: z.string(),
    /** Paths to copy, by the folder of the examples that has them as they were at this commit. */
    add: z.record(z.string(), z.array(z.string())).default({}),
    remove: z.array(z.string()).default([]),
  }),
);
type Step = z.infer<typeof historySchema>[number];

/** Fills an empty folder with a Git repository on branch `main`. */
export async function buildDemoRepository(folder: string, env: GitSite['env']): Promise<void> {
  const site: GitSite = { gitDir: join(folder, '.git'), workTree: folder, env };
  await mkdir(folder, { recursive: true });
  await runGit(site, ['init', '--quiet', '--initial-branch=main']);
  const history = historySchema.parse(JSON.parse(await readFile(join(examples, 'history.json'), 'utf8')));
  for (const step of history) await commit(site, folder, step);
  await nameVisitor(site);
}

/** Whoever has told git no name yet can accept all the same. */
async function nameVisitor(site: GitSite): Promise<void> {
  const known = await gitAnswer(site, ['config', '--get', 'user.email'], { as: 'user' });
  if (known !== undefined) return;
  await runGit(site, ['config', 'user.name', 'You']);
  await runGit(site, ['config', 'user.email', 'you@example.invalid']);
}

async function commit(
  site: GitSite,
  folder: string,
  { at, author, message, add, remove }: Step,
): Promise<void> {
  for (const [source, paths] of Object.entries(add)) {
    for (const path of paths) await cp(join(examples, source, path), join(folder, path), { recursive: true });
  }
  if (remove.length > 0) await runGit(site, ['rm', '--quiet', '--', ...remove]);
  await runGit(site, ['add', '--all', '--force']);
  await runGit(site, ['commit', '--quiet', '--no-verify', '--message', message], {
    env: {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: at,
      GIT_COMMITTER_NAME: author.name,
      GIT_COMMITTER_EMAIL: author.email,
      GIT_COMMITTER_DATE: at,
    },
  });
}
