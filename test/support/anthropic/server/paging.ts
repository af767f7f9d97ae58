/** Lists, a page at a time: by the ids of their ends, or by a cursor. */
import { invalid } from './refusal.ts';
import { ok, type Answer } from './route.ts';

/** @param items newest first. */
export function pageById(items: readonly { readonly id: string }[], query: URLSearchParams): Answer {
  const limit = limitOf(query, 20, 1_000);
  const after = query.get('after_id');
  const before = query.get('before_id');
  const start = after === null ? 0 : items.findIndex(({ id }) => id === after) + 1;
  const end = before === null ? items.length : items.findIndex(({ id }) => id === before);
  const data =
    before === null ? items.slice(start, start + limit) : items.slice(Math.max(0, end - limit), end);
  return ok({
    data,
    has_more: before === null ? start + limit < items.length : end - limit > 0,
    first_id: data.at(0)?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  });
}

/** @param most items of a page. */
export function pageByCursor(items: readonly unknown[], query: URLSearchParams, most = 100): Answer {
  const limit = limitOf(query, Math.min(20, most), most);
  const start = offsetOf(query.get('page'));
  const more = start + limit < items.length;
  return ok({ data: items.slice(start, start + limit), next_page: more ? `page_${start + limit}` : null });
}

function limitOf(query: URLSearchParams, usual: number, most: number): number {
  const said = query.get('limit');
  const limit = Number(said ?? usual);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) throw invalid('limit: must be from 1 to 1000');
  return Math.min(limit, most);
}

function offsetOf(page: string | null): number {
  if (page === null) return 0;
  const offset = Number(/^page_(\d+)$/.exec(page)?.[1]);
  if (!Number.isInteger(offset)) throw invalid('page: is no cursor of this list');
  return offset;
}
