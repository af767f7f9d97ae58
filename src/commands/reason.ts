/** Why a person decided as they did: words that go onto the ledger, and so lose their secrets first. */
import type { Redactor } from '../core/sessions/redact.ts';

/** @returns an object to spread; empty when no reason was given. */
export async function withReason(redactor: Redactor, reason?: string): Promise<{ readonly reason?: string }> {
  if (reason === undefined) return {};
  const [safe] = await redactor.redact([reason]);
  return safe === undefined ? {} : { reason: safe.text };
}
