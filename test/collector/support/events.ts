import type { Event } from '../../../src/collector/store/event.ts';

/** A valid `cli` event; tests name only what they are about. */
export function event(overrides: Partial<Event> = {}): Event {
  return {
    receivedAt: Date.UTC(2026, 0, 15, 12),
    kind: 0,
    distinctId: 'bf3fa7a8-1c11-4f82-9542-ec1a2d28786b',
    projectHash: '6d7e561d62b955d1',
    isBuild: false,
    deploy: '',
    version: '0.25.0',
    os: 'linux',
    context: '',
    clientTime: null,
    uuid: null,
    ...overrides,
  };
}
