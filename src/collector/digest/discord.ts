import { webAddress } from './addresses.ts';
import { type Digest, textOf } from './digest.ts';
import { post } from './post.ts';

const FILE = 'digest.png';

/** A webhook's message: an embed whose picture is the attached file. @returns the function that sends it once */
export function discord(digest: Digest, picture: Uint8Array): () => Promise<void> {
  const url = webAddress('WASP_COLLECTOR_DISCORD_URL');
  return () => {
    const body = new FormData();
    body.set('payload_json', JSON.stringify(payload(digest)));
    body.set('files[0]', new Blob([Uint8Array.from(picture)], { type: 'image/png' }), FILE);
    return post(url, { body });
  };
}

function payload(digest: Digest): object {
  return {
    content: textOf(digest),
    // Names of users and channels in a version's text must not call anyone.
    allowed_mentions: { parse: [] },
    attachments: [{ id: 0, filename: FILE, description: digest.title }],
    embeds: [
      {
        title: digest.title,
        ...(digest.link && { url: digest.link }),
        image: { url: `attachment://${FILE}` },
      },
    ],
  };
}
