import path from 'node:path';
import type { Host } from '../host/host.ts';

/**
 * Ids that the real Wasp has told this user about: those that it counts as seen in its `news.json`, as 0.25.0
 * writes it. Read, never written.
 * @param cache the cache directory, which both Wasps share
 */
export function toldByNews(host: Host, cache: string): ReadonlySet<string> {
  try {
    const { seenNewsIds } = JSON.parse(host.files.read(path.join(cache, 'news.json')) ?? '{}');
    return new Set(Array.isArray(seenNewsIds) ? seenNewsIds : []);
  } catch {
    return new Set();
  }
}
