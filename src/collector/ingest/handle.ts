/** One request → its answer. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerRefusal, answerStored, answerText } from './answer.ts';
import { type CaptureOptions, capture } from './capture.ts';
import type { Refusal } from './refusal.ts';
import { routeOf } from './route.ts';
import { isLocal, senderAddress } from './sender-address.ts';

export interface HandlerOptions extends Omit<CaptureOptions, 'addressAllowance'> {
  trustProxy: boolean;
  /** False once this address has used up its allowance. */
  addressAllowance(address: string, events?: number): boolean;
  /** True from the moment on at which connections should come to an end. */
  isDraining(): boolean;
}

export function requestHandler(options: HandlerOptions): RequestListener {
  const { metrics, trustProxy, addressAllowance, isDraining } = options;

  return (request, response) => {
    response.once('finish', () => metrics.answered(response.statusCode));
    switch (routeOf(request.url ?? '')) {
      case 'capture':
        return request.method === 'POST' ? receive(request, response) : refuse(response, 'wrong_method');
      case 'health':
        return isDraining()
          ? answerText(response, 503, '{"status":"draining"}')
          : answerText(response, 200, '{"status":"ok"}');
      case 'metrics':
        return isLocal(request) ? void showMetrics(response) : refuse(response, 'not_found');
      default:
        return refuse(response, 'not_found');
    }
  };

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const sender = senderAddress(request, trustProxy);
    if (!addressAllowance(sender)) {
      refuse(response, 'address_limit');
      return;
    }
    const allowance = (events: number) => addressAllowance(sender, events);
    capture(request, { ...options, addressAllowance: allowance }, (captured) => {
      // Asked only now: draining may have begun since the request did.
      if (isDraining()) response.setHeader('connection', 'close');
      if (captured === 'stored') answerStored(response);
      else if (captured !== 'aborted') answerRefusal(response, captured);
    });
  }

  function refuse(response: ServerResponse, reason: Refusal): void {
    metrics.refused(reason);
    answerRefusal(response, reason);
  }

  async function showMetrics(response: ServerResponse): Promise<void> {
    answerText(response, 200, await metrics.text(), 'text/plain; version=0.0.4');
  }
}
