import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../../../src/core/sessions/detect.ts';
import { type Line, UnusableTranscriptError } from '../../../../src/core/sessions/format.ts';
import { parseSource } from '../../../../src/core/sessions/parse.ts';
import { fixture } from '../../../support/fixture.ts';
import { sourceOf } from '../../../support/source.ts';

const folder = resolve(import.meta.dirname, '../fixtures');
const formats = [
  'codex',
  'codex-legacy',
  'copilot-cli',
  'cursor',
  'gemini-cli',
  'openai-messages',
  'opencode',
  'pi',
  'tau-bench',
];
const paths = formats.flatMap((format) =>
  readdirSync(resolve(folder, format), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      resolve(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    ),
);

describe('the format of a transcript', () => {
  it.each(paths)('is told from the content of %s, whatever its name', async (path) => {
    const detection = detectFormat(await fixture(path).head(), 'renamed');
    expect('format' in detection ? detection.format.name : undefined).toBe(path.split('/')[0]);
  });

  it('is no help where the conversation stands in a line too long to read: the reason tells its length', async () => {
    const head = JSON.stringify({ type: 'user', sessionId: 's', cwd: '/x', message: { role: 'user' } });
    async function* lines(): AsyncGenerator<Line> {
      await Promise.resolve();
      yield { number: 1, text: '', oversize: 200_000_000 };
    }
    const read = async (): Promise<void> => {
      for await (const item of parseSource({ ...sourceOf(head), lines })) expect(item.type).toBe('skipped');
    };
    await expect(read()).rejects.toThrow(/line 1 was not read, the line is too long \(200000000 bytes\)/);
  });

  it('may be wrong or broken anywhere: parsing ends, or refuses with a reason', async () => {
    const texts = await Promise.all(paths.map((path) => fixture(path).text()));
    const broken = fc.tuple(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.nat(300),
      fc.oneof(fc.string(), fc.json()),
    );
    await fc.assert(
      fc.asyncProperty(broken, async ([text, at, length, put]) => {
        const start = at % (text.length + 1);
        const source = sourceOf(text.slice(0, start) + put + text.slice(start + length), 'broken');
        await expect(endOf(source)).resolves.toMatch(/^(?:read|refused: .+)/);
      }),
      { numRuns: 300 },
    );
  });

  it('may promise types that its values do not have', async () => {
    const texts = await Promise.all(paths.map((path) => fixture(path).text()));
    const values = ['null', '[]', '{}', '-1', '"x"', '[null]', '{"type":[]}', '1e999'];
    const swapped = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.constantFrom(...values));
    await fc.assert(
      fc.asyncProperty(swapped, async ([text, nth, value]) => {
        const members = Array.from(text.matchAll(/": ?("(?:[^"\\]|\\.)*"|[\d.]+|true|false|null)/g));
        const member = members[nth % Math.max(1, members.length)];
        const start = (member?.index ?? 0) + (member?.[0].indexOf(member[1] ?? '') ?? 0);
        const changed = text.slice(0, start) + value + text.slice(start + (member?.[1]?.length ?? 0));
        await expect(endOf(sourceOf(changed, 'swapped'))).resolves.toMatch(/^(?:read|refused: .+)/);
      }),
      { numRuns: 300 },
    );
  });
});

async function endOf(source: ReturnType<typeof sourceOf>): Promise<string> {
  try {
    const parsed = parseSource(source);
    while ((await parsed.next()).done !== true);
    return 'read';
  } catch (error) {
    if (error instanceof UnusableTranscriptError) return `refused: ${error.message}`;
    throw error;
  }
}
