/** What tests of the conversation begin with: a dream whose pull request is open, people who speak, and the job that hears them. */
import { expect, vi } from 'vitest';
import type { Decision } from '../../../src/core/dream/journal.ts';
import { reviewWork } from '../../../src/github/review.ts';
import type { JobOf, JobPayload } from '../../../src/jobs/job.ts';
import { isPull, type Comment, type PullIssue } from '../../support/forge/state/issue.ts';
import { aDreamedRepository, aJobContext, type Dreamed } from '../dreamed.ts';

// Each of them is a dream and several jobs, with real git.
vi.setConfig({ testTimeout: 120_000 });

export type Handled = Extract<Decision, { type: 'command' }>;

export interface Talk extends Dreamed {
  /** Of the dream's pull request, as it was opened. */
  readonly number: number;
  /** What was asked for of the queue. */
  readonly sent: JobPayload[];
  pull(): PullIssue;
  /** Somebody comments below the pull request, or in another issue. @returns the comment as it stands at any time. */
  say(login: string, text: string, number?: number): Promise<Comment>;
  /** The job that a webhook asks for. */
  hear(more?: Partial<JobOf<'review'>>): Promise<void>;
  /** Commands that are remembered, in order. */
  answers(): Promise<readonly Handled[]>;
  /** Text of a file on the branch of the dream, on GitHub. */
  file(path?: string): Promise<string>;
  /** The status comment of the pull request, or of another issue. */
  status(number?: number): string;
}

const at = { owner: 'acme', repo: 'shop' };

export async function aTalk(parts: Parameters<typeof aDreamedRepository>[0] = {}): Promise<Talk> {
  // Lately, by the clock of the stand-in: who says nothing for two weeks is taken not to want it.
  const dreamed = await aDreamedRepository({ at: new Date(Date.now() - 3_600_000).toISOString(), ...parts });
  const { github, repository, installation } = dreamed;
  const { pullRequest: number = 0, branch = '' } = await dreamed.open();
  const sent: JobPayload[] = [];
  const send = (payload: JobPayload) => {
    sent.push(payload);
    return Promise.resolve({ id: 'a-dream', isNew: true });
  };
  const issue = (wanted: number) => {
    const found = repository.issues.get(wanted);
    if (found === undefined) throw new Error(`There is no issue ${wanted}.`);
    return found;
  };
  const about = { repository: String(repository.id), installation: String(installation.id) };
  return {
    ...dreamed,
    number,
    sent,
    pull() {
      const found = issue(number);
      if (!isPull(found)) throw new Error('It is no pull request.');
      return found;
    },
    async say(login, body, where = number) {
      const { data } = await github.as(login).rest.issues.createComment({ ...at, issue_number: where, body });
      const comment = issue(where).comments.get(data.id);
      if (comment === undefined) throw new Error('The comment is not there.');
      return comment;
    },
    async hear(more = {}) {
      const payload: JobOf<'review'> = { kind: 'review', ...about, number, ...more };
      const work = reviewWork({ send });
      await work(await dreamed.place(), payload, new Date().toISOString(), aJobContext());
    },
    async answers() {
      return (await dreamed.decisions()).filter((decision) => decision.type === 'command');
    },
    async file(path = 'CLAUDE.md') {
      const { data } = await github.as('ben').rest.repos.getContent({ ...at, path, ref: branch });
      if (!('content' in data)) throw new Error(`${path} is no file.`);
      return Buffer.from(data.content, 'base64').toString('utf8');
    },
    status(where = number) {
      const ours = [...issue(where).comments.values()].filter(({ user }) => user.type === 'Bot');
      expect(ours.length).toBeLessThan(2);
      return ours[0]?.body ?? '';
    },
  };
}

/** What a comment was given, in order. */
export const reactionsTo = ({ reactions }: Comment): readonly string[] =>
  reactions.map(({ content }) => content);
