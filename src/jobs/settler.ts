/** Tells the queue together what ended at about the same time: one statement instead of many. */

/** @param settle told of all that came in while it was at work before. Rejections reach those it was told of. */
export function createSettler<T>(settle: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: { readonly item: T; readonly end: (error?: Error) => void }[] = [];
  let busy = false;
  const work = async (): Promise<void> => {
    busy = true;
    // Whoever ends in the same turn of the event loop comes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const now = waiting;
      waiting = [];
      try {
        await settle(now.map(({ item }) => item));
        for (const { end } of now) end();
      } catch (error) {
        for (const { end } of now) end(error instanceof Error ? error : new Error(String(error)));
      }
    }
    busy = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({
        item,
        end: (error) => {
          if (error === undefined) resolve();
          else reject(error);
        },
      });
      if (!busy) void work();
    });
}
