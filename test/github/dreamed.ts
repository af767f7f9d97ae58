/** A repository on the stand-in that has been dreamed about: memory, config, sessions on the ledger, one dream open. */
import { pino } from 'pino';
import { expect } from 'vitest';
import type { Decision, Journal } from '../../src/core/dream/journal.ts';
import { openDream } from '../../src/core/dream/triggers.ts';
import type { Session } from '../../src/core/sessions/session.ts';
import { embeddedDreamer } from '../../src/dreamers/embedded/dreamer.ts';
import { hostedRepositories, type HostedPlace } from '../../src/github/repositories.ts';
import { bareSite } from '../../src/git/open.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { dreamWork } from '../../src/jobs/handlers.ts';
import type { JobContext } from '../../src/jobs/handler.ts';
import type { Fault, Target } from '../support/forge/server/faults.ts';
import type { RecordedRequest } from '../support/forge/server/record.ts';
import { agent, person, session } from '../support/session.ts';
import { lastingFolder } from '../support/repository.ts';
import { aHosting, goOnFrom, keep, type Hosting, type Kept } from './hosted.ts';
import { aClone } from './person.ts';

export interface Dreamed extends Hosting {
  /** As the next job finds it: what came to GitHub since is in it. */
  place(signal?: AbortSignal): Promise<HostedPlace>;
  /** The dream that is open now, by the ledger on GitHub. @throws when none is. */
  open(): Promise<Journal>;
  decisions(): Promise<readonly Decision[]>;
}

const memory = `# Notes

- Run the tests before you push.
- The fares are listed in \`lib/fares.tsv\`.
- Ask in the channel before you touch the ledger.
`;

/** Proposes to take the line about fares out, and three things that people asked to remember. */
const files = {
  'CLAUDE.md': memory,
  'lib/fares.tsv': 'fares\t1\n',
  'src/app.ts': 'export {};\n',
  '.github/dreamkeeper.yml': 'mode: manual\n',
};

const people = { ana: 'admin', ben: 'write', rea: 'read' } as const;

const asked = [
  'Remember: always run `pnpm lint` before you commit.',
  'Remember: never edit generated files under `src/generated`.',
  'Remember: the staging database listens on port 5433.',
];

export const dreamedAt = '2026-03-20T18:00:00.000Z';

/** Their words are what three proposals rest on. */
export const askingSessions: readonly Session[] = asked.map((words, at) =>
  session({ id: `session-${at + 1}`, day: 10 + at, by: 'ana' }, person(words), agent('I will.')),
);

export interface DreamedParts {
  readonly files?: Readonly<Record<string, string>>;
  readonly sessions?: readonly Session[];
  readonly private?: boolean;
  /** When it was dreamed, ISO 8601. */
  readonly at?: string;
  /** Like GitHub Enterprise Server. */
  readonly enterprise?: boolean;
  /** Sessions wait, and nobody has dreamed yet. */
  readonly undreamed?: true;
  /** What goes wrong while it is dreamed; the job then fails. */
  readonly failing?: readonly [target: Target, fault: Fault];
}

/** Made once for all tests of a file that want the same: a dream is a few hundred processes of git. */
const kept = new Map<string, Promise<Kept>>();

export async function aDreamedRepository(parts: DreamedParts = {}): Promise<Dreamed> {
  if (parts.failing !== undefined || parts.undreamed === true) return dreamAnew(parts);
  const standIn = { enterprise: parts.enterprise ?? false };
  // Minutes are no matter to who dreams now.
  const key = JSON.stringify({ ...parts, at: parts.at?.slice(0, 10) });
  const before = kept.get(key);
  if (before !== undefined) {
    const hosting = await goOnFrom(await before, standIn);
    return { ...hosting, ...reading(hosting) };
  }
  const made = dreamAnew(parts);
  kept.set(
    key,
    made.then((dreamed) => keep(dreamed, lastingFolder())),
  );
  await kept.get(key);
  return made;
}

async function dreamAnew(parts: DreamedParts): Promise<Dreamed> {
  const hosting = await aHosting(
    {
      files: { ...files, ...parts.files },
      people,
      private: parts.private ?? true,
    },
    { enterprise: parts.enterprise ?? false },
  );
  const clone = await aClone(hosting);
  clone.git('rm', '-q', 'lib/fares.tsv');
  clone.commit('Keep fares in the database', {}, '2026-03-05T12:00:00Z');
  await clone.push('main');
  const dreamed = { ...hosting, ...reading(hosting) };
  const place = await dreamed.place();
  await place.ledger.write('Take in sessions', () =>
    Promise.resolve({ sessions: parts.sessions ?? askingSessions }),
  );
  if (parts.undreamed === true) return dreamed;
  if (parts.failing !== undefined) hosting.github.fail(...parts.failing);
  const payload = { kind: 'dream', repository: String(hosting.repository.id), asked: true } as const;
  const work = dreamWork(place, payload, parts.at ?? dreamedAt, aJobContext());
  if (parts.failing === undefined) await work;
  else await expect(work).rejects.toThrow();
  return dreamed;
}

/** A job pushes the ledger first, then the branch of the dream, then the ledger again. @param n counts from 1. */
export function nthPush(n: number): (request: RecordedRequest) => boolean {
  let pushes = 0;
  return ({ operation, method }) =>
    operation === 'git-receive-pack' && method === 'POST' && (pushes += 1) === n;
}

function reading(hosting: Hosting): Pick<Dreamed, 'place' | 'open' | 'decisions'> {
  const { client, dataFolder, env: git, repository, installation } = hosting;
  const source = hostedRepositories({ client, dataFolder, git, dreamerOf: () => embeddedDreamer });
  const place: Dreamed['place'] = async (signal = new AbortController().signal) => {
    const found = await source.open(String(repository.id), signal, String(installation.id));
    if (found === undefined) throw new Error('The repository is not there.');
    return found;
  };
  // From where GitHub keeps it: opening a place fetches all that a job needs.
  const ledger = () => openLedger({ site: bareSite(repository.dir, { env: git }) }).read();
  return {
    place,
    async open() {
      const view = await ledger();
      const open = openDream(await view.journals(), await view.decisions());
      if (open === undefined) throw new Error('No dream is open.');
      return open;
    },
    decisions: async () => (await ledger()).decisions(),
  };
}

/** What the worker gives a job. */
export function aJobContext(signal = new AbortController().signal): JobContext {
  return { id: 'a-job', attempt: 0, signal, log: pino({ level: 'silent' }) };
}
