/** Narrow, tolerant reading of JSON that somebody else wrote. Each function answers `undefined` for what is not there. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of an array; everything else in it is left out. */
export function asObjects(value: unknown): readonly JsonObject[] {
  return asArray(value).filter(isObject);
}

/** A non-empty string. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A finite number. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A time as ISO 8601 in UTC, from ISO text or from seconds or milliseconds since 1970; undefined when it is no time. */
export function asTime(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return isoTime(Date.parse(value));
  const number = asNumber(value);
  if (number === undefined || number <= 0) return undefined;
  // Ten digits are seconds until the year 2286, thirteen are milliseconds since 2001.
  return isoTime(number < 1e11 ? number * 1000 : number);
}

const year9999 = 253_402_300_799_999;

function isoTime(milliseconds: number): string | undefined {
  if (!Number.isFinite(milliseconds) || milliseconds < 0 || milliseconds > year9999) return undefined;
  return new Date(milliseconds).toISOString();
}

/** Leaves out the keys whose value is undefined, so that optional properties are absent and never undefined. */
export function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Present<T>;
}

type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
