import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../../src/core/sessions/detect.ts';
import { fixture } from '../../support/fixture.ts';

const detected = (head: string, path = 'x') => {
  const detection = detectFormat(head, path);
  if ('reason' in detection) return detection.reason;
  return 'secondary' in detection ? 'secondary' : detection.format.name;
};

describe('the format is told from content', () => {
  const folder = resolve(import.meta.dirname, 'fixtures');
  const own = ['claude-code', 'stream-json', 'managed-agents', 'anthropic-messages'];
  const files = own.flatMap((format) =>
    readdirSync(join(folder, format), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry): [string, string] => [format, `${format}/${entry.name}`]),
  );

  it.each(files)('%s: %s', async (format, file) => {
    expect(detected(await fixture(file).head(), 'renamed.txt')).toBe(format);
  });

  it('also when the file was cut in its first line', () => {
    const row = {
      parentUuid: null,
      sessionId: 's',
      cwd: '/x',
      type: 'user',
      message: { role: 'user', content: 'x'.repeat(200) },
    };
    expect(detected(JSON.stringify(row).slice(0, 150))).toBe('claude-code');
    expect(detected(`half a line"}\n${JSON.stringify(row)}\n`)).toBe('claude-code');
  });

  it('of a checkpoint, not from its metadata', async () => {
    expect(
      detected(await fixture('entire/ab/cdef012345/1/full.jsonl').head(), 'ab/cdef012345/1/full.jsonl'),
    ).toBe('entire');
  });
});

describe('what is no transcript is refused with the reason', () => {
  it.each([
    ['', 'the file is empty'],
    ['\0\0 \n', 'the file is empty'],
    ['h\0e\0l\0l\0o\0', 'the file looks like UTF-16 or binary data; save it as UTF-8'],
    ['\u0001\uFFFD\uFFFDELF\uFFFD\uFFFD', 'the file is not UTF-8 text'],
    [
      '{"name":"shop","version":"1.0.0"}',
      'the file is JSON in no transcript format we know (keys: "name", "version")',
    ],
    ['[1,2,3]', 'the file is JSON in no transcript format we know (keys: none)'],
    ['[]', 'the file is JSON in no transcript format we know (keys: none)'],
    ['All about carts.\n', 'the text is not a transcript in any format we know'],
  ])('%j', (head, reason) => {
    expect(detected(head)).toBe(reason);
  });

  it('also when it is a depth bomb', () => {
    expect(detected('{"a":'.repeat(5_000))).toMatch(/^the file is JSON in no transcript format/);
    expect(detected('['.repeat(60_000))).toMatch(/no transcript format|not a transcript/);
  });
});
