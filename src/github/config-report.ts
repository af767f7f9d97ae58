/**
 * Tells of a config where people look: of what is wrong by a failed check on the newest commit and one issue until it is
 * mended, of what counts for nothing by a neutral check.
 */
import { parseConfig } from '../config-file.ts';
import { configPath, type Config } from '../core/config.ts';
import {
  configAnnotations,
  configCheckName,
  configCheckSummary,
  configCheckTitle,
  configIssueBody,
  configIssueTitle,
  isConfigIssue,
  type ConfigReport,
} from '../core/review/config-report.ts';
import { gitText } from '../git/run.ts';
import { asking, statusOf } from './failure.ts';
import type { Octokit } from './hosted.ts';
import { at, once } from './pull-request/parts.ts';
import { isSameText } from './pull-request/same-text.ts';
import type { HostedPlace } from './repositories.ts';

type Issue = Awaited<ReturnType<Octokit['rest']['issues']['listForRepo']>>['data'][number];

/**
 * Doing it twice changes nothing. Costs no request while the config is and was right, and asks for nothing that a server
 * may lack.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot be asked.
 */
export async function reportConfig(place: HostedPlace): Promise<void> {
  const isWrong = place.mistakes.length > 0 || place.lacking !== undefined;
  if (isWrong || place.notes.length > 0) await showCheck(place, isWrong ? 'failure' : 'neutral');
  if (isWrong) await showIssue(place);
  else if (!place.absent && (await wasWrong(place))) await closeIssue(place);
}

/** A run belongs to a commit, and says there what it said once: mistakes of a commit do not change. */
async function showCheck(place: HostedPlace, conclusion: 'failure' | 'neutral'): Promise<void> {
  const { octokit } = place.hosted;
  const head = await place.repository.resolve('HEAD');
  if (head === undefined) return;
  const on = { ...at(place), check_name: configCheckName };
  const { data } = await asking('looking for the check of the config', () =>
    octokit.rest.checks.listForRef({ ...on, ref: head, filter: 'all', per_page: 100 }),
  );
  const bot = await place.bot();
  const ours = data.check_runs.filter(({ app }) => `${app?.slug ?? ''}[bot]` === bot);
  if (ours.some((run) => run.conclusion === conclusion)) return;
  await asking('posting the check of the config', () =>
    octokit.rest.checks.create({
      ...at(place),
      ...once,
      name: configCheckName,
      head_sha: head,
      status: 'completed',
      conclusion,
      output: {
        title: configCheckTitle(place),
        summary: configCheckSummary(place),
        annotations: annotationsOf(place),
      },
    }),
  );
}

function annotationsOf(report: ConfigReport) {
  return configAnnotations(report).map(({ line, level, message }) => ({
    path: configPath,
    start_line: line,
    end_line: line,
    annotation_level: level,
    message,
  }));
}

async function showIssue(place: HostedPlace): Promise<void> {
  const { octokit } = place.hosted;
  const body = configIssueBody(place);
  const found = await openIssue(place);
  if (found === undefined)
    return unlessOff('opening the issue about the config', () =>
      octokit.rest.issues.create({ ...at(place), ...once, title: configIssueTitle(place), body }),
    );
  if (isSameText(found.body ?? '', body)) return;
  await asking('changing the issue about the config', () =>
    octokit.rest.issues.update({ ...at(place), issue_number: found.number, body }),
  );
}

async function closeIssue(place: HostedPlace): Promise<void> {
  const found = await openIssue(place);
  if (found === undefined) return;
  await asking('closing the issue about the config', () =>
    place.hosted.octokit.rest.issues.update({
      ...at(place),
      issue_number: found.number,
      state: 'closed',
      state_reason: 'completed',
    }),
  );
}

async function openIssue(place: HostedPlace): Promise<Issue | undefined> {
  const creator = await place.bot();
  const { data } = await asking('looking for the issue about the config', () =>
    place.hosted.octokit.rest.issues.listForRepo({ ...at(place), creator, state: 'open', per_page: 100 }),
  );
  return data.find(({ body, pull_request: pull }) => pull === undefined && isConfigIssue(body ?? ''));
}

/** Where issues are switched off, the check says it all. */
async function unlessOff(doing: string, work: () => Promise<unknown>): Promise<void> {
  await asking(doing, async () => {
    try {
      await work();
    } catch (error) {
      if (statusOf(error) !== 410) throw error;
    }
  });
}

/** How long before the newest commit a change of the file may have been. */
const lately = 90 * 86_400_000;

/** Whether this or a version of the file that was replaced lately may have been wrong. Asks Git, not GitHub. */
async function wasWrong({ repository, config }: HostedPlace): Promise<boolean> {
  if (mayBeLacking(config)) return true;
  const newest = Date.parse(await gitText(repository.site, ['log', '-1', '--format=%cI', 'HEAD']));
  // The whole history of a large repository would be walked otherwise.
  const since = new Date(newest - lately).toISOString();
  const args = ['log', '--first-parent', `--since=${since}`, '--max-count=5', '--format=%H', 'HEAD'];
  const changes = await gitText(repository.site, [...args, '--', configPath]);
  for (const commit of changes.split('\n').filter((each) => each !== '')) {
    const before = await repository.resolve(`${commit}^`);
    const text = before === undefined ? undefined : await repository.readFile(before, configPath);
    const parsed = text === undefined ? undefined : parseConfig(text);
    if (parsed !== undefined && ('errors' in parsed || mayBeLacking(parsed.config))) return true;
  }
  return false;
}

/** Other dreamers need keys, which a server gets without a change of the file. */
const mayBeLacking = ({ dream: { dreamer } }: Config): boolean =>
  dreamer !== undefined && dreamer !== 'embedded';
