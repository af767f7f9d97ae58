import type { Sailing } from '../src/generated/api.ts';

export function aSailing(changes: Partial<Sailing> = {}): Sailing {
  return { id: 'HEL-TLL-0800', from: 'HEL', to: 'TLL', departsAt: '2026-11-02T08:00:00+02:00', ...changes };
}
