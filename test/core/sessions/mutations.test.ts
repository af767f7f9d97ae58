import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UnusableTranscriptError } from '../../../src/core/sessions/format.ts';
import { parseSource } from '../../../src/core/sessions/parse.ts';
import { sourceOf } from '../../support/source.ts';

const folder = resolve(import.meta.dirname, 'fixtures');
const fixtures = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

const damage = fc.record({
  file: fc.constantFrom(...fixtures),
  cuts: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 0, max: 40 }),
      by: fc.constantFrom(
        '',
        '\0',
        '"',
        '{',
        '}',
        '[',
        ']',
        'null',
        '7',
        '\n',
        ':',
        ',',
        '\\',
        '{"type":"user"}',
        '\uFFFD',
      ),
    }),
    { maxLength: 6 },
  ),
});

it('a damaged transcript is read as far as it goes, or refused; it breaks nothing', async () => {
  await fc.assert(
    fc.asyncProperty(damage, async ({ file, cuts }) => {
      let text = readFileSync(file, 'utf8');
      for (const { at, length, by } of cuts) {
        const start = Math.floor(at * text.length);
        text = text.slice(0, start) + by + text.slice(start + length);
      }
      const opened = new Set<string>();
      try {
        for await (const item of parseSource(sourceOf(text, file.slice(folder.length + 1)))) {
          if (item.type === 'session') opened.add(item.header.id);
          if (item.type === 'event' || item.type === 'update') expect(opened.has(item.session)).toBe(true);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(UnusableTranscriptError);
      }
    }),
    { numRuns: 400 },
  );
});
