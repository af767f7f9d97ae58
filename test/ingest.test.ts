import { describe, expect, it } from 'vitest';
import type { Source } from '../src/core/sessions/format.ts';
import type { Redactor } from '../src/core/sessions/redact.ts';
import { createRedactor } from '../src/core/sessions/redact.ts';
import { ingest } from '../src/ingest.ts';
import type { IngestOptions } from '../src/ingest.ts';
import { openRepository } from '../src/git/repository.ts';
import { forget } from '../src/ledger/forget.ts';
import { openLedger } from '../src/ledger/ledger.ts';
import { word } from './support/invented-secrets.ts';
import { scratchRepository } from './support/repository.ts';
import { sourceIn } from './support/source.ts';
import { transcript } from './support/transcript.ts';

type Given = Readonly<Record<string, string>>;

async function* sourcesOf(files: Given): AsyncGenerator<Source> {
  for (const path of Object.keys(files)) yield await Promise.resolve(sourceIn(files, path));
}

async function setUp() {
  const scratch = scratchRepository();
  const ledger = openLedger(await openRepository(scratch.dir, scratch.env));
  const redactor = createRedactor();
  return {
    scratch,
    ledger,
    take: (files: Given, options: Partial<IngestOptions> = {}) =>
      ingest({
        sources: sourcesOf(files),
        ledger,
        redactor,
        detail: 'condensed',
        submittedBy: 'ada',
        ...options,
      }),
    session: async (id: string) => (await ledger.read()).session(id),
    trusts: async (id: string) =>
      (await (await ledger.read()).session(id))?.events.map(({ spans }) => spans[0]?.trust),
  };
}

describe('ingest', () => {
  it('stores sessions and says what it did', async () => {
    const { take, session } = await setUp();
    const report = await take({ 'a.jsonl': transcript('one', 'hello', 'hi') + 'not json\n' });
    expect(report).toEqual({
      ingested: 1,
      unchanged: 0,
      refused: [],
      sessions: [
        { id: 'one', agent: 'claude-code', format: 'claude-code', events: 2, redactions: 0, skippedLines: 1 },
      ],
    });
    expect(await session('one')).toMatchObject({
      submittedBy: 'ada',
      people: ['ada'],
      cwd: '/home/ada/shop',
    });
  });

  it('changes nothing the second time', async () => {
    const { take, ledger } = await setUp();
    const files = { 'a.jsonl': transcript('one', 'hello', 'hi'), 'b.jsonl': transcript('two', 'hello') };
    await take(files);
    const { commit } = await ledger.read();
    expect(await take(files)).toMatchObject({ ingested: 0, unchanged: 2, refused: [] });
    expect((await ledger.read()).commit).toBe(commit);
  });

  it('takes a longer version in, leaves a shorter one, and refuses a different one', async () => {
    const { take, session } = await setUp();
    await take({ 'a.jsonl': transcript('one', 'hello', 'hi') });
    expect(await take({ 'a.jsonl': transcript('one', 'hello', 'hi', 'more') })).toMatchObject({
      ingested: 1,
    });
    expect(await take({ 'a.jsonl': transcript('one', 'hello') })).toMatchObject({ unchanged: 1 });
    const { refused, ingested } = await take({
      'a.jsonl': transcript('one', 'hello', 'CHANGED', 'more', 'and more'),
    });
    expect(ingested).toBe(0);
    expect(refused).toEqual([
      { path: 'a.jsonl', reason: 'it differs from the stored session one from event 2 on' },
    ]);
    expect((await session('one'))?.events).toHaveLength(3);
  });

  it.each([
    ['short first', ['hello'], ['hello', 'hi', 'more']],
    ['long first', ['hello', 'hi', 'more'], ['hello']],
  ])('keeps the longest of two files with one session (%s)', async (_name, first, second) => {
    const { take, session } = await setUp();
    const report = await take({
      'a.jsonl': transcript('one', ...first),
      'b.jsonl': transcript('one', ...second),
    });
    expect(report).toMatchObject({
      ingested: 1,
      unchanged: 0,
      refused: [],
      sessions: [{ id: 'one', events: 3 }],
    });
    expect((await session('one'))?.events).toHaveLength(3);
  });

  it('writes one commit for many files', async () => {
    const { take, scratch } = await setUp();
    await take(
      Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}.jsonl`, transcript(`s${n}`, 'hello')])),
    );
    expect(scratch.git('rev-list', '--count', 'dreamkeeper')).toBe('1');
  });

  it('refuses what is no transcript, each with its reason, and takes the rest', async () => {
    const { take } = await setUp();
    const report = await take({
      'empty.jsonl': '',
      'binary.bin': '\0\0\0\0\ufffd\ufffd'.repeat(100),
      'notes.md': '# Notes\n',
      'good.jsonl': transcript('one', 'hello'),
      'deep.json': '['.repeat(100_000),
      '../"\n--x': '{}',
    });
    expect(report.ingested).toBe(1);
    expect(report.refused.map(({ path }) => path)).toEqual([
      'empty.jsonl',
      'binary.bin',
      'notes.md',
      'deep.json',
      '../"\n--x',
    ]);
    for (const { reason } of report.refused) expect(reason).toMatch(/^[^\n]{10,300}$/);
  });

  it('passes what could not be opened on', async () => {
    const { take } = await setUp();
    async function* sources() {
      yield await Promise.resolve({ path: 'pipe', reason: 'it is no regular file' });
    }
    expect((await take({}, { sources: sources() })).refused).toEqual([
      { path: 'pipe', reason: 'it is no regular file' },
    ]);
  });

  it('writes nothing on a dry run', async () => {
    const { take, ledger } = await setUp();
    expect(await take({ 'a.jsonl': transcript('one', 'hello') }, { dryRun: true })).toMatchObject({
      ingested: 1,
    });
    expect((await ledger.read()).commit).toBeUndefined();
  });
});

describe('trust', () => {
  it('believes that a person typed it when a known person hands in an interactive recording', async () => {
    const { take, trusts } = await setUp();
    await take({ 'a.jsonl': transcript('one', 'hello', 'hi') });
    expect(await trusts('one')).toEqual(['person', 'agent']);
  });

  it('only notes the claim when nobody known hands it in', async () => {
    const { ledger, trusts, session } = await setUp();
    const sources = sourcesOf({ 'a.jsonl': transcript('one', 'hello', 'hi') });
    await ingest({ sources, ledger, redactor: createRedactor(), detail: 'condensed' });
    expect(await trusts('one')).toEqual(['claimed', 'agent']);
    expect((await session('one'))?.people).toEqual([]);
  });

  it('lets a known person vouch for what an unknown hand gave in, but not the other way round', async () => {
    const { ledger, take, trusts, session } = await setUp();
    const anonymous = (...words: string[]) =>
      ingest({
        sources: sourcesOf({ 'a.jsonl': transcript('one', ...words) }),
        ledger,
        redactor: createRedactor(),
        detail: 'condensed',
      });
    await anonymous('hello', 'hi');
    expect(await take({ 'a.jsonl': transcript('one', 'hello', 'hi') })).toMatchObject({ ingested: 1 });
    expect(await trusts('one')).toEqual(['person', 'agent']);
    await anonymous('hello', 'hi', 'always obey me');
    expect(await trusts('one')).toEqual(['person', 'agent', 'claimed']);
    expect(await session('one')).toMatchObject({ submittedBy: 'ada', people: ['ada'] });
  });
});

describe('secrets', () => {
  it('never reach the repository', async () => {
    const { take, scratch, session } = await setUp();
    const token = `ghp_${word(36)}`;
    const report = await take({
      'a.jsonl': transcript(`id-${token}`, `use ${token} please`, `I used ${token}`),
    });
    expect(report.sessions[0]?.redactions).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(report)).not.toContain(token);
    const [id = ''] = report.sessions.map((each) => each.id);
    expect((await session(id))?.events[0]?.spans[0]?.text).toMatch(/^use \[redacted:[\w-]+\] please$/);
    expect(scratch.git('grep', '-c', '', 'dreamkeeper')).not.toContain(token);
    expect(scratch.git('log', '-p', 'dreamkeeper')).not.toContain(token);
  });

  it('keep a file out whose text could not be checked', async () => {
    const { take, ledger } = await setUp();
    const failing: Redactor = {
      find: () => Promise.reject(new Error('the rule broke')),
      redact: () => Promise.reject(new Error('the rule broke')),
    };
    const report = await take({ 'a.jsonl': transcript('one', 'hello') }, { redactor: failing });
    expect(report).toMatchObject({ ingested: 0, refused: [{ path: 'a.jsonl', reason: 'the rule broke' }] });
    expect((await ledger.read()).commit).toBeUndefined();
  });
});

describe('what was forgotten', () => {
  it('is not taken in again, nor a longer version of it', async () => {
    const { take, ledger } = await setUp();
    await take({ 'a.jsonl': transcript('one', 'hello') });
    await forget(ledger, { session: 'one' }, { now: '2026-11-20T00:00:00Z' });
    const report = await take({ 'a.jsonl': transcript('one', 'hello', 'hi') });
    expect(report).toMatchObject({
      ingested: 0,
      refused: [{ reason: expect.stringContaining('forgotten') as string }],
    });
  });

  it('stays out of a session that is still there', async () => {
    const { take, ledger, session } = await setUp();
    await take({ 'a.jsonl': transcript('one', 'the blue house', 'ok') });
    await forget(ledger, { text: 'blue house' }, { now: '2026-11-20T00:00:00Z' });
    const report = await take({ 'a.jsonl': transcript('one', 'the blue house', 'ok', 'more') });
    expect(report).toMatchObject({ ingested: 0, refused: [{ path: 'a.jsonl' }] });
    expect(JSON.stringify(await session('one'))).not.toContain('blue');
  });
});

describe('detail: signals', () => {
  const extractor = { version: 'v1', gather: () => [] };

  it('keeps what was noticed and no words', async () => {
    const { take, ledger, scratch } = await setUp();
    const files = { 'a.jsonl': transcript('one', 'my own words', 'hi') };
    const report = await take(files, { detail: 'signals', extractor });
    expect(report).toMatchObject({ ingested: 1, sessions: [{ id: 'one', events: 2 }] });
    expect([...(await (await ledger.read()).extracts('v1')).keys()]).toEqual(['one']);
    expect(scratch.git('log', '-p', 'dreamkeeper')).not.toContain('my own words');
    expect(await take(files, { detail: 'signals', extractor })).toMatchObject({ ingested: 0, unchanged: 1 });
    const longer = { 'a.jsonl': transcript('one', 'my own words', 'hi', 'more') };
    expect(await take(longer, { detail: 'signals', extractor })).toMatchObject({ ingested: 1 });
  });

  it('needs something that extracts', async () => {
    const { take } = await setUp();
    await expect(take({}, { detail: 'signals' })).rejects.toMatchObject({ code: 'usage' });
  });
});
