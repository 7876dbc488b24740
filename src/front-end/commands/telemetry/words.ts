import type { Host, Obstacle } from '../../host/host.ts';
import type { Outcome } from '../../sender/attempt.ts';
import type { Reception } from '../../sender/messages/receive.ts';
import type { Consent } from '../../telemetry/consent.ts';

/** What decided, in words, for people (docs/spec.md section 5). */
export function reasonOf(host: Host, consent: Consent, choiceFile: string | undefined): string {
  switch (consent.rule) {
    case 'WASP_TELEMETRY_DISABLE':
      return 'the environment variable WASP_TELEMETRY_DISABLE is set';
    case 'DO_NOT_TRACK':
      return 'the environment variable DO_NOT_TRACK is set';
    case 'choice':
      return 'you turned it off with: wasp telemetry disable';
    case 'unreadable choice':
      return `your choice can't be read, which is never taken for a yes: ${consent.why}. To mend it: ${mend(host, choiceFile)}`;
    case 'notice':
      return 'the notice has not been shown yet; the next command in this terminal shows it, and sends nothing';
    case 'default':
      return 'nothing turns it off';
  }
}

/** What makes a choice readable again. */
function mend(host: Host, choiceFile: string | undefined): string {
  if (choiceFile === undefined) return 'set HOME, or XDG_CONFIG_HOME, to an absolute path';
  return host.files.obstacleTo(choiceFile)?.mend ?? 'wasp telemetry enable, or disable';
}

export function obstacleInWords({ why, mend }: Obstacle): string {
  return `${why}. To mend it: ${mend}`;
}

/** Why a file of ours could not be read or written, with the way out where it is known. */
export function troubleInWords(host: Host, file: string, error: unknown): string {
  const obstacle = host.files.obstacleTo(file);
  return obstacle ? obstacleInWords(obstacle) : (error as Error).message;
}

/** What became of an attempt, in words. */
export function outcomeInWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'delivered':
      return `delivered (status ${outcome.status})`;
    case 'refused':
      return `not delivered: the receiver answered with status ${outcome.status}`;
    case 'not sent':
      return `not delivered, nothing left this machine: ${outcome.why}`;
    case 'abandoned':
      return `abandoned: ${outcome.why}`;
    case 'unknown':
      return `unknown: ${outcome.why}`;
  }
}

/** What became of the messages that came back, in lines. */
export function receptionInWords(reception: Reception): string[] {
  const from = reception.from === undefined ? '' : ` from ${reception.from}`;
  switch (reception.kind) {
    case 'accepted':
      return [`messages${from}: accepted document ${reception.serial}`, ...reception.notes];
    case 'nothing new':
      return [`messages${from}: nothing newer than document ${reception.serial}`];
    case 'refused':
      return [`messages${from}: refused: ${reception.why}`];
  }
}
