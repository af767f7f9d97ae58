import { expect, it } from 'vitest';
import { sailingsOn } from '../src/timetable/rules.ts';

it('runs the winter timetable in November', () => {
  expect(sailingsOn(new Date('2026-11-02T00:00:00Z'))).toHaveLength(3);
});
