/** Turns what happened into deliveries to the App, for the installations that may know. */
import { checkPayload } from '../openapi/conformance.ts';
import type { Installation } from '../state/account.ts';
import { findInstallation, newId, nodeId } from '../state/state.ts';
import { accountView, organizationView } from '../views/account.ts';
import { repositoryView } from '../views/repository.ts';
import { timestamp, type Document, type Happening, type World } from '../world.ts';
import { newDelivery, type Delivery } from './delivery.ts';

/** Every App gets these, subscribed or not. */
const always = new Set(['installation', 'installation_repositories']);

/** @returns the delivery; nothing when the App is not to know. */
export function deliveryOf(
  world: World,
  happening: Happening,
  report: (problem: string) => void,
): Delivery | undefined {
  const { event, action, repository } = happening;
  const installation = receiverOf(world, happening);
  if (installation === undefined) return undefined;
  if (!always.has(event) && !world.state.app.events.includes(event)) return undefined;
  const payload = payloadOf(world, happening, installation);
  const name = [event, ...(action === undefined ? [] : [action])].join('-').replaceAll('_', '-');
  for (const problem of checkPayload(name, payload)) report(`webhook ${name}: ${problem}`);
  return newDelivery(
    {
      id: newId(world.state),
      event,
      action: action ?? null,
      installation: installation.id,
      repository: repository?.id ?? null,
      payload,
    },
    timestamp(world),
  );
}

function receiverOf(world: World, { installation, repository }: Happening): Installation | undefined {
  // A deleted installation is told of its end, and so is in the payload only.
  if (installation !== undefined) return world.state.installations.get(installation);
  if (repository === undefined) return undefined;
  const found = findInstallation(world.state, repository);
  return found?.suspended === undefined ? found : undefined;
}

function payloadOf(world: World, happening: Happening, installation: Installation): Document {
  const { action, repository, sender, payload } = happening;
  return {
    ...(action === undefined ? {} : { action }),
    ...payload,
    ...(repository === undefined
      ? {}
      : {
          repository: payload.repository ?? repositoryView(world, repository),
          ...organization(world, repository),
        }),
    installation: payload.installation ?? {
      id: installation.id,
      node_id: nodeId('Installation', installation.id),
    },
    sender: accountView(world, sender),
  };
}

function organization(world: World, { owner }: NonNullable<Happening['repository']>): Document {
  return owner.type === 'Organization' ? { organization: organizationView(world, owner) } : {};
}
