/** The checks of one proposal; DESIGN section 8 has a row for each. Add one by writing its file and naming it here. */
import { audience } from './audience.ts';
import { budget } from './budget.ts';
import { conflict } from './conflict.ts';
import type { Check } from './context.ts';
import { evidence } from './evidence.ts';
import { known } from './known.ts';
import { protectedPlaces } from './protected.ts';
import { scope } from './scope.ts';
import { secrets } from './secrets.ts';
import { specifics } from './specifics.ts';
import { taint } from './taint.ts';

export const checks: readonly Check[] = [
  evidence,
  known,
  specifics,
  conflict,
  taint,
  secrets,
  protectedPlaces,
  scope,
  audience,
  budget,
];
