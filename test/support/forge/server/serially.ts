/** One writer at a time, so that every change is noticed under the name of who made it. */
export type Serially = <T>(work: () => Promise<T>) => Promise<T>;

export function createSerially(): Serially {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    // The next one does not fail because this one did.
    last = result.catch(() => undefined);
    return result;
  };
}
