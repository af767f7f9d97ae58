/** A pull request as GitHub shows it, as one HTML page: GitHub's own style sheet, its Markdown, its charts. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

export interface PullRequestText {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** `acme/shop#12`, where it would stand. */
  readonly at?: string;
}

const styles = readFileSync(fileURLToPath(import.meta.resolve('github-markdown-css')), 'utf8');
const mermaid = readFileSync(fileURLToPath(import.meta.resolve('@mermaid-js/tiny')), 'utf8').replaceAll(
  '</script',
  String.raw`<\/script`,
);

/** Around the text, in the colours and measures of GitHub's page. */
const frame = `
  body { margin: 0; background: var(--bgColor-default, #fff); }
  main { max-width: 920px; margin: 0 auto; padding: 24px 24px 40px; }
  h1.title { font: 400 28px/1.3 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; margin: 0 0 8px; }
  h1.title small { color: var(--fgColor-muted); font-size: inherit; }
  .state { display: inline-block; border-radius: 2em; padding: 5px 12px; background: #1f883d; color: #fff; font: 500 14px/1.4 sans-serif; }
  .meta { font: 14px/1.5 sans-serif; color: var(--fgColor-muted); margin: 0 0 20px; }
  .meta .state { margin-right: 8px; }
  .meta code { font: 12px ui-monospace, Menlo, Consolas, monospace; background: #ddf4ff; color: #0969da; border-radius: 6px; padding: 2px 6px; }
  .comment { border: 1px solid var(--borderColor-default, #d1d9e0); border-radius: 6px; }
  .comment > header { font: 14px/1.5 sans-serif; background: var(--bgColor-muted, #f6f8fa); border-bottom: 1px solid var(--borderColor-default, #d1d9e0); border-radius: 6px 6px 0 0; padding: 8px 16px; color: var(--fgColor-muted); }
  .comment > .markdown-body { padding: 16px; border-radius: 0 0 6px 6px; }
  .comment li:has(> input[type=checkbox]), .comment li:has(> p > input[type=checkbox]) { list-style: none; position: relative; }
  .comment li > input[type=checkbox], .comment li > p > input[type=checkbox] { position: absolute; left: -1.4em; top: .35em; margin: 0; accent-color: #0969da; }
  .comment details { margin-bottom: 16px; }
  .pl-mi1, .pl-md { display: inline; }
`;

/**
 * @returns a page that needs nothing from the network, light or dark as the browser likes it. `window.drawn` resolves
 * when its charts are drawn.
 */
export function pullRequestPage(text: PullRequestText): string {
  const { title, body, at = 'acme/sailings#48' } = text;
  const [, number = ''] = at.split('#');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<meta name="color-scheme" content="light dark"><style>${styles}</style><style>${frame}</style></head>
<body class="markdown-body"><main>
<h1 class="title">${escape(title)} <small>#${escape(number)}</small></h1>
<p class="meta"><span class="state">Open</span><b>dreamkeeper</b> wants to merge into <code>main</code> from <code>dream</code></p>
<section class="comment"><header><b>dreamkeeper</b> bot opened this in ${escape(at.replace(/#.*/, ''))}</header>
<article class="markdown-body">${markdown(body)}</article></section></main>
${body.includes('```mermaid') ? `<script>${mermaid}</script>` : ''}
<script type="module">
  const charts = [...document.querySelectorAll('code.language-mermaid')];
  window.drawn = (async () => {
    if (charts.length === 0) return;
    globalThis.mermaid.initialize({ startOnLoad: false, theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'default' });
    for (const [at, code] of charts.entries()) {
      const { svg } = await globalThis.mermaid.render('chart-' + at, code.textContent);
      code.parentElement.outerHTML = '<div class="mermaid">' + svg + '</div>';
    }
  })();
</script></body></html>`;
}

/** GitHub drops comments, and colours what is fenced as a diff. */
function markdown(body: string): string {
  const html = micromark(body.replace(/<!--[\s\S]*?-->/g, ''), {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  // People who may write can tick the boxes there.
  const live = html.replaceAll(' disabled=""', '');
  return live.replace(
    /(<code class="language-diff">)([\s\S]*?)(<\/code>)/g,
    (_, open: string, diff: string, end: string) => {
      const lines = diff.split('\n').map((line) => {
        const kind = line.startsWith('+') ? 'pl-mi1' : line.startsWith('-') ? 'pl-md' : undefined;
        return kind === undefined ? line : `<span class="${kind}">${line}</span>`;
      });
      return `${open}${lines.join('\n')}${end}`;
    },
  );
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
