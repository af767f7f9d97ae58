/** Tells of a config that is wrong where people look: a failed check on the newest commit, and one issue until it is mended. */
import { parseConfig } from '../config-file.ts';
import { configPath } from '../core/config.ts';
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
 * Doing it twice changes nothing. Costs no request while the config is and was right.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot be asked.
 */
export async function reportConfig(place: HostedPlace): Promise<void> {
  if (place.mistakes.length > 0) {
    await showCheck(place);
    await showIssue(place);
  } else if (!place.absent && (await wasWrong(place))) await closeIssue(place);
}

/** A run belongs to a commit, and says there what it said once: mistakes of a commit do not change. */
async function showCheck(place: HostedPlace): Promise<void> {
  const { octokit } = place.hosted;
  const head = await place.repository.resolve('HEAD');
  if (head === undefined) return;
  const on = { ...at(place), check_name: configCheckName };
  const { data } = await asking('looking for the check of the config', () =>
    octokit.rest.checks.listForRef({ ...on, ref: head, filter: 'all', per_page: 100 }),
  );
  const bot = await place.bot();
  if (data.check_runs.some(({ app }) => `${app?.slug ?? ''}[bot]` === bot)) return;
  await asking('posting the check of the config', () =>
    octokit.rest.checks.create({
      ...at(place),
      ...once,
      name: configCheckName,
      head_sha: head,
      status: 'completed',
      conclusion: 'failure',
      output: {
        title: configCheckTitle(place),
        summary: configCheckSummary(place),
        annotations: annotationsOf(place),
      },
    }),
  );
}

function annotationsOf(report: ConfigReport) {
  return configAnnotations(report).map(({ line, message }) => ({
    path: configPath,
    start_line: line,
    end_line: line,
    annotation_level: 'failure' as const,
    message,
  }));
}

async function showIssue(place: HostedPlace): Promise<void> {
  const { octokit } = place.hosted;
  const body = configIssueBody(place);
  const found = await openIssue(place);
  if (found === undefined)
    return unlessOff('opening the issue about the config', () =>
      octokit.rest.issues.create({ ...at(place), ...once, title: configIssueTitle, body }),
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

/** Whether a version of the file that was replaced lately could not be read. Asks Git, not GitHub. */
async function wasWrong({ repository }: HostedPlace): Promise<boolean> {
  const newest = Date.parse(await gitText(repository.site, ['log', '-1', '--format=%cI', 'HEAD']));
  // The whole history of a large repository would be walked otherwise.
  const since = new Date(newest - lately).toISOString();
  const args = ['log', '--first-parent', `--since=${since}`, '--max-count=5', '--format=%H', 'HEAD'];
  const changes = await gitText(repository.site, [...args, '--', configPath]);
  for (const commit of changes.split('\n').filter((each) => each !== '')) {
    const before = await repository.resolve(`${commit}^`);
    const text = before === undefined ? undefined : await repository.readFile(before, configPath);
    if (text !== undefined && 'errors' in parseConfig(text)) return true;
  }
  return false;
}
