import { escaped } from '../charts/svg.ts';
import { OperatorError } from '../errors.ts';
import { secret } from './addresses.ts';
import { DeliveryError } from './deliver.ts';
import type { Digest } from './digest.ts';

const PICTURE = 'digest@wasp-collector';

export interface MailOptions {
  to: readonly string[];
  from: string;
}

/** A mail with the picture inside, and the same as plain text. @returns the function that sends it once */
export function mail(digest: Digest, picture: Uint8Array, { to, from }: MailOptions): () => Promise<void> {
  if (to.length === 0) throw new OperatorError('--to mail needs --mail-to, the address of who is to get it.');
  const url = smtpAddress();
  return async () => {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      url,
      connectionTimeout: 30_000,
      greetingTimeout: 30_000,
      socketTimeout: 60_000,
    });
    try {
      await transport.sendMail({
        ...{ from, to: [...to], subject: digest.title, text: plainText(digest), html: html(digest) },
        attachments: [
          {
            filename: 'digest.png',
            content: Buffer.from(picture),
            cid: PICTURE,
            contentDisposition: 'inline',
          },
        ],
        // Who runs the collector put the address on the list, and takes it off.
        list: {
          unsubscribe: {
            url: `mailto:${addressOf(from)}?subject=unsubscribe`,
            comment: 'the digest of Wasp’s reports',
          },
        },
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw deliveryError(error as Error & { code?: string; responseCode?: number });
    } finally {
      transport.close();
    }
  };
}

function smtpAddress(): string {
  const text = secret('WASP_COLLECTOR_SMTP_URL');
  if (!/^smtps?:$/.test(URL.parse(text)?.protocol ?? '')) {
    throw new OperatorError(
      'WASP_COLLECTOR_SMTP_URL has to begin with smtps: or smtp:, such as smtps://user:password@host.',
    );
  }
  return text;
}

/** 4xx of SMTP: later; 5xx: never. */
function deliveryError({ code, responseCode }: { code?: string; responseCode?: number }): DeliveryError {
  if (responseCode !== undefined) return new DeliveryError(`answered ${responseCode}`, responseCode < 500);
  return new DeliveryError(`can't be reached${code ? ` (${code})` : ''}`, code !== 'EAUTH');
}

function plainText({ title, parts, lines, link }: Digest): string {
  return [title, '', ...parts.map(({ text }) => text), '', ...lines, ...(link ? ['', link] : []), ''].join(
    '\n',
  );
}

function html({ title, parts, lines, link }: Digest): string {
  const paragraphs = parts.map(({ text }) => `<p>${escaped(text)}</p>`).join('');
  const more = link ? `<p><a href="${escaped(link)}">Every figure</a></p>` : '';
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body>` +
    `<h1 style="font-size:1.2em">${escaped(title)}</h1>${paragraphs}` +
    `<p><img src="cid:${PICTURE}" width="720" alt="${escaped(parts.at(-1)?.text ?? title)}" style="max-width:100%"></p>` +
    `<pre>${escaped(lines.join('\n'))}</pre>${more}</body></html>`
  );
}

/** `Wasp <digest@example.com>` → `digest@example.com`. */
function addressOf(from: string): string {
  return /<([^>]+)>/.exec(from)?.[1] ?? from;
}
