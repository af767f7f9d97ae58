/** known: no entry already says it, and nobody has rejected it. */
import { matchesRejection } from '../dream/rejection.ts';
import type { Evidence } from '../dream/evidence.ts';
import type { Rejection } from '../dream/journal.ts';
import { audienceOf } from '../memory/audience.ts';
import { comparedText } from '../memory/entry.ts';
import { entryStems } from '../memory/entry-stems.ts';
import { scopeOf, widens } from '../memory/scope.ts';
import { bearingOf, shareOf } from '../text/claim/bearing.ts';
import { lostByClaim } from '../text/claim/same-claim.ts';
import { stems } from '../text/words.ts';
import { findingsOf, type Check, type GuardContext } from './context.ts';
import { enoughEvidence } from './evidence-table.ts';
import type { Finding } from './finding.ts';
import { covers } from './readers.ts';
import { at, touchedBy, writtenBy, type Written } from './written.ts';

const { block, review } = findingsOf('known');

/** From this share on an entry speaks of the same thing, and may say otherwise. */
const aboutShare = 0.6;

export const known: Check = {
  name: 'known',
  check: (ctx) => [
    ...(ctx.proposal.kind === 'learn'
      ? writtenBy(ctx.proposal, ctx.store).flatMap((text) => said(text, ctx))
      : []),
    ...ctx.rejections.flatMap((rejection) => rejected(rejection, ctx)),
  ],
};

function said(written: Written, ctx: GuardContext): Finding[] {
  const wanted = [...new Set(stems(written.text))];
  if (wanted.length === 0) return [block('It says nothing.')];
  const touched = new Set(touchedBy(ctx.proposal, ctx.store).map(({ id }) => id));
  const near = [...ctx.store.entries.values()].flatMap((entry) => {
    if (touched.has(entry.id) || entry.kind === 'lead-in') return [];
    const share = shareOf(wanted, entryStems(entry));
    return share >= aboutShare ? [{ entry, bearing: bearingOf(entry.text, written.text, share) }] : [];
  });
  const readers = audienceOf(ctx.store, written.file);
  const same = near.find(
    ({ entry, bearing }) =>
      bearing === 'same' &&
      lostByClaim([written.text], comparedText(entry)).length === 0 &&
      covers(audienceOf(ctx.store, entry.file), readers) &&
      !widens(scopeOf(entry.file), scopeOf(written.file)),
  );
  if (same !== undefined) return [block(`${at(same.entry)} says it already.`)];
  const otherwise = near.find(({ bearing }) => bearing === 'conflict');
  return otherwise === undefined
    ? []
    : [review(`${at(otherwise.entry)} seems to say otherwise; both would stand.`)];
}

function rejected(rejection: Rejection, ctx: GuardContext): Finding[] {
  if (!matchesRejection(ctx.proposal, rejection, ctx.store)) return [];
  const newer = ctx.proposal.evidence.filter((item) => isNewer(item, rejection.at, ctx));
  const entries = ctx.proposal.evidence.filter((item) => item.type === 'entry');
  const met = (): boolean => enoughEvidence(ctx, [...newer, ...entries]).missing === undefined;
  const again = newer.length > 0 && !rearranges(ctx) && met();
  const when = rejection.at.slice(0, 10);
  return again
    ? [review(`The like of it was rejected on ${when}; what is cited since would be enough by itself.`)]
    : [block(`The like of it was rejected on ${when}, and too little has happened since.`)];
}

/** Entries are no news: a rejected merge returns when its entries have changed, and then it does not match. */
const rearranges = ({ proposal: { kind } }: GuardContext): boolean =>
  kind === 'merge' || kind === 'reorganise';

/** From a session begun, or a commit or comment made, after the rejection. */
function isNewer(item: Evidence, than: string, { sessions, repository }: GuardContext): boolean {
  switch (item.type) {
    case 'quote':
      return (sessions.get(item.session)?.startedAt ?? '') > than;
    case 'fact':
      return (repository.deleted.get(item.path)?.at ?? '') > than;
    case 'comment':
      return (item.at ?? '') > than;
    case 'unattributed':
      return false;
    case 'entry':
      // What is to be changed or enforced is neither old nor new.
      return false;
  }
}
