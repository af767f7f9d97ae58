/** The only place that reads the machine's clock; tests set it. */
let now: () => Date = () => new Date();

export function clock(): Date {
  return now();
}

export function setClock(fixed: () => Date): void {
  now = fixed;
}
