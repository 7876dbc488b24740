/** One request → its answer. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Published } from '../publish/published.ts';
import { isLocal, senderAddress } from '../sender-address.ts';
import { answerMessages, answerRefusal, answerStored, answerText } from './answer.ts';
import { type CaptureOptions, capturer } from './capture.ts';
import { allowOrigin, answerPreflight, isPreflight } from './cors.ts';
import { answerHealth, type Health } from './health.ts';
import type { Refusal } from './refusal.ts';
import { routeOf, takesMessages } from './route.ts';

export interface HandlerOptions extends CaptureOptions {
  trustProxy: boolean;
  /** What the maintainers say at the time of the call. */
  messages(): Published | undefined;
  /** Whether reports can be stored; never rejects. Without it, that the process answers is all that is said. */
  health?: (() => Promise<Health>) | undefined;
  /** True from the moment on at which connections should come to an end. */
  isDraining(): boolean;
}

export function requestHandler(options: HandlerOptions): RequestListener {
  const { metrics, trustProxy, addressAllowance, messages, health, isDraining } = options;
  const capture = capturer(options);

  return (request, response) => {
    response.on('finish', countAnswer);
    switch (routeOf(request.url ?? '')) {
      case 'capture':
        allowOrigin(request, response);
        if (isPreflight(request)) return answerPreflight(request, response);
        return request.method === 'POST' ? receive(request, response) : refuse(response, 'wrong_method');
      case 'messages':
        return sendMessages(request, response);
      case 'health':
        return void showHealth(request, response);
      case 'metrics':
        return isLocal(request) ? void showMetrics(response) : refuse(response, 'not_found');
      default:
        return refuse(response, 'not_found');
    }
  };

  function countAnswer(this: ServerResponse): void {
    metrics.answered(this.statusCode);
  }

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const sender = senderAddress(request, trustProxy);
    if (!addressAllowance(sender)) {
      refuse(response, 'address_limit');
      return;
    }
    capture(request, sender, (captured) => {
      // Asked only now: draining may have begun since the request did.
      if (isDraining()) response.setHeader('connection', 'close');
      if (captured === 'stored') {
        answerStored(response, takesMessages(request.url ?? '') ? messages() : undefined);
      } else if (captured !== 'aborted') answerRefusal(response, captured);
    });
  }

  function sendMessages(request: IncomingMessage, response: ServerResponse): void {
    const published = messages();
    if (!published || (request.method !== 'GET' && request.method !== 'HEAD')) refuse(response, 'not_found');
    else if (!addressAllowance(senderAddress(request, trustProxy))) refuse(response, 'address_limit');
    else answerMessages(response, published);
  }

  function refuse(response: ServerResponse, reason: Refusal): void {
    metrics.refused(reason);
    answerRefusal(response, reason);
  }

  async function showHealth(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isDraining()) answerText(response, 503, '{"status":"draining"}');
    else answerHealth(request, response, await health?.());
  }

  async function showMetrics(response: ServerResponse): Promise<void> {
    answerText(response, 200, await metrics.text(), 'text/plain; version=0.0.4');
  }
}
