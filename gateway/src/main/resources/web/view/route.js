/** The open conversation is part of the address: back, forward and reload just work. */

import { uuidOf } from '../protocol/ids.js';

export function openConversationId() {
  const uuid = location.hash.match(/^#\/([\w-]+)$/)?.[1];
  return uuid ? `layer:///conversations/${uuid}` : null;
}

export const addressOf = (conversationId) => `#/${uuidOf(conversationId)}`;

export function go(conversationId) {
  location.hash = conversationId ? addressOf(conversationId) : '#';
}

export const onNavigate = (listener) => addEventListener('hashchange', listener);
