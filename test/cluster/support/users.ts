import type { Event } from '../../../src/collector/store/event.ts';

/** So many reports, of half as many users, without uuids. */
export function reports(count: number, name = 'user'): Event[] {
  return Array.from({ length: count }, (_, index) => ({
    receivedAt: Date.UTC(2026, 10, 1) + index * 1000,
    kind: 0 as const,
    distinctId: `${name}-${index >> 1}`,
    projectHash: (index % 1000).toString(16).padStart(16, '0'),
    isBuild: index % 5 === 0,
    deploy: '',
    version: '0.25.0',
    os: 'linux',
    context: '',
    clientTime: null,
    uuid: null,
  }));
}
