/** Three worker processes over forty repositories, three of them killed: every effect once, in order, never two at a time. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDatabase } from '../../src/jobs/database.ts';
import { createQueue } from '../../src/jobs/boss-queue.ts';
import { asTold } from '../support/as-told.ts';
import { readEffects } from '../support/effects.ts';
import { emptyDatabase, silent } from '../support/postgres.ts';
import { scratchFolder } from '../support/repository.ts';
import { overlaps, startServe, type ServeProcess } from '../support/serve-process.ts';
import { servedFolder } from '../support/served.ts';
import { transcript } from '../support/transcript.ts';

const repositories = Array.from({ length: 40 }, (_, at) => `r${String(at).padStart(2, '0')}`);
const sessions = ['1', '2'];
const memory = {
  'CLAUDE.md': '# Memory\n\n- Use pnpm, not npm.\n',
  '.github/dreamkeeper.yml': 'ledger:\n  retention: 3650\n',
};

describe('three workers of which three are killed', () => {
  it(
    'do the work of 200 jobs exactly once, in order, one at a time for each repository',
    { timeout: 400_000 },
    async () => {
      const top = scratchFolder();
      const served = servedFolder(top);
      const logs = join(top, 'logs');
      mkdirSync(logs);
      served.add(repositories[0] ?? '', memory);
      served.copy(repositories[0] ?? '', repositories.slice(1));
      const databaseUrl = await emptyDatabase();
      const database = await openDatabase({
        connectionString: databaseUrl,
        log: silent,
        supervise: false,
        leaseSeconds: 10,
      });
      onTestFinished(() => database.close());
      const queue = createQueue(database);

      const all: ServeProcess[] = [];
      const start = (): ServeProcess => {
        const args = [
          '--role',
          'worker',
          '--lease',
          '10',
          '--sweep',
          '3600',
          '--dreams',
          '2',
          '--dreams-per-installation',
          '6',
        ];
        const serve = startServe({ repos: served.folder, databaseUrl, logs, args });
        all.push(serve);
        return serve;
      };
      onTestFinished(async () => {
        await Promise.all(all.map((each) => each.kill()));
      });
      const running = [start(), start(), start()];

      for (const session of sessions)
        for (const name of repositories) {
          const file = `${session}.jsonl`;
          served.drop(
            name,
            file,
            transcript(`${name}-${session}`, `Remember: rule ${session} of ${name} is to lint.`, 'Yes.'),
          );
          await queue.send({ kind: 'ingest', repository: name, source: 'inbox', at: file });
        }
      // The other 80 of the 200 are asked for by the workers: a look at each repository, and its first dream.
      for (const name of repositories) {
        await queue.send({ kind: 'dream', repository: name, asked: true });
      }

      for (let at = 0; at < 3; at += 1) {
        // Early, so that there is work to do until the leases of the dead are over.
        await vi.waitFor(
          () => expect(all.flatMap((each) => each.work()).length).toBeGreaterThan(20 * (at + 1)),
          { timeout: 100_000 },
        );
        await running[at]?.kill();
        running[at] = start();
      }
      await vi.waitFor(
        async () => expect((await queue.depth()).filter(({ state }) => state !== 'dead')).toEqual([]),
        {
          timeout: 250_000,
          interval: 300,
        },
      );

      expect(await queue.list({ states: ['dead'] })).toEqual([]);
      for (const name of repositories) {
        const effects = readEffects(served, name);
        expect(effects.sessions, name).toEqual(sessions.map((session) => `${name}-${session}`));
        expect(new Set(effects.digests).size, name).toBe(effects.digests.length);
        expect(effects.lastInputs, name).toEqual(sessions.map((session) => `${name}-${session}`));
      }
      const work = all.flatMap((each) => each.work());
      expect(work.filter(({ end }) => end === 'killed').length).toBeGreaterThan(0);
      expect(overlaps(await asTold(work, database))).toEqual([]);
      // A stop in the middle of nothing is quick and clean.
      const asked = performance.now();
      expect(await Promise.all(running.map((each) => each.stop()))).toEqual([0, 0, 0]);
      expect(performance.now() - asked).toBeLessThan(20_000);
    },
  );
});
