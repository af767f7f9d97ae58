/**
 * The queue under everything that goes wrong at once: `npm run soak [-- --repositories 300 --kill-every 5]`.
 *
 * Worker processes serve real repositories. One after the other is killed, the database crashes once and is emptied
 * once, one worker's clock is five minutes off. What counts afterwards is what Git has: every transcript once, in the
 * order in which it came; no dream twice; and by the logs never two jobs of one repository at a time. What was asked for
 * before the database was emptied is found again by looking, and may so come after what was asked for then; each part
 * keeps its order.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { pino } from 'pino';
import { createQueue } from '../src/jobs/boss-queue.ts';
import { openDatabase } from '../src/jobs/database.ts';
import type { JobPayload } from '../src/jobs/job.ts';
import { startPostgres } from '../src/jobs/postgres/server.ts';
import type { Queue } from '../src/jobs/queue.ts';
import { asTold } from '../test/support/as-told.ts';
import { readEffects } from '../test/support/effects.ts';
import { overlaps, type Work } from '../test/support/serve-process.ts';
import { servedFolder, type Served } from '../test/support/served.ts';
import { transcript } from '../test/support/transcript.ts';
import { startFleet } from './soak/fleet.ts';
import { passableFolder } from './speed/jobs-server.ts';

const { values } = parseArgs({
  options: {
    repositories: { type: 'string', default: '300' },
    sessions: { type: 'string', default: '12' },
    'kill-every': { type: 'string', default: '5' },
    workers: { type: 'string', default: '3' },
  },
});
const names = Array.from(
  { length: Number(values.repositories) },
  (_, at) => `r${String(at).padStart(4, '0')}`,
);
const sessions = Array.from({ length: Number(values.sessions) }, (_, at) => String(at + 1).padStart(3, '0'));
const memory = {
  'CLAUDE.md': '# Memory\n\n- Use pnpm, not npm.\n',
  '.github/dreamkeeper.yml': 'dream:\n  sessions: 1\n  apart: 0\nledger:\n  retention: 3650\n',
};

const silent = pino({ level: 'silent' });
const say = (text: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** Asks for everything, a bit of every repository at a time; what the database could not take is asked for again. */
async function ask(queue: Queue, served: Served, onShare: (share: number) => Promise<void>): Promise<number> {
  let asked = 0;
  const send = async (payload: JobPayload): Promise<void> => {
    for (;;)
      try {
        await queue.send(payload);
        asked += 1;
        return;
      } catch {
        await sleep(500);
      }
  };
  for (const [at, session] of sessions.entries()) {
    for (const repository of names) {
      const file = `${session}.jsonl`;
      const words = `Remember: rule ${session} of ${repository} is to lint before a commit.`;
      served.drop(repository, file, transcript(`${repository}-${session}`, words, 'Yes.'));
      await send({ kind: 'ingest', repository, source: 'inbox', at: file });
      if (at % 4 === 3) await send({ kind: 'dream', repository });
    }
    await onShare((at + 1) / sessions.length);
  }
  for (const repository of names) await send({ kind: 'sync', repository });
  return asked;
}

async function untilIdle(queue: Queue, quiet: number): Promise<void> {
  let last = '';
  for (let still = 0; still < quiet;) {
    await sleep(2_000);
    const depth = await queue.depth().catch(() => undefined);
    const left = depth?.filter(({ state }) => state !== 'dead');
    const text = left?.map(({ kind, state, jobs }) => `${jobs} ${kind} ${state}`).join(', ') ?? 'no answer';
    if (text !== last) say(text === '' ? 'nothing waits' : text);
    last = text;
    still = text === '' ? still + 1 : 0;
  }
}

/**
 * @param before how many sessions were asked for before the database was emptied.
 * @returns sentences about what is not as it must be.
 */
function judge(served: Served, work: readonly Work[], before: number): readonly string[] {
  const wrong: string[] = [];
  let [taken, dreams] = [0, 0];
  for (const name of names) {
    const { sessions: found, digests, lastInputs } = readEffects(served, name);
    const expected = sessions.map((session) => `${name}-${session}`);
    taken += found.length;
    dreams += digests.length;
    for (const part of [expected.slice(0, before), expected.slice(before)])
      if (found.filter((id) => part.includes(id)).join() !== part.join())
        wrong.push(`${name}: its ledger took ${found.join(' ')}`);
    if (found.length !== expected.length) wrong.push(`${name}: its ledger took ${found.length} sessions`);
    if (new Set(digests).size !== digests.length) wrong.push(`${name}: a dream was done twice`);
    if (lastInputs.join() !== expected.join())
      wrong.push(`${name}: the last dream read ${lastInputs.length}`);
  }
  const together = overlaps(work);
  for (const [one, other] of together.slice(0, 5)) wrong.push(`together: ${JSON.stringify([one, other])}`);
  const killed = work.filter(({ end }) => end === 'killed').length;
  say(
    `${taken} sessions taken in, ${dreams} dreams, ${work.length} attempts, ${killed} of them cut off by a kill`,
  );
  return wrong;
}

async function main(): Promise<void> {
  const top = passableFolder();
  const logs = join(top, 'logs');
  mkdirSync(logs);
  const served = servedFolder(top);
  say(`making ${names.length} repositories`);
  served.add(names[0] ?? '', memory);
  served.copy(names[0] ?? '', names.slice(1));
  let postmaster = 0;
  const server = await startPostgres({
    folder: join(top, 'postgres'),
    log: silent,
    onEvent: (event) => {
      if (event.kind === 'ready') postmaster = event.pid;
    },
  });
  const { connectionString } = server;
  const database = await openDatabase({ connectionString, log: silent, supervise: false, leaseSeconds: 10 });
  const queue = createQueue(database);
  const fleet = startFleet({
    repos: served.folder,
    databaseUrl: connectionString,
    logs,
    workers: Number(values.workers),
    killEvery: Number(values['kill-every']),
  });
  const started = performance.now();
  let crashed = false;
  let before = 0;
  const asked = await ask(queue, served, async (share) => {
    if (share >= 1 / 3 && !crashed) {
      crashed = true;
      say('the database crashes');
      process.kill(postmaster, 'SIGKILL');
    }
    if (share >= 2 / 3 && before === 0) {
      before = Math.round(share * sessions.length);
      say('the database is emptied');
      await run(connectionString, 'DROP SCHEMA dreamkeeper CASCADE');
    }
  });
  say(`${asked} jobs asked for`);
  await untilIdle(queue, 5);
  await fleet.stopKilling();
  // What was asked for before the database was emptied is found by looking; the last look may see sessions only now.
  for (const repository of names) await queue.send({ kind: 'dream', repository });
  await untilIdle(queue, 5);
  const dead = await queue.list({ states: ['dead'], limit: 10 });
  await fleet.end();
  const work = await asTold(
    fleet.all.flatMap((serve) => serve.work()),
    database,
  );
  await database.close();
  await server.stop();
  const wrong = [
    ...judge(served, work, before),
    ...dead.map(({ kind, error }) => `dead: ${kind} ${error?.message ?? ''}`),
  ];
  say(
    `${Math.round((performance.now() - started) / 1_000)} s, ${fleet.kills()} kills, 1 crash and 1 loss of the database`,
  );
  for (const line of wrong.slice(0, 20)) say(`WRONG ${line}`);
  say(wrong.length === 0 ? 'all as it must be' : `${wrong.length} things are wrong; kept: ${top}`);
  if (wrong.length === 0) rmSync(top, { recursive: true, force: true });
  else process.exitCode = 1;
}

async function run(connectionString: string, text: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString });
    // A crash may take this connection too.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(text);
      return;
    } catch {
      await sleep(200);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

await main();
