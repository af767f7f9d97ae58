import { describe, expect, it } from 'vitest';
import { numbers, positiveInteger, time } from '../../src/commands/verb.ts';

describe('numbers of proposals', () => {
  it.each([
    ['3', [3]],
    ['1,2', [1, 2]],
    ['4-6', [4, 5, 6]],
    ['2,2,1', [1, 2]],
  ])('%s', (text, expected) => {
    expect(numbers(text)).toEqual(expected);
  });

  it('adds to those given before', () => {
    expect(numbers('1', [3])).toEqual([1, 3]);
  });

  it.each(['0', '-1', 'two', '3-1', '1-999', '1.5', '', ','])('refuses %j', (text) => {
    expect(() => numbers(text)).toThrow();
  });
});

it.each(['0', '-3', '1e3', 'x', '1234567'])('%s is no amount', (text) => {
  expect(() => positiveInteger(text)).toThrow('whole number');
});

describe('a time', () => {
  it.each([
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T09:00:00Z', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20 09:00', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20T09:00:00+02:00', '2026-11-20T07:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(time(text)).toBe(expected);
  });

  it.each(['yesterday', '20 Nov 2026', '2026-13-01', '5'])('refuses %j', (text) => {
    expect(() => time(text)).toThrow('must be a time');
  });
});
