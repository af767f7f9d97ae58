/** A repository on the stand-in as a job finds it, and what jobs get with it. */
import { pino } from 'pino';
import { embeddedDreamer } from '../../src/dreamers/embedded/dreamer.ts';
import { ingestHosted } from '../../src/github/ingest.ts';
import { hostedRepositories, type HostedPlace } from '../../src/github/repositories.ts';
import type { JobResult } from '../../src/jobs/handler.ts';
import type { JobOf } from '../../src/jobs/job.ts';
import type { StoredView } from '../../src/ledger/view.ts';
import type { Hosting } from './hosted.ts';

export interface Jobs {
  /** @param folder of another process. */
  readonly open: (folder?: string) => Promise<HostedPlace>;
  readonly ingest: (source: JobOf<'ingest'>['source'], at?: string, folder?: string) => Promise<JobResult>;
  /** The ledger as a job finds it. */
  readonly stored: () => Promise<StoredView>;
  /** What jobs logged. */
  readonly logged: string[];
}

export function jobsOn({ client, env: git, repository, installation, dataFolder }: Hosting): Jobs {
  const { signal } = new AbortController();
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const open: Jobs['open'] = async (folder = dataFolder) => {
    const parts = { client, dataFolder: folder, git, dreamerOf: () => embeddedDreamer };
    const place = await hostedRepositories(parts).open(
      String(repository.id),
      signal,
      String(installation.id),
    );
    if (place === undefined) throw new Error('The repository is not there.');
    return place;
  };
  return {
    open,
    logged,
    async ingest(source, at, folder) {
      const payload = { kind: 'ingest', repository: String(repository.id), source } as const;
      const which = at === undefined ? {} : { at };
      return ingestHosted(
        await open(folder),
        { ...payload, ...which },
        { id: 'job', attempt: 0, signal, log },
      );
    },
    stored: async () => (await open()).ledger.read(),
  };
}
