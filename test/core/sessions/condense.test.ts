import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { condenseEvent, eventTextLimit, type Detail } from '../../../src/core/sessions/condense.ts';
import { cutMark, excerpt } from '../../../src/core/sessions/excerpt.ts';
import type { Event, Redacted, Trust } from '../../../src/core/sessions/session.ts';

const text = (value: string): Redacted => value as Redacted;
const lines = (count: number, line = 'a line of output'): string =>
  Array.from({ length: count }, (_, n) => `${line} ${n + 1}`).join('\n');

function event(over: Partial<Event>, words: string, trust: Trust = 'tool'): Event {
  return { n: 3, kind: 'tool_result', spans: [{ text: text(words), trust }], ...over };
}
const textOf = (one: Event): string => one.spans.map((span) => span.text).join('\n');
const condensed = (one: Event): string => textOf(condenseEvent(one, 'condensed'));
const shell = { name: text('Bash'), action: 'shell' } as const;

describe('what is kept', () => {
  test('all that a person said, in a tool result too', () => {
    const words = lines(300, 'no, do it like this');
    expect(condensed(event({ kind: 'person' }, words, 'person'))).toBe(words);
    expect(condensed(event({ ok: false, rejected: true }, words, 'person'))).toBe(words);
  });
  test('the first and last lines of successful output', () => {
    const short = condensed(
      event({ ok: true, tool: shell }, `Listening on port 4000\n${lines(500)}\nDone in 3 s`),
    );
    expect(short).toMatch(/^Listening on port 4000\n/);
    expect(short).toMatch(/Done in 3 s$/);
    expect(short).toMatch(cutMark);
    expect(short.length).toBeLessThan(800);
  });
  test('a summary in the middle of it', () => {
    expect(
      condensed(event({ ok: true, tool: shell }, `${lines(300)}\n 214 passed, 3 skipped\n${lines(300)}`)),
    ).toContain('214 passed');
  });
  test('the error lines of failed output, with the line after', () => {
    const output = `${lines(400)}\nsrc/a.ts(3,5): error TS2345: not assignable\n    const a: string = 3;\n${lines(400)}`;
    expect(condensed(event({ ok: false, tool: shell }, output))).toContain(
      'src/a.ts(3,5): error TS2345: not assignable\n    const a: string = 3;',
    );
  });
  test('what was written into a memory file', () => {
    const tool = {
      name: text('Edit'),
      action: 'edit',
      path: text('/app/CLAUDE.md'),
      replaced: text(lines(200)),
    } as const;
    const call = event({ kind: 'tool_call', tool }, lines(200), 'agent');
    expect(condenseEvent(call, 'condensed')).toEqual(call);
  });
});

describe('what is cut', () => {
  test('thinking', () => {
    expect(condenseEvent(event({ kind: 'thinking' }, 'hm', 'agent'), 'condensed').spans).toEqual([]);
  });
  test('what was read from a file', () => {
    const tool = { name: text('Read'), action: 'read', path: text('src/a.ts') } as const;
    expect(condensed(event({ ok: true, tool }, lines(500))).length).toBeLessThan(200);
  });
  test('a one-line file, at its middle', () => {
    const short = condensed(event({ ok: true, tool: shell }, `begin${'x'.repeat(100_000)}end`));
    expect(short).toMatch(/^beginx+\[… \d+ characters cut\]x+end$/);
  });
  test('large edits of code', () => {
    const tool = {
      name: text('Edit'),
      action: 'edit',
      path: text('src/a.ts'),
      replaced: text(lines(500)),
    } as const;
    const short = condenseEvent(event({ kind: 'tool_call', tool }, lines(500), 'agent'), 'condensed');
    expect(textOf(short).length).toBeLessThanOrEqual(1_000);
    expect(short.tool?.replaced?.length).toBeLessThanOrEqual(1_000);
  });
});

describe('levels of detail', () => {
  test('signals keeps no text', () => {
    const tool = { ...shell, command: text('cat secret-plan.txt') };
    expect(condenseEvent(event({ at: '2026-02-09T09:00:00Z', ok: true, tool }, 'words'), 'signals')).toEqual({
      n: 3,
      at: '2026-02-09T09:00:00Z',
      kind: 'tool_result',
      ok: true,
      spans: [],
      tool: shell,
    });
  });
  test('full keeps what fits into an event', () => {
    const whole = event({ ok: true, tool: shell }, lines(900));
    expect(condenseEvent(whole, 'full')).toEqual(whole);
  });
  test.each(['ascii letters ', 'Ünïcödé ', '記憶は夢を見る', '😀😀 '])(
    'no event is larger than 32 KB: %s',
    (words) => {
      const huge = event(
        { kind: 'person', tool: { ...shell, command: text(words.repeat(9_000)) } },
        words.repeat(9_000),
        'person',
      );
      const short = condenseEvent(huge, 'full');
      expect(Buffer.byteLength(textOf(short) + (short.tool?.command ?? ''))).toBeLessThanOrEqual(
        eventTextLimit,
      );
      expect(textOf(short)).toMatch(cutMark);
      expect(textOf(short).isWellFormed()).toBe(true);
    },
  );
});

describe('laws', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '\n',
      '\n\n',
      '[redacted:github]',
      'error: no',
      '[… 12 characters cut]',
      '12 passed',
      'x'.repeat(900),
      lines(60),
    ),
  );
  const words = fc.array(part, { maxLength: 30 }).map((parts) => text(parts.join('')));
  const trust = fc.constantFrom<Trust>('person', 'claimed', 'pasted', 'agent', 'tool', 'echo');
  const any: fc.Arbitrary<Event> = fc.record({
    n: fc.nat(),
    kind: fc.constantFrom('person', 'agent', 'thinking', 'tool_call', 'tool_result', 'system'),
    ok: fc.boolean(),
    spans: fc.array(fc.record({ text: words, trust }), { maxLength: 3 }),
    tool: fc.record({
      name: words,
      action: fc.constantFrom('shell', 'edit', 'read'),
      path: words,
      command: words,
      replaced: words,
    }),
  });

  test('condensing twice is condensing once', () => {
    fc.assert(
      fc.property(any, fc.constantFrom<Detail>('signals', 'condensed', 'full'), (one, detail) => {
        const once = condenseEvent(one, detail);
        expect(condenseEvent(once, detail)).toEqual(once);
      }),
    );
  });

  test('an excerpt is short enough, cuts no mark in two, and is made of the text', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 3_000 }), (whole, limit) => {
        const short = excerpt(whole, limit, [/error/]);
        expect(short.length).toBeLessThanOrEqual(limit);
        const marks = (value: string) =>
          value.replaceAll('[redacted:github]', '').replaceAll(/\[… \d+ characters cut\]/g, '');
        expect(marks(short)).not.toMatch(/\[redacted|redacted:github|characters cut/);
        for (const piece of short.split(/\[… \d+ characters cut\]/)) expect(whole).toContain(piece);
      }),
    );
  });
});
