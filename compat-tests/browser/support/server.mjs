/** The server under test, and names that no earlier run has used: a server may have kept its data. */

export const url = process.env.CONTINUO_URL ?? 'http://localhost:8080';

const run = Date.now().toString(36).slice(-4);

export const nameOf = (firstName) => `${firstName} ${run}`;
