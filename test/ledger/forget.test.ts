import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../src/core/sessions/session.ts';
import { openRepository } from '../../src/git/repository.ts';
import { forget } from '../../src/ledger/forget.ts';
import { sessionHash } from '../../src/ledger/layout.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { applyRetention } from '../../src/ledger/retention.ts';
import { aJournal, aJournalProposal, aQuote } from '../support/journal.ts';
import { scratchRepository } from '../support/repository.ts';
import type { Scratch } from '../support/repository.ts';
import { redacted, storedSession } from '../support/stored-session.ts';

const now = '2026-11-20T00:00:00.000Z';
const secret = 'the plan about the blue house';

async function withSessions(...sessions: readonly Session[]) {
  const scratch = scratchRepository();
  scratch.commit('base', { 'a.md': 'a' });
  const ledger = openLedger(await openRepository(scratch.dir, scratch.env));
  for (const session of sessions) await ledger.write('x', () => Promise.resolve({ sessions: [session] }));
  return { scratch, ledger };
}

/** All that any object of the repository holds, reachable or not. */
function everything(scratch: Scratch): string {
  return execFileSync('git', ['cat-file', '--batch-all-objects', '--batch', '--unordered'], {
    cwd: scratch.dir,
    env: scratch.env,
  }).toString('latin1');
}

describe('forget a session', () => {
  it('takes it out of the ledger, its history and the repository', async () => {
    const { scratch, ledger } = await withSessions(
      storedSession('gone', [secret]),
      storedSession('kept', ['kept words']),
    );
    expect(everything(scratch)).toContain(secret);
    const { sessions, remains } = await forget(ledger, { session: 'gone' }, { now, person: 'ada' });
    expect(sessions).toEqual(['gone']);
    expect(remains).toHaveLength(1);
    expect(everything(scratch)).not.toContain(secret);
    expect(scratch.git('rev-list', '--count', 'dreamkeeper')).toBe('1');
    const view = await ledger.read();
    expect(await view.session('kept')).toEqual(storedSession('kept', ['kept words']));
    expect(await view.decisions()).toEqual([
      { type: 'tombstone', at: now, person: 'ada', session: sessionHash('gone'), reason: 'forgotten' },
    ]);
    expect(await view.problems()).toEqual([]);
    expect(scratch.git('fsck', '--full')).toBe('');
    expect(scratch.git('show', 'main:a.md')).toBe('a');
  });

  it('takes away what was noted of it, and of words to forget', async () => {
    const { ledger, scratch } = await withSessions(storedSession('gone', [secret]), storedSession('kept'));
    const notes = ['gone', 'kept', 'batch'].map((name) => ({
      kind: name === 'batch' ? ('claude-batch' as const) : ('claude-extract' as const),
      name,
      value: { asked: name === 'batch' ? ['gone'] : [], words: name === 'gone' ? secret : 'other words' },
    }));
    await ledger.write('notes', () => Promise.resolve({ notes }));
    await forget(ledger, { session: 'gone' }, { now });
    const view = await ledger.read();
    expect([...(await view.notes('claude-extract')).keys()]).toEqual(['kept']);
    expect(await view.notes('claude-batch')).toEqual(new Map());
    await forget(ledger, { text: 'other words' }, { now });
    expect(await (await ledger.read()).notes('claude-extract')).toEqual(new Map());
    expect(everything(scratch)).not.toContain('other words');
  });

  it('takes its words out of journals and decisions', async () => {
    const { ledger, scratch } = await withSessions(
      storedSession('session-gone', [secret]),
      storedSession('kept'),
    );
    const alone = aJournalProposal({
      title: 'Remember the blue house',
      evidence: [aQuote(secret, { session: 'session-gone' })],
      signals: ['session-gone:3:request'],
    });
    const shared = aJournalProposal({
      number: 2,
      rationale: `Two said so: ${secret}.`,
      evidence: [aQuote(secret, { session: 'session-gone' }), aQuote('as we said', { session: 'kept' })],
    });
    const journal = aJournal({
      proposals: [alone, shared],
      inputs: [{ session: 'session-gone', events: 1, object: 'o' }],
    });
    await ledger.write('x', () =>
      Promise.resolve({
        journals: [journal],
        decisions: [
          {
            type: 'rejected',
            at: now,
            dream: journal.id,
            number: 1,
            kind: 'learn',
            targets: ['CLAUDE.md#Tools'],
            words: ['blue', 'house'],
            evidence: alone.evidence,
            signals: alone.signals,
          },
        ],
      }),
    );
    const { dreams, remains } = await forget(ledger, { session: 'session-gone' }, { now });
    expect(dreams).toEqual([journal.id]);
    expect(remains.join()).toContain(`dream ${journal.id} rests on it`);
    const all = everything(scratch);
    for (const trace of [
      secret,
      'blue',
      'session-gone',
      alone.operations.map((o) => 'text' in o && o.text).join(),
    ])
      expect(
        all.includes(trace) && !shared.operations.some((o) => 'text' in o && o.text === trace),
        trace,
      ).toBe(false);
    const [after] = await (await ledger.read()).journals();
    expect(after?.proposals[1]).toMatchObject({
      title: shared.title,
      rationale: 'Two said so: [forgotten].',
      evidence: [{ quote: '[forgotten]' }, { quote: 'as we said', session: 'kept' }],
    });
    expect(await (await ledger.read()).problems()).toEqual([]);
  });

  it('that was never there leaves a tombstone, once', async () => {
    const { ledger } = await withSessions();
    await forget(ledger, { session: 'never' }, { now });
    const { commit } = await ledger.read();
    await forget(ledger, { session: 'never' }, { now });
    const view = await ledger.read();
    expect(view.commit).toBe(commit);
    expect(await view.decisions()).toHaveLength(1);
  });

  it('says where the old history still is', async () => {
    const { scratch, ledger } = await withSessions(storedSession('gone', [secret]));
    scratch.git('update-ref', 'refs/remotes/origin/dreamkeeper', 'dreamkeeper');
    scratch.git('repack', '-q', '-a', '-d');
    const { remains } = await forget(ledger, { session: 'gone' }, { now });
    expect(remains.join('\n')).toContain('refs/remotes/origin/dreamkeeper still has the old history');
    scratch.git('update-ref', '-d', 'refs/remotes/origin/dreamkeeper');
    await ledger.write('x', () => Promise.resolve({ sessions: [storedSession('packed', [secret])] }));
    scratch.git('repack', '-q', '-a', '-d');
    const packed = await forget(ledger, { session: 'packed' }, { now });
    expect(packed.remains.join('\n')).toMatch(
      /\d+ objects are in pack files until "git gc --prune=now" has run/,
    );
    scratch.git('gc', '-q', '--prune=now');
    expect(everything(scratch)).not.toContain(secret);
  });

  it('keeps what another branch needs', async () => {
    const { scratch, ledger } = await withSessions(storedSession('gone', [secret]));
    scratch.git('branch', 'mine', 'dreamkeeper');
    await forget(ledger, { session: 'gone' }, { now });
    expect(scratch.git('fsck', '--full')).toBe('');
    expect(scratch.git('log', '-p', 'mine')).toContain(secret);
  });
});

describe('forget a text', () => {
  it('takes it out wherever it stands and leaves the rest', async () => {
    const { scratch, ledger } = await withSessions(
      {
        ...storedSession('one', [`say "${secret}"\nagain ${secret}`, 'fine']),
        title: redacted(`About ${secret}`),
      },
      storedSession('two', ['other words']),
    );
    const { sessions } = await forget(ledger, { text: secret }, { now });
    expect(sessions).toEqual(['one']);
    expect(everything(scratch)).not.toContain(secret);
    const view = await ledger.read();
    expect((await view.session('one'))?.events[0]?.spans[0]?.text).toBe(
      'say "[forgotten]"\nagain [forgotten]',
    );
    expect(await view.session('two')).toEqual(storedSession('two', ['other words']));
    expect((await view.session('one'))?.title).toBe('About [forgotten]');
  });

  it('does not break what is no text', async () => {
    const { ledger } = await withSessions(storedSession('agent', ['the agent', 'a person']));
    for (const text of ['agent', 'person', '2026-', 'claude']) await forget(ledger, { text }, { now });
    const view = await ledger.read();
    expect((await view.session('agent'))?.events.map(({ spans }) => spans[0]?.text)).toEqual([
      'the [forgotten]',
      'a [forgotten]',
    ]);
    expect(await view.problems()).toEqual([]);
  });

  it('refuses a text that stands everywhere, and does nothing for one that stands nowhere', async () => {
    const { ledger } = await withSessions(storedSession('one'));
    const before = (await ledger.read()).commit;
    await expect(forget(ledger, { text: ' a ' }, { now })).rejects.toMatchObject({ code: 'usage' });
    expect((await forget(ledger, { text: 'nowhere' }, { now })).sessions).toEqual([]);
    expect((await ledger.read()).commit).toBe(before);
  });
});

describe('retention', () => {
  const endedOn = (id: string, day: string): Session => ({
    ...storedSession(id, [`words of ${id}`]),
    endedAt: `${day}T00:00:00.000Z`,
  });

  it('removes old sessions from history too, and remembers their hashes', async () => {
    const { scratch, ledger } = await withSessions(
      endedOn('old', '2026-05-23'),
      endedOn('young', '2026-05-25'),
    );
    await ledger.write('x', () => Promise.resolve({ journals: [aJournal()] }));
    expect(await applyRetention(ledger, 180, now)).toEqual(['old']);
    expect(everything(scratch)).not.toContain('words of old');
    const view = await ledger.read();
    expect((await view.sessions()).map(({ summary }) => summary.id)).toEqual(['young']);
    expect(await view.decisions()).toMatchObject([{ session: sessionHash('old'), reason: 'retention' }]);
    expect(await view.journals()).toEqual([aJournal()]);
  });

  it('does nothing when nothing is old', async () => {
    const { scratch, ledger } = await withSessions(endedOn('young', '2026-11-19'));
    const timeless = Object.entries(storedSession('timeless')).filter(([key]) => key !== 'startedAt');
    const session = Object.fromEntries(timeless) as unknown as Session;
    await ledger.write('x', () => Promise.resolve({ sessions: [session] }));
    expect(await applyRetention(ledger, 1, now)).toEqual([]);
    expect(scratch.git('rev-list', '--count', 'dreamkeeper')).toBe('2');
  });

  it('works on a ledger that lies in a worktree of a bare repository', async () => {
    const scratch = scratchRepository();
    scratch.commit('x');
    scratch.git('clone', '-q', '--bare', '.', '../bare');
    const bare = scratch.at(join(scratch.dir, '../bare'));
    bare.git('worktree', 'add', '-q', '../linked', 'main');
    const linked = scratch.at(join(scratch.dir, '../linked'));
    const ledger = openLedger(await openRepository(linked.dir, linked.env));
    await ledger.write('x', () => Promise.resolve({ sessions: [endedOn('old', '2020-01-01')] }));
    expect(await applyRetention(ledger, 180, now)).toEqual(['old']);
    expect(everything(bare)).not.toContain('words of old');
  });
});
