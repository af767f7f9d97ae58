/** Draws docs/demo.svg from what the demo really prints: the first screen of its review. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'src', 'cli.ts');
const rows = 46;
const columns = 100;
const rowHeight = 18;
const columnWidth = 7.8;

const colours: Readonly<Record<string, string>> = {
  '1': 'font-weight="bold"',
  '2': 'fill="#8b949e"',
  '31': 'fill="#ff7b72"',
  '32': 'fill="#7ee787"',
  '33': 'fill="#e3b341"',
};

function reviewLines(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'dreamkeeper-picture-'));
  try {
    const run = (...args: string[]): string =>
      execFileSync(process.execPath, [cli, ...args], {
        encoding: 'utf8',
        env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: '' },
      });
    run('demo', '--dir', folder);
    return firstScreen(run('show', '--no-diff', '--repo', folder).split('\n'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whole proposals only. */
function firstScreen(lines: readonly string[]): string[] {
  const blank = lines.slice(0, rows + 1).lastIndexOf('');
  return lines.slice(0, blank > 0 ? blank : rows);
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Terminal colours as spans; whatever else a terminal understands is not in a review. */
function toSpans(line: string): string {
  let open: string[] = [];
  return line
    .split(/\u001B\[([\d;]+)m/)
    .map((part, index) => {
      if (index % 2 === 0) return part === '' ? '' : `<tspan ${open.join(' ')}>${escape(part)}</tspan>`;
      const style = colours[part];
      open = style === undefined ? [] : [...open, style];
      return '';
    })
    .join('');
}

const lines = reviewLines();
const width = Math.ceil(columns * columnWidth) + 32;
const height = lines.length * rowHeight + 36;
const text = lines.map(
  (line, row) => `<text x="16" y="${28 + row * rowHeight}" xml:space="preserve">${toSpans(line)}</text>`,
);
writeFileSync(
  join(root, 'docs', 'demo.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>What dreamkeeper demo proposes</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#e6edf3">
${text.join('\n')}
</g>
</svg>
`,
);
