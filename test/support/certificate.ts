import { generate } from 'selfsigned';

/** A key and a certificate for this machine, and for a name, which is its own authority: nobody trusts it unasked. */
export async function makeCertificate(name = 'localhost'): Promise<{ key: string; cert: string }> {
  const subjectAltName = {
    name: 'subjectAltName' as const,
    altNames: [
      { type: 7 as const, ip: '127.0.0.1' },
      { type: 2 as const, value: name },
    ],
  };
  const made = await generate([{ name: 'commonName', value: name }], { extensions: [subjectAltName] });
  return { key: made.private, cert: made.cert };
}
