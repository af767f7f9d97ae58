/** A repository on GitHub as a job finds it: its name and state at this moment, and how to reach it. */
import type { ProbotOctokit } from 'probot';

export type Octokit = InstanceType<typeof ProbotOctokit>;

export interface HostedRepository {
  /** Never reused, whatever the repository is called. */
  readonly id: number;
  /** The installation that covers it. */
  readonly installation: number;
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  readonly defaultBranch: string;
  readonly visibility: 'public' | 'private' | 'internal';
  readonly archived: boolean;
  /** May reach this repository and no other. */
  readonly octokit: Octokit;
  /** Without any credential. */
  readonly gitUrl: string;
  /** What git's environment needs besides; holds the token, so it goes nowhere else. Asked for anew for each command. */
  gitAuth(): Promise<Readonly<Record<string, string>>>;
}

/** The token as a setting that lives in the environment of one command: not in argv, address, file or log. */
export function gitAuthOf(webUrl: string, token: string): Readonly<Record<string, string>> {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${webUrl}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
}
