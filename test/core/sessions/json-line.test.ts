import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headValues } from '../../../src/core/sessions/json-head.ts';
import { jsonLines, readJsonLine } from '../../../src/core/sessions/json-line.ts';
import { sourceOf } from '../../support/source.ts';

const values = (text: string) =>
  readJsonLine({ number: 1, text }).map((item) => (item.type === 'value' ? item.value : item.reason));

describe('a line', () => {
  it('may hold several objects', () => {
    expect(values('{"a":"}{"}{"b":[1,{"c":"\\"}"}]} {"d":1}')).toEqual([
      { a: '}{' },
      { b: [1, { c: '"}' }] },
      { d: 1 },
    ]);
  });

  it('gives what is whole before the cut', () => {
    expect(values('{"a":1}{"b":"cut off')).toEqual([{ a: 1 }, 'not JSON, or cut off']);
  });

  it('may begin with a byte order mark and be full of NULs', () => {
    expect(values('\uFEFF{"a":1}')).toEqual([{ a: 1 }]);
    expect(values('\0\0{"a":\0"b"}\0')).toEqual([{ a: 'b' }]);
    expect(values('\0\0\0')).toEqual([]);
  });

  it('is skipped with the reason when nothing can be made of it', () => {
    expect(values('null')).toEqual(['JSON, but not an object']);
    expect(values('hello')).toEqual(['not JSON']);
    expect(values(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toEqual([
      'nested deeper than 200 levels',
    ]);
    expect(readJsonLine({ number: 7, text: '', oversize: 9 })).toEqual([
      { type: 'skipped', line: 7, reason: 'the line is too long (9 bytes)' },
    ]);
  });

  it('is read in time that grows with its length', () => {
    for (const text of [
      '{'.repeat(300_000),
      '{}'.repeat(100_000),
      '{"'.repeat(150_000),
      '{"a":1} '.repeat(40_000),
    ]) {
      const started = performance.now();
      values(text);
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });
});

describe('laws', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));

  it('objects glued on one line come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(object, { minLength: 1, maxLength: 5 }), (objects) => {
        const normal: unknown = JSON.parse(JSON.stringify(objects));
        expect(values(objects.map((value) => JSON.stringify(value)).join(''))).toEqual(normal);
      }),
    );
  });

  it('no text makes the reader throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        for await (const item of jsonLines(sourceOf(text))) expect(item.line).toBeGreaterThan(0);
      }),
    );
  });

  it('a head is looked into wherever it was cut', () => {
    const document = JSON.stringify({ kind: 'x', list: [{ a: 'b', c: [1, 2] }], text: 'a "quoted" one' });
    fc.assert(
      fc.property(fc.integer({ min: 12, max: document.length }), (length) => {
        expect(headValues(document.slice(0, length))).toMatchObject(
          [{ kind: 'x' }].slice(0, length > 11 ? 1 : 0),
        );
      }),
    );
  });
});
