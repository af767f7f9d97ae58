/** What jobs left behind in a repository, as Git has it: nothing that a queue says is believed. */
import type { Served } from './served.ts';

export interface Effects {
  /** Ids of the sessions in the order in which the ledger took them; one that was written twice is there twice. */
  readonly sessions: readonly string[];
  /** Digests of what the dreams read; two that are the same are one dream done twice. */
  readonly digests: readonly string[];
  /** Ids of the sessions that the last dream read, sorted. */
  readonly lastInputs: readonly string[];
}

export function readEffects({ git }: Pick<Served, 'git'>, name: string): Effects {
  const touched = git(
    name,
    'log',
    '--reverse',
    '--format=',
    '--name-only',
    '--diff-filter=AM',
    'dreamkeeper',
    '--',
    'sessions/',
  )
    .split('\n')
    .filter((path) => path !== '');
  const journals = git(name, 'ls-tree', '--name-only', 'dreamkeeper', 'dreams/')
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => JSON.parse(git(name, 'show', `dreamkeeper:${path}`)) as Journal)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  return {
    sessions: touched.map((path) => {
      const [header = ''] = git(name, 'show', `dreamkeeper:${path}`).split('\n', 1);
      return (JSON.parse(header) as { readonly id: string }).id;
    }),
    digests: journals.map(({ digest }) => digest),
    lastInputs: (journals.at(-1)?.inputs ?? []).map(({ session }) => session).sort(),
  };
}

interface Journal {
  readonly at: string;
  readonly digest: string;
  readonly inputs: readonly { readonly session: string }[];
}
