/** Servers that take exactly what the services take, and refuse the rest as these do. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import busboy from 'busboy';
import { SMTPServer } from 'smtp-server';
import { cleanup } from '../../../../support/cleanup.ts';

export interface WebReceiver {
  url: string;
  /** Every request that came, refused ones too. */
  requests: { headers: IncomingMessage['headers']; body: Buffer }[];
  /** What was accepted. */
  accepted: unknown[];
  /** How many of the next requests fail with 500. */
  failures: number;
}

type Accept = (request: IncomingMessage, body: Buffer) => Promise<unknown>;

/** @param accept what was understood; throws with the reason of a 400 */
async function webReceiver(accept: Accept): Promise<WebReceiver> {
  const receiver: WebReceiver = { url: '', requests: [], accepted: [], failures: 0 };
  const server = createServer((request, response) => void take(receiver, accept, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup(() => server.close());
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/s3cret-part`;
  return receiver;
}

async function take(
  receiver: WebReceiver,
  accept: Accept,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const body = await buffer(request);
  receiver.requests.push({ headers: request.headers, body });
  if (receiver.failures > 0) {
    receiver.failures -= 1;
    response.writeHead(500).end();
    return;
  }
  try {
    receiver.accepted.push(await accept(request, body));
    response.writeHead(204).end();
  } catch (error) {
    response.writeHead(400).end((error as Error).message);
  }
}

interface DiscordPayload {
  content: string;
  embeds: { title: string; image: { url: string } }[];
  attachments: { id: number; filename: string }[];
}

/** A webhook of Discord: multipart with `payload_json` and the files that the payload names. */
export function discordReceiver(): Promise<WebReceiver> {
  return webReceiver(async (request, body) => {
    const { fields, files } = await multipart(request, body);
    const payload = JSON.parse(fields.payload_json ?? 'missing') as DiscordPayload;
    if (payload.content.length > 2000) throw new Error('content: Must be 2000 or fewer in length.');
    if (payload.embeds.length > 10) throw new Error('embeds: Must be 10 or fewer in length.');
    for (const { title, image } of payload.embeds) {
      if (title.length > 256) throw new Error('title: Must be 256 or fewer in length.');
      const name = image.url.replace('attachment://', '');
      if (!payload.attachments.some(({ filename }) => filename === name))
        throw new Error(`no attachment ${name}`);
    }
    for (const { id, filename } of payload.attachments) {
      if (files[`files[${id}]`]?.filename !== filename) throw new Error(`no files[${id}] named ${filename}`);
    }
    return { payload, png: files['files[0]']?.content, type: files['files[0]']?.type };
  });
}

function multipart(request: IncomingMessage, body: Buffer) {
  const fields: Record<string, string> = {};
  const files: Record<string, { filename: string; type: string; content: Buffer }> = {};
  return new Promise<{ fields: typeof fields; files: typeof files }>((resolve, reject) => {
    const parser = busboy({ headers: request.headers });
    parser.on('field', (name, value) => {
      fields[name] = value;
    });
    parser.on('file', (name, stream, { filename, mimeType: type }) => {
      void buffer(stream).then((content) => {
        files[name] = { filename, type, content };
      });
    });
    parser.on('close', () => setImmediate(() => resolve({ fields, files })));
    parser.on('error', reject);
    parser.end(body);
  });
}

interface SlackBlock {
  type: string;
  text?: { type: string; text: string };
  elements?: { type: string; text: string }[];
}

/** An incoming webhook of Slack: JSON with blocks inside the limits of Block Kit. */
export function slackReceiver(): Promise<WebReceiver> {
  return webReceiver(async (request, body) => {
    if (!/^application\/json/.test(request.headers['content-type'] ?? '')) throw new Error('invalid_payload');
    const message = JSON.parse(String(body)) as { text: string; blocks: SlackBlock[] };
    if (typeof message.text !== 'string' || message.text === '') throw new Error('no_text');
    if (message.blocks.length === 0 || message.blocks.length > 50) throw new Error('invalid_blocks');
    for (const block of message.blocks) checkBlock(block);
    return message;
  });
}

function checkBlock({ type, text, elements }: SlackBlock): void {
  if (type === 'header') {
    if (text?.type !== 'plain_text' || text.text.length > 150) throw new Error('invalid_blocks');
  } else if (type === 'section') {
    if (text?.type !== 'mrkdwn' || text.text.length > 3000 || text.text === '')
      throw new Error('invalid_blocks');
  } else if (type === 'context') {
    if (!elements?.length || elements.length > 10) throw new Error('invalid_blocks');
  } else throw new Error('invalid_blocks');
}

/** A webhook of one's own, which takes any JSON. */
export function jsonReceiver(): Promise<WebReceiver> {
  return webReceiver(async (_, body) => JSON.parse(String(body)));
}

export interface MailReceiver {
  url: string;
  mails: string[];
}

/** A mail server on loopback, without TLS. @param refuses an address that it has no mailbox for */
export async function mailReceiver({ refuses = '' } = {}): Promise<MailReceiver> {
  const receiver: MailReceiver = { url: '', mails: [] };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const refusal = Object.assign(new Error('No such mailbox'), { responseCode: 550 });
      done(address === refuses ? refusal : undefined);
    },
    onData(stream, _session, done) {
      void buffer(stream).then((mail) => {
        receiver.mails.push(mail.toString());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup(() => new Promise<void>((resolve) => server.close(resolve)));
  receiver.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return receiver;
}
