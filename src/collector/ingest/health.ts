import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLocal } from '../sender-address.ts';
import { answerText } from './answer.ts';

/** What `/health` says. */
export interface Health {
  /** Why no report can be stored now, or shouldn't be; empty if all is well. */
  problems: string[];
  /** What an operator should look at soon. */
  warnings: string[];
  /** Figures, in the units that their names say. */
  facts: Readonly<Record<string, number | null>>;
}

/** 200 while reports can be stored, 503 otherwise; what the figures are is for the machine itself only, like the metrics. */
export function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  health: Health | undefined,
): void {
  const status = health === undefined || health.problems.length === 0 ? 'ok' : 'failing';
  const told =
    health !== undefined && isLocal(request)
      ? { problems: health.problems, warnings: health.warnings, ...health.facts }
      : {};
  answerText(response, status === 'ok' ? 200 : 503, JSON.stringify({ status, ...told }));
}
