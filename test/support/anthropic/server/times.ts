/** Lists that are narrowed by time: `created_at[gt]`, `[gte]`, `[lt]`, `[lte]`. */
import { invalid } from './refusal.ts';

const holds: Readonly<Record<string, (time: number, bound: number) => boolean>> = {
  gt: (time, bound) => time > bound,
  gte: (time, bound) => time >= bound,
  lt: (time, bound) => time < bound,
  lte: (time, bound) => time <= bound,
};

export function withinTimes(time: Date, query: URLSearchParams): boolean {
  return Object.entries(holds).every(([name, compare]) => {
    const said = query.get(`created_at[${name}]`);
    if (said === null) return true;
    const bound = Date.parse(said);
    if (Number.isNaN(bound)) throw invalid(`created_at[${name}]: is no time of RFC 3339`);
    return compare(time.getTime(), bound);
  });
}
