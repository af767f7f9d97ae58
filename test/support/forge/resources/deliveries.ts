/** What was sent to the App, and sending it again. */
import {
  found,
  integer,
  optionalInteger,
  optionalText,
  type Answer,
  type Call,
  type GlobalHandlers,
} from '../server/handler.ts';
import { newId } from '../state/state.ts';
import { headersOf, newDelivery, statusOf, type Delivery } from '../webhooks/delivery.ts';
import { timestamp, type Document, type World } from '../world.ts';

/** @param enqueue sends it, once it is on the list. */
export function deliveries(enqueue: (delivery: Delivery) => void): GlobalHandlers {
  return {
    'apps/list-webhook-deliveries': { by: 'app', answer: page },
    'apps/get-webhook-delivery': {
      by: 'app',
      answer: ({ world, input }) => ({ status: 200, body: wholeView(world, find(world, input)) }),
    },
    'apps/redeliver-webhook-delivery': {
      by: 'app',
      answer({ world, input }) {
        const first = find(world, input);
        const again = newDelivery({ ...first, id: newId(world.state), redelivery: true }, timestamp(world));
        world.state.deliveries.push(again);
        enqueue(again);
        return { status: 202, body: {} };
      },
    },
  };
}

function find(world: World, input: Call['input']): Delivery {
  const id = integer(input, 'delivery_id');
  return found(world.state.deliveries.find((delivery) => delivery.id === id));
}

/** Newest first; paged by a cursor, the id after which it goes on. */
function page({ world, input }: Call): Answer {
  const size = optionalInteger(input, 'per_page') ?? 30;
  const cursor = Number(optionalText(input, 'cursor') ?? Infinity);
  const failed = optionalText(input, 'status') === 'failure';
  const rest = world.state.deliveries
    .filter(({ id, statusCode }) => id < cursor && (!failed || statusCode < 200 || statusCode > 399))
    .reverse();
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  const next = `${world.api}/app/hook/deliveries?per_page=${size}&cursor=${last?.id ?? 0}`;
  return {
    status: 200,
    body: shown.map(summaryView),
    ...(rest.length > size ? { headers: { link: `<${next}>; rel="next"` } } : {}),
  };
}

function summaryView(delivery: Delivery): Document {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: statusOf(delivery),
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installation,
    repository_id: delivery.repository,
    throttled_at: null,
  };
}

function wholeView(world: World, delivery: Delivery): Document {
  const { app } = world.state;
  return {
    ...summaryView(delivery),
    url: app.webhook.url ?? '',
    request: { headers: headersOf(delivery, app.id), payload: delivery.payload },
    response: { headers: {}, payload: delivery.answer },
  };
}
