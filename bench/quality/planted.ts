/** What was planted in a world, with the label that tells what a dream should make of it. */
import type { differences, variations } from './phrasings.ts';

export type Planted =
  /** Two notes that say the same: merge them. */
  | {
      readonly kind: 'twins';
      readonly sort: (typeof variations)[number];
      readonly notes: readonly [string, string];
    }
  /** Two notes that differ in a value: never merge them. */
  | {
      readonly kind: 'traps';
      readonly sort: (typeof differences)[number];
      readonly notes: readonly [string, string];
    }
  /** A person said that this note is wrong: correct it when they said what is right, else take it out. */
  | {
      readonly kind: 'refuted';
      readonly sort: 'replaced' | 'gone';
      readonly note: string;
      readonly replacement?: string;
      /** The note as it should be. */
      readonly answer?: string;
      readonly said: readonly string[];
    }
  /** Learn it: what was said each time. `besides` was said along with it; learning that too is neither right nor wrong. */
  | {
      readonly kind: 'asked';
      readonly sort: 'request' | 'statement' | 'correction';
      readonly keys: readonly string[];
      readonly besides: readonly string[];
      /** One way to write it down. */
      readonly answer: string;
      readonly said: readonly string[];
    }
  | {
      readonly kind: 'mistakes';
      readonly sort: 'shell' | 'linter';
      readonly keys: readonly string[];
      readonly answer: string;
      readonly said: readonly string[];
    }
  | {
      readonly kind: 'workflows';
      readonly sort: 'sequence';
      readonly keys: readonly string[];
      readonly answer: string;
      readonly said: readonly string[];
    };

export type PlantedKind = Planted['kind'];
