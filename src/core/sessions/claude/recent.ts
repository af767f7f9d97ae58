/** Memory of bounded size: a transcript may be longer than what we want to hold. */

/** A map that forgets its oldest keys beyond `limit`, and tells `forgotten` what it loses. */
export function recentMap<V>(
  limit: number,
  forgotten: (value: V) => void = () => undefined,
): {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  take(key: string): V | undefined;
  values(): Iterable<V>;
} {
  const map = new Map<string, V>();
  // Goes on where it stopped: begun anew it would walk over all that was forgotten before, each time.
  const oldest = map.entries();
  return {
    get: (key) => map.get(key),
    values: () => map.values(),
    take(key) {
      const value = map.get(key);
      map.delete(key);
      return value;
    },
    set(key, value) {
      map.delete(key);
      map.set(key, value);
      if (map.size <= limit) return;
      const next = oldest.next();
      if (next.done === true) return;
      const [name, lost] = next.value;
      map.delete(name);
      forgotten(lost);
    },
  };
}
