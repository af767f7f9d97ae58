import { clock } from '../clock.ts';

/** Departures per day by season; the winter timetable starts on the last Sunday of October. */
export const departures = { summer: ['07:30', '11:00', '15:30', '19:00', '22:30'], winter: ['08:00', '14:00', '20:00'] };

export function sailingsOn(day: Date = clock()): readonly string[] {
  const month = day.getUTCMonth();
  return month >= 3 && month <= 9 ? departures.summer : departures.winter;
}
