import { Weather } from '../../sdk/lib/weather.mjs';

/** The network between a client and a gateway. */
export async function wireTo(base) {
  return Weather.over(target(base));
}

/** Leads whoever connects from now on to another gateway. */
export function divert(weather, base) {
  weather.server = target(base);
}

function target({ protocol, hostname, port }) {
  return { protocol, host: hostname === 'localhost' ? '127.0.0.1' : hostname, port: Number(port) };
}
