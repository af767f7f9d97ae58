/** The invented projects. */
import { firmware } from './domains/firmware.ts';
import { payments } from './domains/payments.ts';
import { pipeline } from './domains/pipeline.ts';
import { shop } from './domains/shop.ts';

export const domains = { payments, pipeline, shop, firmware };
export type DomainName = keyof typeof domains;
export const domainNames = Object.keys(domains) as DomainName[];
