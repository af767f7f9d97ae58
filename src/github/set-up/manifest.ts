/** From which a person makes the GitHub App with two clicks: app.yml, with the address under which we are seen. */
import { z } from 'zod';
import { parse } from 'yaml';

const manifestSchema = z.looseObject({
  name: z.string(),
  hook_attributes: z.looseObject({ url: z.url() }),
  public: z.literal(false),
});

/**
 * @param text of app.yml.
 * @param seenAt scheme and host, as `https://dreams.example.com`.
 * @param returnTo path to which GitHub sends the person back, with a code.
 * @returns JSON as GitHub's form takes it.
 * @throws when the file is not as it was shipped.
 */
export function manifestFor(text: string, seenAt: string, returnTo: string): string {
  const manifest = manifestSchema.parse(parse(text));
  const hook = new URL(manifest.hook_attributes.url);
  return JSON.stringify({
    ...manifest,
    hook_attributes: { ...manifest.hook_attributes, url: `${seenAt}${hook.pathname}` },
    redirect_url: `${seenAt}${returnTo}`,
  });
}
