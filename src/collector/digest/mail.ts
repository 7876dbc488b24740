import { isLoopback } from '../../protocol/secure-url.ts';
import { escaped } from '../charts/escaped.ts';
import { OperatorError } from '../errors.ts';
import { smtpAddress } from './addresses.ts';
import { DeliveryError, PartlyDelivered } from './deliver.ts';
import type { Digest } from './digest.ts';

const PICTURE = 'digest@wasp-collector';

export interface MailOptions {
  to: readonly string[];
  from: string;
}

/** A mail with the picture inside, and the same as plain text. @returns the function that sends it once */
export function mail(digest: Digest, picture: Uint8Array, options: MailOptions): () => Promise<void> {
  if (options.to.length === 0)
    throw new OperatorError('--to mail needs --mail-to, the address of who is to get it.');
  const url = smtpAddress('WASP_COLLECTOR_SMTP_URL');
  return async () => {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      url: url.href,
      // A password is not sent in clear, whatever the server or somebody on the way says.
      requireTLS: url.password !== '' && !isLoopback(url.hostname),
      connectionTimeout: 30_000,
      greetingTimeout: 30_000,
      socketTimeout: 60_000,
    });
    try {
      const { rejected } = await transport.sendMail(message(digest, picture, options));
      if (rejected.length > 0) throw new PartlyDelivered(`not accepted for ${rejected.join(', ')}`);
    } catch (error) {
      throw error instanceof DeliveryError ? error : deliveryError(error as SmtpError);
    } finally {
      transport.close();
    }
  };
}

function message(digest: Digest, picture: Uint8Array, { to, from }: MailOptions) {
  return {
    ...{ from, to: [...to], subject: digest.title, text: plainText(digest), html: html(digest) },
    attachments: [
      {
        ...{ filename: 'digest.png', content: Buffer.from(picture), cid: PICTURE },
        contentDisposition: 'inline' as const,
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
  };
}

type SmtpError = Error & { code?: string; responseCode?: number };

/** 4xx of SMTP: later; 5xx, a wrong password, no encryption: never. Its message may repeat what was sent. */
function deliveryError({ code, responseCode }: SmtpError): DeliveryError {
  if (responseCode !== undefined) return new DeliveryError(`answered ${responseCode}`, responseCode < 500);
  if (code === 'ETLS')
    return new DeliveryError('offers no encryption, and a password is not sent without', false);
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
