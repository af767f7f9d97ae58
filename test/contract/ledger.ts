/** What every ledger promises to the pipelines. A new kind needs one line in ledger.test.ts. */
import { describe, expect, it, vi } from 'vitest';
import type { Extract, Ledger, LedgerChange, LedgerView } from '../../src/core/dream/ledger.ts';
import { aJournal } from '../support/journal.ts';
import { storedSession } from '../support/stored-session.ts';

vi.setConfig({ testTimeout: 60_000 });

const put = (ledger: Ledger, change: LedgerChange): Promise<LedgerView> =>
  ledger.write('Change', () => Promise.resolve(change));

/** @param open a ledger nobody has written to; what it returns opens the same ledger anew, as another process would. */
export function testLedger(name: string, open: () => Promise<() => Promise<Ledger>>): void {
  describe(`a ledger in ${name}`, () => {
    it('is empty at first', async () => {
      const view = await (await (await open())()).read();
      expect(view.commit).toBeUndefined();
      expect([view.objects.size, await view.sessions(), await view.journals()]).toEqual([0, [], []]);
      expect([await view.decisions(), (await view.entries()).size]).toEqual([[], 0]);
      expect(await view.session('one')).toBeUndefined();
    });

    it('tells everybody what was written, as it was', async () => {
      const ledger = await open();
      const record = { support: 2, applied: 1, violated: 0, contradicted: 0 };
      const written = await put(await ledger(), {
        sessions: [storedSession('one', ['Grüße\r\n\u2028"x"', 'ok'])],
        journals: [aJournal()],
        decisions: [{ type: 'resumed', at: '2026-03-01T00:00:00Z' }],
        entries: new Map([['0123456789', record]]),
      });
      const view = await (await ledger()).read();
      expect(view.commit).toBe(written.commit);
      expect(await view.session('one')).toEqual(storedSession('one', ['Grüße\r\n\u2028"x"', 'ok']));
      expect(await view.journals()).toEqual([aJournal()]);
      expect(await view.decisions()).toEqual([{ type: 'resumed', at: '2026-03-01T00:00:00Z' }]);
      expect(await view.entries()).toEqual(new Map([['0123456789', record]]));
      expect(await view.problems()).toEqual([]);
    });

    it('names each session by a path and an object that changes when the session grows', async () => {
      const ledger = await (await open())();
      const first = await put(ledger, { sessions: [storedSession('one'), storedSession('two')] });
      const grown = await put(ledger, { sessions: [storedSession('one', ['hello', 'hi', 'more'])] });
      const objectOf = (view: LedgerView, id: string) => view.objects.get(view.pathOf(id));
      expect(objectOf(grown, 'two')).toBe(objectOf(first, 'two'));
      expect(objectOf(grown, 'one')).not.toBe(objectOf(first, 'one'));
      const events = (await grown.sessions()).map(({ summary }) => [summary.id, summary.eventCount]);
      expect(events.sort()).toEqual([
        ['one', 3],
        ['two', 2],
      ]);
    });

    it('keeps showing a reader what was there when the reading began', async () => {
      const ledger = await (await open())();
      const before = await put(ledger, { sessions: [storedSession('one')] });
      await put(ledger, { remove: [before.pathOf('one')], sessions: [storedSession('two')] });
      expect((await before.session('one'))?.id).toBe('one');
      expect(await before.session('two')).toBeUndefined();
      expect(await (await ledger.read()).session('one')).toBeUndefined();
    });

    it('gives extracts of the extractor asked for, while the session is what they were taken from', async () => {
      const ledger = await (await open())();
      const session = storedSession('one');
      const view = await put(ledger, { sessions: [session] });
      const { events, ...header } = session;
      const object = view.objects.get(view.pathOf('one')) ?? '';
      const summary = { ...header, eventCount: events.length };
      const extract: Extract = { extractor: 'v1', object, session: summary, signals: [] };
      const kept = await put(ledger, { extracts: [extract] });
      expect([...(await kept.extracts('v1'))]).toEqual([['one', extract]]);
      expect((await kept.extracts('v2')).size).toBe(0);
      const grown = await put(ledger, { sessions: [storedSession('one', ['hello', 'hi', 'more'])] });
      expect((await grown.extracts('v1')).size).toBe(0);
    });

    it('keeps the newest journal of a dream, and every decision in order', async () => {
      const ledger = await (await open())();
      await put(ledger, { journals: [aJournal()], decisions: [{ type: 'resumed', at: '1' }] });
      const view = await put(ledger, {
        journals: [aJournal({ reason: 'again' })],
        decisions: [{ type: 'resumed', at: '2' }],
      });
      expect((await view.journals()).map(({ reason }) => reason)).toEqual(['again']);
      expect((await view.decisions()).map(({ at }) => at)).toEqual(['1', '2']);
    });

    it('writes nothing when nothing is new', async () => {
      const ledger = await (await open())();
      const { commit } = await put(ledger, { sessions: [storedSession('one')] });
      expect((await put(ledger, { sessions: [storedSession('one')] })).commit).toBe(commit);
      expect((await ledger.write('Nothing', () => Promise.resolve(undefined))).commit).toBe(commit);
    });

    it('loses nothing when several write at once, and asks the slower ones again', async () => {
      const ledger = await open();
      const ids = ['one', 'two', 'three', 'four'];
      let asked = 0;
      const seen = await Promise.all(
        ids.map(async (id) =>
          (await ledger()).write('Change', (view) => {
            asked += 1;
            const known = view.objects.size;
            return Promise.resolve({
              sessions: [storedSession(id)],
              decisions: [{ type: 'resumed', at: String(known) }],
            });
          }),
        ),
      );
      const view = await (await ledger()).read();
      expect(seen).toHaveLength(ids.length);
      expect(asked).toBeGreaterThanOrEqual(ids.length);
      expect((await view.sessions()).map(({ summary }) => summary.id).sort()).toEqual([...ids].sort());
      // Each was asked on the tip that it was written to.
      expect((await view.decisions()).map(({ at }) => at)).toEqual(['0', '1', '2', '3']);
    });

    it('is as it was when a change fails', async () => {
      const ledger = await (await open())();
      const { commit } = await put(ledger, { sessions: [storedSession('one')] });
      await expect(ledger.write('Change', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect((await ledger.read()).commit).toBe(commit);
    });
  });
}
