/** A list, a page at a time, with the addresses of the other pages in `Link`. */
import type { Answer } from './handler.ts';

/** @param url of the request, with its query. */
export async function paged(answer: Answer, url: URL): Promise<Answer> {
  const { list, ...rest } = answer;
  if (list === undefined) return answer;
  const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30));
  const page = Math.max(1, Number(url.searchParams.get('page') ?? 1));
  const { items, show, key } = list;
  const part = await Promise.all(
    items.slice((page - 1) * size, page * size).map(async (item) => show(item as never)),
  );
  const body = key === undefined ? part : { total_count: items.length, [key]: part };
  const link = links(url, page, Math.max(1, Math.ceil(items.length / size)));
  return { ...rest, body, headers: { ...rest.headers, ...(link === '' ? {} : { link }) } };
}

function links(url: URL, page: number, last: number): string {
  const to = (number: number, rel: string): string => {
    const target = new URL(url);
    target.searchParams.set('page', String(number));
    return `<${target.href}>; rel="${rel}"`;
  };
  return [
    ...(page > 1 ? [to(page - 1, 'prev'), to(1, 'first')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
  ].join(', ');
}
