/** Loaded before everything else: this process believes that it is five minutes later. */
const off = 5 * 60_000;
const Right = Date;

class WrongDate extends Right {
  constructor(...args: readonly unknown[]) {
    if (args.length === 0) super(Right.now() + off);
    else super(...(args as [number]));
  }

  static override now(): number {
    return Right.now() + off;
  }
}

globalThis.Date = WrongDate as DateConstructor;
