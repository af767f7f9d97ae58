/**
 * Makes the GitHub App where there is none: shows the form, and exchanges the code that GitHub sends back for the App's
 * key and secret. Whoever knows the key in the address may do it; the log says it.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProbotOctokit } from 'probot';
import { z } from 'zod';
import type { GithubAddresses } from '../../settings-github.ts';
import { asking } from '../failure.ts';
import { manifestFor } from './manifest.ts';
import { donePage, formPage, refusedPage } from './page.ts';

export interface MadeApp {
  readonly id: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

export interface SetUpOptions {
  readonly github: GithubAddresses;
  /** The text of app.yml. */
  readonly appFile: string;
  /** Keeps what was made, where the next start finds it; before anybody is told that it is there. */
  readonly save: (made: MadeApp) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly Octokit?: typeof ProbotOctokit;
}

export interface SetUp {
  /** Of the page. */
  readonly path: string;
  /** Resolves when an App was made and the person was told. */
  readonly done: Promise<void>;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

const folder = '/setup/';
const returnPath = '/setup/done';

export function createSetUp(options: SetUpOptions): SetUp {
  const [key, state] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  const done = Promise.withResolvers<undefined>();
  const path = `${folder}${key}`;
  return {
    path,
    done: done.promise,
    async handle(request, response) {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      if (request.method !== 'GET' || !pathname.startsWith(folder)) return false;
      const asked = (name: string): string => searchParams.get(name) ?? '';
      try {
        if (isSame(pathname, path))
          return answer(response, 200, form(options, { request, owner: asked('owner'), state }));
        if (pathname !== returnPath || !isSame(asked('state'), state))
          return answer(response, 403, refusedPage(staleLink));
        const installAt = await exchange(options, asked('code'));
        response.once('close', () => done.resolve(undefined));
        return answer(response, 200, donePage(installAt));
      } catch (error) {
        options.onError(error);
        const reason = 'GitHub did not hand over the App. The log says more; begin anew.';
        return answer(response, 502, refusedPage(reason));
      }
    },
  };
}

const staleLink = 'This is not the address that the log says. It is another one after each start.';

function form(
  { github, appFile }: SetUpOptions,
  about: {
    readonly request: IncomingMessage;
    readonly owner: string;
    readonly state: string;
  },
): string {
  const { request, state } = about;
  const owner = /^[a-z\d-]{1,39}$/i.test(about.owner) ? about.owner : '';
  const seenAt = seenAtOf(request);
  const whose = owner === '' ? '' : `/organizations/${owner}`;
  return formPage({
    action: `${github.webUrl}${whose}/settings/apps/new?state=${state}`,
    manifest: manifestFor(appFile, seenAt, returnPath),
    owner,
    unreachable: /^(localhost|127\.|\[::1\])/.test(new URL(seenAt).host),
  });
}

/** As the person sees us; what a proxy before us says is only shown to that person, who sends it to GitHub. */
function seenAtOf({ headers }: IncomingMessage): string {
  const first = (name: string): string =>
    String(headers[name] ?? '')
      .split(',', 1)[0]
      ?.trim() ?? '';
  const scheme = first('x-forwarded-proto') === 'https' ? 'https' : 'http';
  const host = first('x-forwarded-host') || first('host');
  const url = /^[\w.:[\]-]+$/.test(host) ? `${scheme}://${host}` : '';
  return URL.canParse(url) ? new URL(url).origin : 'http://localhost';
}

const madeSchema = z.object({
  id: z.number().int().positive(),
  pem: z.string().min(1),
  webhook_secret: z.string().min(1),
  html_url: z.url(),
});

/** A code is good for one hour and one use. @returns where the App is installed. */
async function exchange({ github, save, ...options }: SetUpOptions, code: string): Promise<string> {
  const Octokit = options.Octokit ?? ProbotOctokit;
  const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const octokit = new Octokit({ baseUrl: github.apiUrl, userAgent: 'dreamkeeper', log: silent });
  const { data } = await asking('exchanging the code for the App', () =>
    octokit.request('POST /app-manifests/{code}/conversions', { code, request: { retries: 0 } }),
  );
  const made = madeSchema.parse(data);
  await save({ id: made.id, privateKey: made.pem, webhookSecret: made.webhook_secret });
  return `${made.html_url}/installations/new`;
}

const ignore = (): void => undefined;

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function answer(response: ServerResponse, status: number, body: string): true {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    // The key is in the address.
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(body);
  return true;
}
