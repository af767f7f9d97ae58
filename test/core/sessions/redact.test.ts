import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DreamkeeperError } from '../../../src/core/error.ts';
import { createRedactor, isRedacted } from '../../../src/core/sessions/redact.ts';
import { capitals, hexText, inventedSecrets, jwt, privateKey, word } from '../../support/invented-secrets.ts';

const redactor = createRedactor();

async function redacted(text: string): Promise<string> {
  const [result] = await redactor.redact([text]);
  return result?.text ?? '';
}

describe('secrets are taken out', () => {
  test.each(inventedSecrets)('%s', async (_name, text, secret) => {
    for (const [before, after] of [
      ['', ''],
      ['Look at ', ' please.'],
      ['{\n  "out": "', '"\n}'],
      ['line\n', '\nline'],
    ]) {
      const result = await redacted(`${before}${text}${after}`);
      expect(isRedacted(result)).toBe(true);
      for (let at = 0; at + 8 <= secret.length; at += 4)
        expect(result).not.toContain(secret.slice(at, at + 8));
    }
  });

  test('the kind says what it was', async () => {
    expect(await redacted(`use ghp_${word(36)} here`)).toBe('use [redacted:github] here');
    expect(await redacted(`a ${jwt} b`)).toBe('a [redacted:jwt] b');
    expect(await redacted('DB_PASSWORD=Gr33nTurtle!9 next')).toBe('DB_PASSWORD=[redacted:password] next');
  });
});

describe('private keys', () => {
  const key = privateKey();
  const lines = key.split('\n');
  test.each([
    ['whole', key],
    ['OpenSSH', privateKey('OPENSSH ')],
    ['without a label', privateKey('')],
    ['with written line ends', key.replaceAll('\n', '\\n')],
    ['in a quoted PEM variable', `KEY="${key.replaceAll('\n', '\\n')}"`],
    ['cut at the end', lines.slice(0, 4).join('\n')],
    ['cut at the beginning', lines.slice(2).join('\n')],
    ['two after each other', `${key}\n${privateKey('EC ')}`],
  ])('%s', async (_name, text) => {
    const result = await redacted(`before\n${text}\nafter that comes prose`);
    for (const line of lines.slice(1, -1)) expect(result).not.toContain(line);
    expect(result).toMatch(/^before\n/);
    expect(result).toMatch(/after that comes prose$/);
  });

  test('a key cut in two by an event boundary leaks from neither side and takes nothing between', async () => {
    const texts = [
      `cat key\n${lines.slice(0, 3).join('\n')}`,
      'harmless words between',
      lines.slice(3).join('\n'),
    ];
    const [first, between, last] = await redactor.redact(texts);
    expect(first?.text).toBe('cat key\n[redacted:private-key]');
    expect(between?.text).toBe('harmless words between');
    expect(last?.text).toBe('[redacted:private-key]');
  });
});

describe('what only looks like a secret stays', () => {
  test.each([
    ['a commit', 'fixed in 3f2504e04f8911d39a0c0305e82c33013f2504e0'],
    ['a short commit', 'see 9a0c030'],
    ['a UUID', 'session 550e8400-e29b-41d4-a716-446655440000'],
    ['a lockfile hash', `"integrity": "sha512-${word(86)}=="`],
    ['a Go checksum', `github.com/x/y v1.2.3 h1:${word(43)}=`],
    ['a Cargo checksum', `checksum = "${hexText(64)}"`],
    ['a container digest', `image@sha256:${hexText(64)}`],
    ['a base64 image marker', `data:image/png;base64,iVBORw0KGgo${word(80)}`],
    ['a type', 'password: string'],
    ['an optional type', 'interface Login { password?: string; token: string | undefined }'],
    ['a Go field', 'Password string `json:"password"`'],
    ['a SQL column', 'password VARCHAR(255) NOT NULL'],
    ['an environment variable read', 'const password = process.env.DB_PASSWORD1'],
    ['a Python variable read', 'api_key = os.environ["OPENAI_API_KEY_2"]'],
    ['a shell variable', 'export TOKEN=$GITHUB_TOKEN'],
    ['a braced variable', 'password: ${DB_PASSWORD_2}'],
    ['a GitHub expression', 'token: ${{ secrets.GITHUB_TOKEN }}'],
    ['a template', 'api_key: {{ vault_api_key_v2 }}'],
    ['an angle placeholder', 'Authorization: Bearer <your-access-token-1234>'],
    ['x placeholders', 'api_key=xxxxxxxxxxxxxxxxxxxxxxxx'],
    ['stars', 'password: **********'],
    ['your-key placeholder', 'OPENAI_API_KEY=your-api-key-here-123456'],
    ['a test password', 'password: "test1234"'],
    ['changeme', 'POSTGRES_PASSWORD=changeme123'],
    ['replaced already', 'token=REDACTED'],
    ['dots', 'token: abc123...'],
    ['a token count', 'max_tokens: 128000, total_tokens=4711'],
    ['a tokenizer', 'tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased-v2")'],
    ['a component', '<PasswordInput2 label="Password" />'],
    ['a call', 'const token = createAccessToken2(user)'],
    ['a name', 'secretName: my-app-database-credentials'],
    ['a path', 'PWD=/home/jo/projects/app2024'],
    ['a key path', 'private_key: ./keys/2024/signing.pem'],
    ['an import', "import { tokenBudget2 } from './token-budget2.ts'"],
    ['a URL without password', 'https://github.com/acme/app.git'],
    ['an scp remote', 'git@github.com:acme/app.git'],
    ['a URL with a placeholder', 'postgres://user:password@localhost:5432/app'],
    ['a URL with a variable', 'redis://:${REDIS_PASSWORD}@cache:6379'],
    ['an e-mail', 'write to jo.meier2@acme.io'],
    ['a public key', '-----BEGIN PUBLIC KEY-----'],
    ['an ssh public key', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${word(43)} jo@acme`],
    ['talk about keys', 'Put the BEGIN PRIVATE KEY line into the secret store, never into Git.'],
    ['a time in microseconds', 'at 1767225600123456'],
    ['a snowflake', 'message 1187409238475612345'],
    ['an order number', 'order 4111-2222-3333-4445'],
    ['a decimal fraction', '0.4539148803436467'],
    ['an IP and port', 'tcp://10.0.0.12:5432'],
    ['a version range', '"token-types": "^4.2.1"'],
    ['a CSS class', '.password-input--active2 { color: #ff00aa }'],
    ['prose on secrets', 'The password is required. A token is refreshed hourly. The secret is in Vault.'],
    ['prose on basic things', 'Use basic authentication; a bearer token would do as well.'],
    ['an error code', 'Error: invalid_token: token expired at 2026-01-02T03:04:05Z'],
    ['a message id', 'toolu_01AbCdEfGhIjKlMnOpQrStUv answered'],
    ['an AWS example', 'AKIAIOSFODNN7EXAMPLE'],
  ])('%s', async (_name, text) => {
    expect(await redacted(text)).toBe(text);
  });
});

describe('laws', () => {
  const secret = fc.constantFrom(
    ...inventedSecrets.map(([, text]) => text),
    privateKey(),
    ...privateKey().split('\n'),
  );
  const mark = fc.constantFrom(
    '[redacted:github]',
    '[redacted:',
    '[redacted:password]@',
    'password=[redacted:password]',
  );
  const text = fc
    .array(
      fc.oneof(
        secret,
        mark,
        fc.string(),
        fc.constantFrom('password=', ' ', '\n', '"', ':', '://a:', '@b.io'),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''));

  test('redacting what is redacted changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 5 }), async (texts) => {
        const once = (await redactor.redact(texts)).map((result) => result.text);
        const twice = await redactor.redact(once);
        expect(twice.map((result) => result.text)).toEqual(once);
        expect(twice.every((result) => result.count === 0)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('a text comes out the same alone and among others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 5 }), async (texts) => {
        const together = await redactor.redact(texts);
        for (const [index, one] of texts.entries()) {
          expect(together[index]?.text).toBe((await redactor.redact([one]))[0]?.text);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('ranges are sorted, disjoint and inside the text', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (one) => {
        let end = 0;
        for (const match of (await redactor.find([one]))[0] ?? []) {
          expect(match.start).toBeGreaterThanOrEqual(end);
          expect(match.end).toBeGreaterThan(match.start);
          end = match.end;
        }
        expect(end).toBeLessThanOrEqual(one.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('traps', () => {
  test('a comment for secretlint does not switch it off', async () => {
    const token = `AKIA${capitals(16)}`;
    expect(await redacted(`/* secretlint-disable */ ${token} // secretlint-disable-line`)).not.toContain(
      token,
    );
  });

  test('a byte order mark does not shift what is cut', async () => {
    expect(await redacted(`\uFEFFAKIA${capitals(16)} end`)).toBe('\uFEFF[redacted:aws] end');
  });

  test('a mark with an unknown kind hides nothing', async () => {
    const token = `sk_live_${word(24)}`;
    expect(await redacted(`[redacted:${token}]`)).not.toContain(token);
  });

  test('many texts are scanned in batches and come back in order', async () => {
    const texts = Array.from({ length: 300 }, (_, n) => `${'x y '.repeat(1_000)}${n} ghp_${word(36, n)}`);
    const results = await redactor.redact(texts);
    expect(results.map((result) => result.text)).toEqual(
      texts.map((one) => one.replace(/ghp_.*/, '[redacted:github]')),
    );
  });

  test.each([
    ['one letter', 'a'.repeat(400_000)],
    ['keys without end', `-----BEGIN RSA PRIVATE KEY-----\n`.repeat(8_000)],
    ['ends without key', `-----END RSA PRIVATE KEY-----\n`.repeat(8_000)],
    ['base64', word(62).repeat(6_000)],
    ['assignments', 'password='.repeat(30_000)],
    ['quotes', 'password="'.repeat(30_000)],
    ['colons', 'a://'.repeat(60_000)],
    ['white space', `password${' '.repeat(200_000)}=`],
    ['key ids', `AKIA${capitals(16)} `.repeat(8_000)],
    ['tokens in a row', 'eyJ'.repeat(100_000)],
    ['cookies', 'cookie: a=b;'.repeat(20_000)],
    ['dots', 'N.M.O.'.repeat(40_000)],
  ])('%s in bulk takes seconds at most', async (_name, text) => {
    const begun = performance.now();
    await redacted(text);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('patterns of a team', () => {
  test('are taken out as custom', async () => {
    const own = createRedactor({ patterns: ['ACME-[0-9]{6}', '(?i)project falcon'] });
    expect((await own.redact(['ACME-123456 for Project Falcon']))[0]?.text).toBe(
      '[redacted:custom] for [redacted:custom]',
    );
  });

  test.each([
    ['no expression', ['(']],
    ['look-around', ['(?=a)b']],
    ['back-reference', ['(a)\\1']],
    ['empty match', ['a*']],
    ['too long', ['a'.repeat(1_001)]],
    ['too many', Array.from({ length: 101 }, () => 'a')],
  ])('%s is an error of the config', (_name, patterns) => {
    expect(() => createRedactor({ patterns })).toThrow(DreamkeeperError);
  });

  test('a pattern that would explode elsewhere runs in linear time', async () => {
    const own = createRedactor({ patterns: ['(a+)+b'] });
    const begun = performance.now();
    await own.redact([`${'a'.repeat(50_000)}c`]);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
