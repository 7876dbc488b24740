import { webAddress } from './addresses.ts';
import type { Digest } from './digest.ts';
import { post } from './post.ts';

/** Characters of a section's text, at most; Slack's limit is 3,000. */
const MOST = 2900;

/** An incoming webhook's message in blocks; webhooks take no files. @returns the function that sends it once */
export function slack(digest: Digest): () => Promise<void> {
  const url = webAddress('WASP_COLLECTOR_SLACK_URL');
  const body = JSON.stringify({
    text: digest.parts.map(({ text }) => plain(text)).join('\n'),
    blocks: blocks(digest),
  });
  return () => post(url, { headers: { 'content-type': 'application/json' }, body });
}

function blocks({ title, parts, lines, link }: Digest): object[] {
  const section = (text: string) => ({
    type: 'section',
    text: { type: 'mrkdwn', text: text.slice(0, MOST) },
  });
  return [
    { type: 'header', text: { type: 'plain_text', text: title.slice(0, 150) } },
    section(parts.map(({ text }) => plain(text)).join('\n')),
    ...(lines.length === 0 ? [] : [section(['```', plain(lines.join('\n')), '```'].join('\n'))]),
    ...(link ? [{ type: 'context', elements: [{ type: 'mrkdwn', text: `<${link}|Every figure>` }] }] : []),
  ];
}

/** Slack reads these three characters as markup. */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
