/** A part of a mail, as RFC 2045 and 2046 say. */
export interface Mime {
  /** By lower-case name, unfolded, with encoded words decoded. */
  headers: Record<string, string>;
  type: string;
  /** Of a part that has no parts. */
  content: Buffer;
  parts: Mime[];
}

/** Reads a mail. Throws if a line has no CRLF or a part no end. */
export function mimePart(text: string): Mime {
  if (/(?<!\r)\n/.test(text)) throw new Error('A line ends without CRLF.');
  const at = text.indexOf('\r\n\r\n');
  const headers = Object.fromEntries(
    text
      .slice(0, at)
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => {
        const [, name = '', value = ''] = /^([!-9;-~]+): *(.*)$/.exec(line) ?? [];
        return [name.toLowerCase(), decodedWords(value)];
      }),
  );
  const [type = ''] = (headers['content-type'] ?? 'text/plain').split(';');
  const body = text.slice(at + 4);
  const boundary = /boundary="?([^";]+)"?/.exec(headers['content-type'] ?? '')?.[1];
  const parts = boundary === undefined ? [] : partsOf(body, boundary);
  return { headers, type, content: decoded(body, headers['content-transfer-encoding']), parts };
}

function partsOf(body: string, boundary: string): Mime[] {
  const [inside, ...rest] = `\r\n${body}`.split(`\r\n--${boundary}--`);
  if (rest.length !== 1) throw new Error('A part has no end.');
  return (inside as string).split(`\r\n--${boundary}\r\n`).slice(1).map(mimePart);
}

function decoded(body: string, encoding = '7bit'): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding === 'quoted-printable') return quotedPrintable(body.replaceAll('=\r\n', ''), '=');
  return Buffer.from(body);
}

function quotedPrintable(text: string, mark: string): Buffer {
  const bytes = text.replaceAll(new RegExp(`${mark}([0-9A-F]{2})`, 'g'), (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

/** `=?UTF-8?Q?…?=` and `=?UTF-8?B?…?=`, of RFC 2047. */
function decodedWords(value: string): string {
  return value
    .replaceAll(/\?= =\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      String(
        kind.toUpperCase() === 'B'
          ? Buffer.from(text, 'base64')
          : quotedPrintable(text.replaceAll('_', ' '), '='),
      ),
    );
}
