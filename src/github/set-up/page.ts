/** The few pages of the set-up. No script, no style from elsewhere, and nothing that was asked for unescaped. */

export interface FormPage {
  /** Where GitHub makes Apps, with the state that it hands back. */
  readonly action: string;
  /** JSON. */
  readonly manifest: string;
  /** The organisation that will own the App; empty: whoever clicks. */
  readonly owner: string;
  /** GitHub cannot reach the address from outside: webhooks would not come. */
  readonly unreachable: boolean;
}

export function formPage({ action, manifest, owner, unreachable }: FormPage): string {
  const whose = owner === '' ? 'your own account' : `the organisation ${escaped(owner)}`;
  const warning =
    '<p><strong>GitHub cannot reach this address.</strong> Open this page under the one that webhooks shall come to, ' +
    'with https; or go on, and change the webhook URL in the settings of the App later.</p>';
  return page(
    'Make the GitHub App',
    `<p>Dreamkeeper needs a GitHub App of yours. GitHub asks for its name and shows its permissions; nothing is installed yet.</p>
${unreachable ? warning : ''}
<form action="${escaped(action)}" method="post">
  <input type="hidden" name="manifest" value="${escaped(manifest)}">
  <button type="submit">Make it for ${whose}</button>
</form>
<form method="get">
  <p><label>For an organisation instead: <input name="owner" value="${escaped(owner)}" pattern="[A-Za-z0-9-]+"></label>
  <button type="submit">Change</button></p>
</form>`,
  );
}

/** @param installAt where the App is installed. */
export function donePage(installAt: string): string {
  return page(
    'The App is made',
    `<p>Its key and its secret were saved, and Dreamkeeper starts with them now.</p>
<p><a href="${escaped(installAt)}">Install it on repositories</a>: each gets one pull request that asks whether it wants Dreamkeeper.</p>`,
  );
}

/** @param reason ours, as a sentence. */
export function refusedPage(reason: string): string {
  return page('That did not work', `<p>${escaped(reason)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} · Dreamkeeper</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:4rem auto;padding:0 1rem}button,input{font:inherit}</style>
<h1>${title}</h1>
${body}
</html>
`;
}

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => named[character] ?? '');
}
