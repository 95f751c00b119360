/** The server under test, and names that no earlier run has used: a server may have kept its data. */

export const url = process.env.CONTINUO_URL ?? 'http://localhost:8080';

/** Lets the Server API pass; without it the console's scenes about subjects are left out. */
export const serverToken = process.env.CONTINUO_SERVER_TOKEN ?? '';

const run = Date.now().toString(36).slice(-4);

export const nameOf = (firstName) => `${firstName} ${run}`;
