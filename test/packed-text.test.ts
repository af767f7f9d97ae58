import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPack, unpacked } from '../src/packed-text.ts';

const packOf = (texts: readonly string[]) => {
  const pack = createPack();
  for (const text of texts) pack.add(text);
  return pack;
};

const wellFormed = fc.string({ unit: 'grapheme' });

describe('packed text', () => {
  it('is what was added, as often as it is read', () => {
    fc.assert(
      fc.property(fc.array(wellFormed), fc.nat(300_000), (texts, length) => {
        const all = [...texts, 'ü'.repeat(length), ...texts];
        const pack = packOf(all);
        expect(unpacked(pack)).toBe(all.join(''));
        expect(unpacked(pack)).toBe(all.join(''));
        expect(pack.bytes).toBe(Buffer.byteLength(all.join('')));
      }),
      { numRuns: 20 },
    );
  });

  it('comes in pieces that end where a text ended', () => {
    const line = `${'x'.repeat(1_000)}\n`;
    const pieces = [...packOf(Array.from({ length: 1_000 }, () => line))];
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece.toString('utf8').endsWith('\n')).toBe(true);
  });

  it('can be added to while it is read again', () => {
    const pack = packOf(['a']);
    expect(unpacked(pack)).toBe('a');
    pack.add('b');
    expect(unpacked(pack)).toBe('ab');
  });

  it('is nothing when nothing was added', () => {
    expect([...packOf([])]).toEqual([]);
    expect(packOf([]).bytes).toBe(0);
  });
});
