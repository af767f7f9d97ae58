/** The story of a team whose server has a key: Claude reads the sessions in a batch, a lead proposes, a grader judges, a reviewer says it in other words. */
import { expect, it, vi } from 'vitest';
import { whyAnswer } from '../../support/answers.ts';
import type { Asked } from '../../support/anthropic/messages/asked.ts';
import { answers, uses, type Reply } from '../../support/anthropic/messages/reply.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import { aTeam, configPath, numberOf, remembering } from './team.ts';

vi.setConfig({ testTimeout: 240_000 });

const asked = {
  lint: 'Remember: always run `pnpm lint` before you commit.',
  release: 'Remember: releases are cut from the branch `stable`.',
};
const criteria = ['supported', 'durable', 'new', 'actionable', 'lossless', 'scope', 'safe'];

/** A model that notes what people ask to remember, proposes it as it was said, and likes it. */
function model(): (asked: Asked) => Reply {
  return (request) => {
    const { latest, tools } = request;
    if (tools.includes('propose'))
      return latest.includes('What was noticed in sessions') ? proposalsOf(latest) : [uses('finish', {})];
    if (latest.includes('Grade each of them')) return answers({ proposals: graded(latest) });
    if (latest.includes('who reviews it, says:'))
      return JSON.stringify(request.params.output_config).includes('"answer"')
        ? answers({ answer: 'Ben asked for it in a session.' })
        : answers({ text: 'Releases are cut from `stable`, on Tuesdays.' });
    return answers({ observations: observed(latest) });
  };
}

function observed(record: string): object[] {
  return [...record.matchAll(/^\[(\d+)\] person: (Remember: (.+))$/gm)].map(([, event, quote, text]) => ({
    lesson: 'request',
    text,
    quotes: [{ event: Number(event), quote }],
  }));
}

function proposalsOf(briefing: string): Exclude<Reply, string> {
  const noticed = briefing.split(/^session /m).slice(1);
  const wishes = noticed.flatMap((part) => {
    const session = /^\S+/.exec(part)?.[0] ?? '';
    const [, event, quote] = /event (\d+) \(person\): (".*")/.exec(part) ?? [];
    if (quote === undefined) return [];
    const words = JSON.parse(quote) as string;
    const text = words.replace('Remember: ', '');
    return [
      uses('propose', {
        kind: 'learn',
        lesson: 'request',
        rationale: 'Somebody asked to remember it.',
        operations: [{ op: 'add', file: 'CLAUDE.md', heading: ['Notes'], text }],
        evidence: [{ type: 'quote', session, event: Number(event), quote: words }],
      }),
    ];
  });
  return wishes.length === 0 ? [uses('finish', {})] : wishes;
}

const graded = (latest: string): object[] =>
  [...latest.matchAll(/^=== Proposal (\d+):/gm)].map(([, number]) => ({
    number: Number(number),
    criteria: criteria.map((name) => ({ name, score: 0.9, why: 'It is fine.' })),
    advice: '',
  }));

it('is read in a batch, proposed with grades and costs, reworded by the model, merged, and not proposed again', async () => {
  const { anthropic } = await anAnthropic({ reply: model(), batches: 'when told' });
  const env = { ANTHROPIC_API_KEY: anthropic.key, ANTHROPIC_BASE_URL: anthropic.url };
  const config = 'budget:\n  usd: 5\n  month:\n    usd: 20\n';
  const files = { 'CLAUDE.md': '# Notes\n\n- Ask before you touch the ledger.\n', [configPath]: config };
  const team = await aTeam({ app: { env }, files });
  const { github, app, repository, at } = team;
  const [ana, ben] = [await team.member('ana'), await team.member('ben')];
  await ana.handIn(remembering('session-lint', asked.lint));
  await ben.handIn(remembering('session-release', asked.release));

  // Nobody waits for it: both sessions are read in one batch, at half the price.
  await app.later('2 days');
  await app.idle();
  expect(team.pulls()).toEqual([]);
  expect(anthropic.requests.filter(({ operation }) => operation === 'messages.batches.create')).toHaveLength(
    1,
  );
  await anthropic.endBatches();
  await app.later('1 hour');
  await app.idle();
  const pull = team.openPull();
  const body = (): string => repository.issues.get(pull.number)?.body ?? '';
  expect(body()).toContain('graded 0.90');
  expect(body()).toContain('Dreamer: claude');
  expect(body()).toMatch(/extract.*batch/i);

  // The reviewer's words go to the model, and so does a question.
  const release = numberOf(body(), /branch `?stable/);
  const says = (words: string) =>
    github.as('ben').rest.issues.createComment({ ...at, issue_number: pull.number, body: words });
  await says(`/dream revise ${release}: say that it is on Tuesdays`);
  await app.idle();
  const { data: changed } = await github.as('ben').rest.pulls.listFiles({ ...at, pull_number: pull.number });
  expect(changed.map(({ patch }) => patch).join('\n')).toContain(
    '+- Releases are cut from `stable`, on Tuesdays.',
  );

  await says(`/dream explain ${release}`);
  await app.idle();
  const { data: comments } = await github
    .as('ben')
    .rest.issues.listComments({ ...at, issue_number: pull.number });
  expect(comments.map((comment) => comment.body ?? '').join('\n')).toContain(
    'Ben asked for it in a session.',
  );

  await github.as('ana').rest.pulls.merge({ ...at, pull_number: pull.number, merge_method: 'squash' });
  await app.idle();
  await ben.git('pull', '-q', 'origin', 'main');
  await ben.git('fetch', '-q', 'origin', '+dreamkeeper:dreamkeeper');
  const why = whyAnswer.parse(await ben.command.json('why', 'CLAUDE.md:4'));
  expect(JSON.stringify(why.evidence)).toContain('Remember: ');

  // The sessions were paid for, and what they said is remembered: nothing is read or proposed again.
  const read = anthropic.asked.length;
  const before = team.pulls().length;
  await github.as('ben').rest.issues.create({ ...at, title: 'Dream', body: 'Once more.' });
  const issue = Math.max(...repository.issues.keys());
  await github.as('ben').rest.issues.createComment({ ...at, issue_number: issue, body: '/dream now' });
  await app.idle();
  expect(team.pulls()).toHaveLength(before);
  const later = anthropic.asked.slice(read).filter(({ tools }) => tools.length === 0);
  expect(later.filter(({ text }) => text.includes('Note what this teaches'))).toEqual([]);
  expect(JSON.stringify(app.log())).not.toContain(anthropic.key);
});
