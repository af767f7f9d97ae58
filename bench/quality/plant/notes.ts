/** Pairs of notes: the same said twice, and what only looks the same. */
import type { Planting, Soil } from './soil.ts';
import { fillSlots } from './soil.ts';

export function plantTwins(soil: Soil, count: number): Planting[] {
  return soil.templates(soil.phrasings.twins, count).map(({ topic, how, a, b }): Planting => {
    const values = soil.values(a + b);
    const notes = [fillSlots(a, values), fillSlots(b, values)] as const;
    return {
      notes: [
        { topic, text: notes[0] },
        { topic, text: notes[1], ...(soil.random.chance(0.5) ? { apart: true } : {}) },
      ],
      scenes: [],
      planted: { kind: 'twins', sort: how, notes },
    };
  });
}

export function plantTraps(soil: Soil, count: number): Planting[] {
  return soil.templates(soil.phrasings.traps, count).map(({ topic, differ, a, b }): Planting => {
    const values = soil.values(a + b);
    const notes = [fillSlots(a, values), fillSlots(b, values)] as const;
    return {
      notes: [
        { topic, text: notes[0] },
        { topic, text: notes[1], ...(soil.random.chance(0.3) ? { apart: true } : {}) },
      ],
      scenes: [],
      planted: { kind: 'traps', sort: differ, notes },
    };
  });
}
