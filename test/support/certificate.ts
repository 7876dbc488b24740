import { generate } from 'selfsigned';

/** A key and a certificate for 127.0.0.1 and localhost, which is its own authority: nobody trusts it unasked. */
export async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const subjectAltName = {
    name: 'subjectAltName' as const,
    altNames: [
      { type: 7 as const, ip: '127.0.0.1' },
      { type: 2 as const, value: 'localhost' },
    ],
  };
  const made = await generate([{ name: 'commonName', value: 'localhost' }], { extensions: [subjectAltName] });
  return { key: made.private, cert: made.cert };
}
