import { describe, expect, it } from 'vitest';
import { createSettler } from '../../src/jobs/settler.ts';

describe('a settler', () => {
  it('tells together what ends together, and what ends meanwhile after that', async () => {
    const told: (readonly number[])[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const settle = createSettler<number>(async (items) => {
      told.push(items);
      await gate;
    });
    const first = [settle(1), settle(2)];
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    const second = [settle(3), settle(4)];
    release();
    await Promise.all([...first, ...second]);
    expect(told).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('tells those whose telling failed, and goes on', async () => {
    let broken = true;
    const settle = createSettler<number>(() =>
      broken ? Promise.reject(new Error('away')) : Promise.resolve(),
    );
    await expect(settle(1)).rejects.toThrow('away');
    broken = false;
    await expect(settle(2)).resolves.toBeUndefined();
  });
});
