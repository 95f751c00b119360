/** Layer ids: `layer:///<type>/<uuid>`; a user's is made of the percent-encoded user id. */

const SCHEME = 'layer://';

export const newId = (type) => `${SCHEME}/${type}/${uuid()}`;

export const identityId = (userId) => `${SCHEME}/identities/${encodeUserId(userId)}`;

/** The REST path of an object is its id without the scheme. */
export const pathOf = (id) => id.slice(SCHEME.length);

export const uuidOf = (id) => id.slice(id.lastIndexOf('/') + 1);

export const userIdOf = (id) => decodeURIComponent(uuidOf(id));

/** People type names; the same person is found again whatever the case or the spaces. */
export const userIdFromName = (name) => name.normalize('NFC').trim().toLowerCase().replace(/\s+/g, '-');

function encodeUserId(userId) {
  const escape = (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(userId).replace(/[!~'()]/g, escape);
}

/** `crypto.randomUUID` is missing on plain http outside localhost, and self-hosting begins there. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
