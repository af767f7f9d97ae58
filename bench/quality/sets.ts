/**
 * The sets: `tune` to change rules with, `score` to judge them by, and `dev`, larger and of more voices, written without a
 * look at the rules. They share no phrasing and no material. `more` says what teaches in sentences of its own, and takes the
 * rest, material included, from `dev`. `fresh` says it all plainly, has much more that teaches nothing, and takes errors, linter
 * rules and workflows from `dev`; `again` was written after the rules had been tuned with it.
 */
import type { Material } from './domain.ts';
import type { DomainName } from './domains.ts';
import { firmware as devFirmware } from './material-dev/firmware.ts';
import { payments as devPayments } from './material-dev/payments.ts';
import { pipeline as devPipeline } from './material-dev/pipeline.ts';
import { shop as devShop } from './material-dev/shop.ts';
import { firmware as freshFirmware } from './material-fresh/firmware.ts';
import { payments as freshPayments } from './material-fresh/payments.ts';
import { pipeline as freshPipeline } from './material-fresh/pipeline.ts';
import { shop as freshShop } from './material-fresh/shop.ts';
import { firmware as scoreFirmware } from './material-score/firmware.ts';
import { payments as scorePayments } from './material-score/payments.ts';
import { pipeline as scorePipeline } from './material-score/pipeline.ts';
import { shop as scoreShop } from './material-score/shop.ts';
import { firmware } from './material-tune/firmware.ts';
import { payments } from './material-tune/payments.ts';
import { pipeline } from './material-tune/pipeline.ts';
import { shop } from './material-tune/shop.ts';
import type { Phrasings } from './phrasings.ts';
import { againPhrasings } from './phrasings-again/set.ts';
import { devPhrasings } from './phrasings-dev/set.ts';
import { freshPhrasings } from './phrasings-fresh/set.ts';
import { morePhrasings } from './phrasings-more/set.ts';
import { scorePhrasings } from './phrasings-score.ts';
import { tunePhrasings } from './phrasings-tune.ts';

export const setNames = ['tune', 'score', 'dev', 'more', 'fresh', 'again'] as const;
export type SetName = (typeof setNames)[number];

interface PhrasingSet {
  readonly phrasings: Phrasings;
  readonly materials: Readonly<Record<DomainName, Material>>;
}

const devMaterials = {
  payments: devPayments,
  pipeline: devPipeline,
  shop: devShop,
  firmware: devFirmware,
} as const;

const freshMaterials = {
  payments: freshPayments,
  pipeline: freshPipeline,
  shop: freshShop,
  firmware: freshFirmware,
} as const;

export const sets: Readonly<Record<SetName, PhrasingSet>> = {
  tune: { phrasings: tunePhrasings, materials: { payments, pipeline, shop, firmware } },
  score: {
    phrasings: scorePhrasings,
    materials: {
      payments: scorePayments,
      pipeline: scorePipeline,
      shop: scoreShop,
      firmware: scoreFirmware,
    },
  },
  dev: { phrasings: devPhrasings, materials: devMaterials },
  more: { phrasings: morePhrasings, materials: devMaterials },
  fresh: { phrasings: freshPhrasings, materials: freshMaterials },
  again: { phrasings: againPhrasings, materials: freshMaterials },
};
