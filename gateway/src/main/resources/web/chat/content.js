/** Bodies too big for a packet travel beside it: announce, upload, then send only their id. */

const INLINE_LIMIT_BYTES = 2048;

/** One part for a text: inside the packet while it is small enough. */
export async function textPart(rest, text) {
  const blob = new Blob([text], { type: 'text/plain' });
  if (blob.size <= INLINE_LIMIT_BYTES) return { mime_type: 'text/plain', body: text };
  return contentPart(rest, blob);
}

/** One part for anything else, uploaded first. */
export async function contentPart(rest, blob) {
  const { id, upload_url: uploadUrl } = await rest.post('/content', undefined, {
    'Upload-Content-Type': blob.type,
    'Upload-Content-Length': String(blob.size),
    'Upload-Origin': location.origin,
  });
  const response = await fetch(sameOrigin(uploadUrl), {
    method: 'PUT',
    headers: { 'Content-Type': blob.type },
    body: blob,
  });
  if (!response.ok) throw new Error(`The upload failed (${response.status}).`);
  return { mime_type: blob.type, content: { id, size: blob.size } };
}

export const downloadUrl = (content) => content?.download_url && sameOrigin(content.download_url);

/** Download addresses expire; a new one is always there for the asking. */
export async function refreshedUrl(rest, content) {
  const { download_url: url } = await rest.get(content.id.slice('layer://'.length));
  return sameOrigin(url);
}

/**
 * The server that serves this page also serves its contents, but it may know itself by another name than
 * the one that this browser used, and the page's security policy allows its own origin only.
 */
function sameOrigin(url) {
  const { pathname, search } = new URL(url, location.href);
  return pathname + search;
}
