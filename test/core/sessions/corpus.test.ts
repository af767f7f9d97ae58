import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Parsed } from '../../../src/core/sessions/format.ts';
import { parseSource } from '../../../src/core/sessions/parse.ts';
import { corpusDir } from '../../support/corpus.ts';
import { sourceOf } from '../../support/source.ts';

async function parsed(file: string): Promise<readonly Parsed[]> {
  const items: Parsed[] = [];
  for await (const item of parseSource(sourceOf(readFileSync(file, 'utf8'), file))) items.push(item);
  return items;
}

it.skipIf(corpusDir === undefined)(
  'every real Claude Code transcript is read, and most of its human turns are not typed',
  async () => {
    const folder = join(corpusDir ?? '', 'transcripts/claude-code');
    const length = { person: 0, other: 0 };
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.jsonl'))) {
      const items = await parsed(join(folder, name));
      expect(
        items.filter((item) => item.type === 'session'),
        name,
      ).toHaveLength(1);
      expect(
        items.filter((item) => item.type === 'skipped'),
        name,
      ).toEqual([]);
      for (const item of items) {
        if (item.type !== 'event' || !/^(?:person|system)$/.test(item.event.kind)) continue;
        for (const { trust, text } of item.event.spans)
          length[trust === 'person' ? 'person' : 'other'] += text.length;
      }
    }
    expect(length.person / (length.person + length.other)).toBeLessThan(0.3);
  },
);
