import { describe, expect, it } from 'vitest';
import { DreamkeeperError } from '../../src/core/error.ts';
import { createRedactor, type Redactor } from '../../src/core/sessions/redact.ts';
import { createLog, type Logging } from '../../src/telemetry/log.ts';
import { word } from '../support/invented-secrets.ts';

const githubToken = `ghs_${word(36)}`;

interface Kept extends Logging {
  readonly written: () => Promise<string>;
  readonly lines: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

function logInMemory(options: { level?: string; redactor?: Redactor } = {}): Kept {
  let kept = '';
  const logging = createLog({
    level: options.level ?? 'info',
    fields: { version: '1.2.3', role: 'worker' },
    redactor: options.redactor ?? createRedactor(),
    write: (lines) => (kept += lines),
  });
  const written = async (): Promise<string> => {
    await logging.flush();
    return kept;
  };
  return {
    ...logging,
    written,
    lines: async () =>
      (await written())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
  };
}

describe('a log line', () => {
  it('says when, how grave, by whom and about what', async () => {
    const { log, lines } = logInMemory();
    log.child({ repository: '42', job: 'a', delivery: 'd' }).warn({ seconds: 2 }, 'the job is slow');
    const [line] = await lines();
    expect(line).toMatchObject({
      level: 'warn',
      version: '1.2.3',
      role: 'worker',
      repository: '42',
      job: 'a',
      delivery: 'd',
      seconds: 2,
      msg: 'the job is slow',
    });
    expect(line?.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('tells an error with its code, its remedy and what caused it', async () => {
    const { log, lines } = logInMemory();
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const error = new DreamkeeperError('database', 'cannot be reached', { remedy: 'Start it.', cause });
    log.error({ err: error }, 'no queue');
    const [line] = await lines();
    expect(line?.err).toMatchObject({
      type: 'DreamkeeperError',
      message: 'cannot be reached',
      code: 'database',
      remedy: 'Start it.',
      retryable: false,
      stack: expect.stringContaining('log.test.ts') as unknown,
      cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    });
  });

  it('leaves out what an error carries beside, such as a request with its headers', async () => {
    const { log, written } = logInMemory();
    log.error({ err: Object.assign(new Error('404'), { status: 404, request: { url: 'https://x.test/' } }) });
    expect(await written()).toContain('"status":404');
    expect(await written()).not.toContain('x.test');
  });

  it('survives an error that causes itself', async () => {
    const { log, lines } = logInMemory();
    const error = new Error('round');
    error.cause = error;
    log.error(error);
    expect(await lines()).toHaveLength(1);
  });

  it('comes in the order in which it was logged', async () => {
    const { log, lines } = logInMemory();
    for (let n = 0; n < 200; n++) {
      log.info({ n });
      if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await lines()).map(({ n }) => n)).toEqual([...Array(200).keys()]);
  });
});

describe('secrets', () => {
  it.each([
    ['the message', (log: Logging['log']) => log.info(`cloning with ${githubToken}`)],
    [
      'a field',
      (log: Logging['log']) => log.info({ url: `https://x-access-token:${githubToken}@github.com/` }),
    ],
    ['the name of a field', (log: Logging['log']) => log.info({ [githubToken]: true })],
    ['a list', (log: Logging['log']) => log.info({ args: ['push', [githubToken]] })],
    ['a child', (log: Logging['log']) => log.child({ git: githubToken }).info('hello')],
    ['an error', (log: Logging['log']) => log.error(new Error(`bad: ${githubToken}`))],
    ['a cause', (log: Logging['log']) => log.error(new Error('bad', { cause: new Error(githubToken) }))],
    ['what was thrown', (log: Logging['log']) => log.error({ err: { token: githubToken } })],
  ])('are taken out of %s', async (_where, write) => {
    const { log, written, lines } = logInMemory();
    write(log);
    expect(await written()).not.toContain(githubToken);
    expect(await lines()).toHaveLength(1);
  });

  it.each(['password', 'token', 'authorization', 'webhookSecret', 'private_key', 'connectionString'])(
    'are taken for such by the name of their field: %s',
    async (name) => {
      const { log, written } = logInMemory();
      log.info({ settings: { [name]: 'plain words' } });
      expect(await written()).not.toContain('plain words');
    },
  );

  it('that no pattern knows are taken out once they were named', async () => {
    const { log, hide, written } = logInMemory();
    hide('correct horse/battery');
    log.info({ url: 'postgres://a:correct%20horse%2Fbattery@b/c' }, 'with correct horse/battery');
    expect(await written()).not.toMatch(/battery/);
  });

  it('do not get out when the redactor fails: the line says that it could not be checked', async () => {
    const redactor = createRedactor();
    const failing: Redactor = {
      ...redactor,
      redact: (texts) =>
        texts.some((text) => text.includes('breaks'))
          ? Promise.reject(new Error('broken'))
          : redactor.redact(texts),
    };
    const { log, lines } = logInMemory({ redactor: failing });
    log.info('before');
    log.info(`this breaks, with ${githubToken}`);
    log.info('after');
    expect((await lines()).map(({ msg }) => msg)).toEqual([
      'before',
      'a log line could not be checked for secrets',
      'after',
    ]);
  });
});

describe('the log', () => {
  it('refuses a level that there is not, and names those there are', () => {
    expect(() => logInMemory({ level: 'loud' })).toThrow(
      expect.objectContaining({
        code: 'usage',
        remedy: expect.stringContaining('debug') as unknown,
      }) as Error,
    );
  });

  it('drops the oldest lines, and says how many, before it takes up the memory', async () => {
    const { log, lines } = logInMemory();
    for (let n = 0; n < 10_050; n++) log.info({ n }, 'x');
    const all = await lines();
    expect(all).toHaveLength(10_001);
    expect(all.at(-1)?.msg).toBe('50 log lines were dropped');
    expect(all[0]?.n).toBe(50);
  });
});
