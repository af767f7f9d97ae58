import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { extractorVersion, gather } from '../../../src/core/dream/gather/gather.ts';
import { embeddedDreamer } from '../../../src/dreamers/embedded/dreamer.ts';
import { hostedRepositories, type HostedPlace } from '../../../src/github/repositories.ts';
import { checkPushed, type Checked } from '../../../src/github/pushed/check.ts';
import { dreamkeeper } from '../../../src/git/identity.ts';
import { forget } from '../../../src/ledger/forget.ts';
import { extractPath, sessionPath } from '../../../src/ledger/layout.ts';
import { encodeExtract } from '../../../src/ledger/records.ts';
import { encodeSession } from '../../../src/ledger/session-file.ts';
import { unpacked } from '../../../src/packed-text.ts';
import type { Session } from '../../../src/core/sessions/session.ts';
import { agent, person, redacted, session } from '../../support/session.ts';
import { word } from '../../support/invented-secrets.ts';
import { aHosting, type Hosting } from '../hosted.ts';
import { scratchFolder } from '../../support/repository.ts';

const ledger = 'refs/heads/dreamkeeper';
const files = { 'CLAUDE.md': '# Notes\n', '.github/dreamkeeper.yml': 'mode: manual\n' };

interface Scene {
  readonly hosting: Hosting;
  /** As a job finds the repository now. @param folder of another process */
  readonly open: (folder?: string) => Promise<HostedPlace>;
  readonly check: (folder?: string) => Promise<Checked>;
  /** What was logged. */
  readonly logged: string[];
  /** Commits to the ledger by hand, in Dreamkeeper's name, and pushes. Null takes a file away. */
  readonly push: (
    changes: Readonly<Record<string, string | null>>,
    how?: { readonly as?: string; readonly email?: string; readonly force?: true },
  ) => Promise<void>;
}

async function aScene(): Promise<Scene> {
  const hosting = await aHosting({ files });
  const { client, env: git, repository, installation, github } = hosting;
  const signal = new AbortController().signal;
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const open: Scene['open'] = async (dataFolder = hosting.dataFolder) => {
    const source = hostedRepositories({ client, dataFolder, git, dreamerOf: () => embeddedDreamer });
    const place = await source.open(String(repository.id), signal, String(installation.id));
    if (place === undefined) throw new Error('The repository is not there.');
    return place;
  };
  const home = scratchFolder();
  const run = async (args: readonly string[], email: string = dreamkeeper.email): Promise<string> => {
    const name = { GIT_AUTHOR_NAME: 'Somebody', GIT_COMMITTER_NAME: 'Somebody' };
    const mail = { GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_EMAIL: email };
    const env = { PATH: process.env.PATH ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...name, ...mail };
    return (await execa('git', args, { cwd: home, env, extendEnv: false })).stdout;
  };
  await run(['init', '-q', '-b', 'mine']);
  return {
    hosting,
    open,
    logged,
    check: async (folder) => checkPushed(await open(folder), log),
    async push(changes, { as = 'ben', email, force } = {}) {
      const url = github.cloneUrl(repository, as);
      if (repository.refs.has(ledger)) {
        await run(['fetch', '-q', url, ledger]);
        await run(['reset', '-q', '--hard', 'FETCH_HEAD']);
      }
      if (force === true) await run(['checkout', '-q', '--orphan', `again-${Math.random()}`]);
      for (const [path, text] of Object.entries(changes)) {
        if (text === null) await run(['rm', '-q', path]);
        else {
          await execa('mkdir', ['-p', join(home, path, '..')]);
          writeFileSync(join(home, path), text);
        }
      }
      await run(['add', '-A']);
      await run(['commit', '-q', '-m', 'By hand'], email);
      await run(['push', '-q', ...(force === true ? ['--force'] : []), url, `HEAD:${ledger}`]);
    },
  };
}

const fileOf = (of: Session): Readonly<Record<string, string>> => ({
  [sessionPath(of.id)]: encodeSession(of).map(unpacked).join(''),
});
const told = (id: string, ...more: Parameters<typeof session>[1][]) =>
  session(
    { id, day: 3, by: 'Ben' },
    person('Always use pnpm here, never npm.'),
    agent('Understood.'),
    ...more,
  );
const trustsOf = (stored: Session | undefined) => stored?.events.map(({ spans }) => spans[0]?.trust);

describe('a session that somebody pushed', () => {
  it('is theirs who pushed it, and says what its recording can prove', async () => {
    const { push, check, open } = await aScene();
    await push(fileOf(told('one')));
    expect(await check()).toEqual({ sessions: 1, findings: [] });
    const view = await (await open()).ledger.read();
    const stored = await view.session('one');
    expect(stored).toMatchObject({ submittedBy: 'ben', people: ['ben'] });
    expect(trustsOf(stored)).toEqual(['person', 'agent']);
    expect(view.foreign.size).toBe(0);
  });

  it('is claimed where nothing proves that a person typed it', async () => {
    const { push, check, open } = await aScene();
    const markdown = { ...told('markdown'), format: 'specstory' as const };
    const headless = { ...told('headless'), interactive: false };
    const others = { ...told('others'), people: [redacted('Mara'), redacted('Ben')] };
    const review = { ...told('review'), format: 'github-review' as const };
    await push({ ...fileOf(markdown), ...fileOf(headless), ...fileOf(others), ...fileOf(review) });
    await check();
    const view = await (await open()).ledger.read();
    for (const id of ['markdown', 'headless', 'others', 'review'])
      expect([id, trustsOf(await view.session(id))]).toEqual([id, ['claimed', 'agent']]);
  });

  it('is nobody\u2019s when a program pushed it, whatever name it gives', async () => {
    const { hosting, push, check, open } = await aScene();
    hosting.repository.collaborators.set('ci[bot]', 'write');
    hosting.github.account('ci[bot]');
    await push(fileOf(told('one')), { as: 'ci[bot]' });
    await check();
    const stored = await (await (await open()).ledger.read()).session('one');
    expect(stored).not.toHaveProperty('submittedBy');
    expect(trustsOf(stored)).toEqual(['claimed', 'agent']);
  });

  it('goes when it holds a secret, from history too, and nothing of it is told', async () => {
    const { hosting, push, check, open, logged } = await aScene();
    await push(fileOf(told('clean')));
    await check();
    const secret = `ghp_${word(36)}`;
    await push(fileOf(told('leaky', agent(`The token is ${secret}.`))));
    const { findings } = await check();
    expect(findings).toMatchObject([{ did: 'quarantined', reason: 'secret', kinds: ['github'] }]);
    expect(JSON.stringify(findings) + logged.join('')).not.toContain(secret);
    const place = await open(scratchFolder());
    const view = await place.ledger.read();
    expect([...view.objects.keys()]).toEqual([view.pathOf('clean')]);
    const { stdout } = await execa('git', ['log', '-p', ledger], { cwd: hosting.repository.dir });
    expect(stdout).not.toContain(secret);
  });

  it('goes when it is no session, or larger than sessions are', async () => {
    const { push, check, open } = await aScene();
    const [path = '', text = ''] = Object.entries(fileOf(told('one')))[0] ?? [];
    const long = told('long', agent('a long answer '.repeat(4_000)));
    await push({ [sessionPath('other')]: text, [path]: `${text}{"n":9}\n`, ...fileOf(long) });
    const { findings } = await check();
    expect(findings.map(({ reason }) => reason).sort()).toEqual(['schema', 'schema', 'size']);
    expect((await (await open()).ledger.read()).objects.size).toBe(0);
  });

  it('goes on where it goes on, and nowhere else', async () => {
    const { push, check, open } = await aScene();
    await push(fileOf(told('one')));
    await check();
    await push(fileOf(told('one', person('And run the linter.'))));
    await check();
    const longer = await (await (await open()).ledger.read()).session('one');
    expect(longer?.events).toHaveLength(3);
    const other = session(
      { id: 'one', day: 3, by: 'Ben' },
      person('Always use npm here.'),
      agent('Understood.'),
    );
    for (const rewritten of [other, told('one')]) {
      await push(fileOf(rewritten));
      expect((await check()).findings).toMatchObject([{ did: 'restored' }]);
      expect(await (await (await open()).ledger.read()).session('one')).toEqual(longer);
    }
    await push({ [sessionPath('one')]: null });
    expect((await check()).findings).toMatchObject([{ did: 'restored', reason: 'it was taken away' }]);
    expect(await (await (await open()).ledger.read()).session('one')).toEqual(longer);
  });

  it('is not longer in the words of the one who began it, when another pushed the rest', async () => {
    const { push, check, open } = await aScene();
    await push(fileOf(told('one')));
    await check();
    await push(fileOf(told('one', person('And never run the tests.'))), { as: 'ana' });
    await check();
    const stored = await (await (await open()).ledger.read()).session('one');
    expect(stored).toMatchObject({ submittedBy: 'ben', people: ['ben'] });
    expect(trustsOf(stored)).toEqual(['person', 'agent', 'claimed']);
  });

  it('does not come back after it was forgotten', async () => {
    const { push, check, open } = await aScene();
    await push(fileOf(told('one')));
    await check();
    const place = await open();
    await forget(place.ledger, { session: 'one' }, { now: '2026-03-05T12:00:00.000Z' });
    await push(fileOf(told('one')));
    expect((await check()).findings).toMatchObject([{ did: 'quarantined', reason: 'forgotten' }]);
    expect((await (await open()).ledger.read()).objects.size).toBe(0);
  });
});

describe('signals that somebody pushed without their session', () => {
  const asked = session(
    { id: 'one', day: 3, by: 'Ben' },
    person('Remember: always run `pnpm lint` before you commit.'),
    agent('Yes.'),
  );
  const extractFile = (words = ''): Readonly<Record<string, string>> => {
    const { events, ...header } = asked;
    const extract = {
      extractor: extractorVersion,
      object: 'f'.repeat(64),
      session: { ...header, title: redacted(`Tools ${words}`), eventCount: events.length },
      signals: gather(asked),
    };
    return { [extractPath('one')]: encodeExtract(extract) };
  };
  const signalsOn = async (place: HostedPlace) =>
    (await (await place.ledger.read()).extracts(extractorVersion)).get('one');

  it('count as those of the session would', async () => {
    const { push, check, open } = await aScene();
    await push(extractFile());
    expect((await check()).findings).toEqual([]);
    const extract = await signalsOn(await open());
    expect(extract?.session).toMatchObject({ people: ['ben'], submittedBy: 'ben' });
    expect(extract?.signals.map(({ kind }) => kind)).toContain('request');
    expect(extract?.signals[0]?.quotes[0]).toMatchObject({ trust: 'person', person: 'ben' });
  });

  it('ask for nothing when a program pushed them', async () => {
    const { hosting, push, check, open } = await aScene();
    hosting.repository.collaborators.set('ci[bot]', 'write');
    hosting.github.account('ci[bot]');
    await push(extractFile(), { as: 'ci[bot]' });
    await check();
    const extract = await signalsOn(await open());
    expect(extract?.session.people).toEqual([]);
    expect(extract?.signals.filter(({ kind }) => kind === 'request')).toEqual([]);
    expect(JSON.stringify(extract)).not.toContain('"person":');
  });

  it('go when a secret is in them', async () => {
    const { push, check, open } = await aScene();
    await push(extractFile(`ghp_${word(36)}`));
    expect((await check()).findings).toMatchObject([{ did: 'quarantined', reason: 'secret' }]);
    expect(await signalsOn(await open())).toBeUndefined();
  });
});

describe('the ledger', () => {
  it('keeps its own records as the App wrote them, in whosever name they are changed', async () => {
    const { push, check, open } = await aScene();
    const place = await open();
    const paused = { type: 'paused' as const, at: '2026-03-01T12:00:00.000Z', person: 'ana' };
    await place.ledger.write('Pause', () => Promise.resolve({ decisions: [paused] }));
    const forged = JSON.stringify({ type: 'resumed', at: '2026-03-02T12:00:00.000Z', person: 'ana' });
    await push({ 'decisions.jsonl': `${JSON.stringify(paused)}\n${forged}\n`, 'dreams/forged.json': '{}\n' });
    const { findings } = await check();
    expect(findings.map(({ what, did }) => `${did} ${what}`).sort()).toEqual([
      'restored decisions.jsonl',
      'restored dreams/forged.json',
    ]);
    const view = await (await open()).ledger.read();
    expect(await view.decisions()).toEqual([paused]);
    expect(await view.problems()).toEqual([]);
  });

  it('is checked once, by whoever comes first, and not at all while only the App writes', async () => {
    const { hosting, push, check, open } = await aScene();
    await push(fileOf(told('one')));
    await check();
    const asked = () =>
      hosting.github.requests.filter(({ operation }) => operation === 'repos/list-activities').length;
    const before = [asked(), hosting.repository.refs.get(ledger)];
    const place = await open();
    await place.ledger.write('Pause', () =>
      Promise.resolve({
        decisions: [{ type: 'paused' as const, at: '2026-03-01T12:00:00.000Z', person: 'ana' }],
      }),
    );
    await check();
    expect(asked()).toBe(before[0]);
    const tip = hosting.repository.refs.get(ledger);
    expect(await check(scratchFolder())).toEqual({ sessions: 0, findings: [] });
    expect(hosting.repository.refs.get(ledger)).toBe(tip);
  });

  it('is left as it is where all was right', async () => {
    const { hosting, push, check } = await aScene();
    await push(fileOf(session({ id: 'one', day: 3, by: 'ben' }, person('Use pnpm.'), agent('Yes.'))));
    const tip = hosting.repository.refs.get(ledger);
    expect(await check()).toEqual({ sessions: 1, findings: [] });
    expect(await check(scratchFolder())).toEqual({ sessions: 1, findings: [] });
    expect(hosting.repository.refs.get(ledger)).toBe(tip);
  });

  it('waits until GitHub has recorded who pushed', async () => {
    const { hosting, push, check } = await aScene();
    await push(fileOf(told('one')));
    await check();
    await push(fileOf(told('two')));
    const last = hosting.repository.activities.pop();
    await expect(check()).rejects.toMatchObject({ name: 'RetryLaterError' });
    if (last !== undefined) hosting.repository.activities.push(last);
    expect(await check()).toMatchObject({ sessions: 1 });
  });
});
