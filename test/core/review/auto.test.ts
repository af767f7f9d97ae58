import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/core/config.ts';
import type { Decision } from '../../../src/core/dream/journal.ts';
import { autoState, type AutoInput, type PullState } from '../../../src/core/review/auto.ts';
import { aJournal, aJournalProposal } from '../../support/journal.ts';

const shownAt = '2026-02-10T03:00:00.000Z';
const over = '2026-02-10T15:00:00.000Z';
const head = '2222222222222222222222222222222222222222';
const merging = aJournalProposal({ number: 1, kind: 'merge' });
const journal = aJournal({ head, proposals: [merging, { ...merging, number: 2 }] });
const dream = journal.id;

type Parts = Partial<Omit<AutoInput, 'config' | 'pull'>> & {
  readonly config?: unknown;
  readonly pull?: Partial<PullState> | null;
};

function ask({ config = {}, pull = {}, ...rest }: Parts = {}) {
  return autoState({
    config: configSchema.parse({ mode: 'auto', ...(config as object) }),
    decisions: [],
    journal,
    now: over,
    ...(pull === null ? {} : { pull: { head, draft: false, shownAt, voices: [], ...pull } }),
    ...rest,
  });
}

it('is none of the business of a repository in manual mode', () => {
  expect(ask({ config: { mode: 'manual' } })).toEqual({ state: 'off' });
});

it('is ready when nothing is for a person and the wait is over', () => {
  expect(ask()).toEqual({ state: 'ready' });
});

describe('the wait', () => {
  it('is twelve hours from when the head is shown, and says when it ends', () => {
    expect(ask({ now: '2026-02-10T14:59:59.999Z' })).toEqual({
      state: 'waits',
      for: 'time',
      reason: 'It merges itself at 2026-02-10 15:00 UTC.',
      until: over,
    });
  });

  it('is as long as the config says', () => {
    expect(ask({ config: { auto: { after: 0 } }, now: shownAt })).toEqual({ state: 'ready' });
  });

  it('has not begun while there is no pull request, or its head is not shown', () => {
    expect(ask({ pull: null })).toMatchObject({ state: 'waits', for: 'time' });
    const { shownAt: _absent, ...unseen } = { head, draft: false, shownAt, voices: [] };
    const config = configSchema.parse({ mode: 'auto' });
    expect(autoState({ config, decisions: [], journal, now: over, pull: unseen })).toMatchObject({
      state: 'waits',
    });
  });

  it.each<[string, Extract<Decision, { type: 'dropped' | 'restored' | 'reopened' }>]>([
    ['left out', { type: 'dropped', at: '2026-02-10T10:00:00.000Z', dream, proposals: [2] }],
    ['taken back', { type: 'restored', at: '2026-02-10T10:00:00.000Z', dream, proposals: [2] }],
    ['reopened', { type: 'reopened', at: '2026-02-10T10:00:00.000Z', dream }],
  ])('begins anew when something is %s, also where the head was shown before', (_what, decision) => {
    expect(ask({ decisions: [decision] })).toMatchObject({ until: '2026-02-10T22:00:00.000Z' });
    expect(ask({ decisions: [{ ...decision, dream: 'another' }] })).toEqual({ state: 'ready' });
  });
});

const findings = [{ check: 'conflict', severity: 'review', message: 'Look.' }] as const;

describe('a person merges', () => {
  it.each<[string, Parts, string]>([
    [
      'what the guard wants reviewed',
      { journal: aJournal({ head, proposals: [{ ...merging, findings: [...findings] }] }) },
      'Proposal 1 is for a person to review.',
    ],
    [
      'kinds that are not allowed',
      { journal: aJournal({ head, proposals: [merging, aJournalProposal({ number: 2 })] }) },
      'Proposal 2 is of a kind that waits for a person: only what is of kind merge merges itself.',
    ],
    [
      'what widens a scope, even where the config allows it',
      {
        config: { auto: { kinds: ['promote'] } },
        journal: aJournal({
          head,
          proposals: [1, 2].map((number) => ({ ...merging, number, kind: 'promote' })),
        }),
      },
      'Proposals 1 and 2 are of a kind that waits for a person: nothing merges itself.',
    ],
    ['a clean-up', { journal: { ...journal, cleanUp: true } }, 'A clean-up is always merged by a person.'],
    [
      'what somebody committed to',
      { pull: { head: '3'.repeat(40) } },
      'The branch is not where the dream left it, and only what was checked merges itself.',
    ],
    ['a draft', { pull: { draft: true } }, 'The pull request is a draft.'],
    [
      'what somebody speaks about',
      { pull: { voices: ['ana', 'ben'] } },
      'ana has something to say about it, so a person merges it.',
    ],
    [
      'everything while dreams are paused',
      { decisions: [{ type: 'paused', at: shownAt }] },
      'Dreams are paused; "/dream resume" goes on.',
    ],
    [
      'what is empty',
      { decisions: [{ type: 'dropped', at: shownAt, dream, proposals: [1, 2] }] },
      'Nothing is left in it.',
    ],
  ])('%s', (_what, parts, reason) => {
    expect(ask(parts)).toEqual({ state: 'waits', for: 'person', reason });
  });

  it('no longer what was left out, and not what is only noted', () => {
    const noted = { ...merging, findings: [{ ...findings[0], severity: 'note' as const }] };
    const learning = aJournalProposal({ number: 2 });
    const out: Decision = { type: 'dropped', at: '2026-02-09T00:00:00Z', dream, proposals: [2] };
    expect(ask({ journal: aJournal({ head, proposals: [noted, learning] }), decisions: [out] })).toEqual({
      state: 'ready',
    });
  });
});

describe('/dream manual', () => {
  const lowered: Decision = { type: 'mode', at: '2026-02-09T00:00:00Z', mode: 'manual' };

  it('leaves merging to people', () => {
    expect(ask({ decisions: [lowered] })).toMatchObject({ state: 'waits', for: 'person' });
    expect(ask({ decisions: [lowered], configAt: '2026-02-08T00:00:00Z' })).toMatchObject({ for: 'person' });
  });

  it('is lifted by a later change of the config, and by nothing else', () => {
    expect(ask({ decisions: [lowered], configAt: '2026-02-09T00:00:01Z' })).toEqual({ state: 'ready' });
    expect(ask({ decisions: [lowered, { type: 'resumed', at: over }] })).toMatchObject({ for: 'person' });
  });
});
