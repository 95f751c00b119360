import assert from 'node:assert/strict';
import { Wire } from './wire.mjs';

const PATIENCE_MS = 15_000;
const DELIVERIES = ['sending', 'sent', 'delivered', 'read'];

/** Somebody in front of the chat page. Every step waits for what it is about to use. */
export class Person {
  static async arrive(browser, url, name, options = {}) {
    const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1100, height: 760 }, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    const person = new Person(context, await context.newPage(), name);
    await person.page.goto(url);
    return person;
  }

  constructor(context, page, name) {
    this.context = context;
    this.page = page;
    this.name = name;
    this.wire = new Wire(page);
    this.complaints = [];
    page.on('pageerror', (error) => this.complaints.push(error.stack));
    page.on('console', (message) => this.#hear(message));
  }

  async logIn() {
    await this.page.getByLabel('Your name').fill(this.name);
    await this.page.getByRole('button', { name: 'Log in' }).click();
    await this.isInState('Online');
  }

  async startConversationWith(...names) {
    await this.page.getByLabel('Start a conversation with').fill(names.join(', '));
    await this.page.keyboard.press('Enter');
    await this.#header(names[0]).waitFor();
  }

  /** Opens the conversation of this title from the list. */
  async open(title) {
    await this.entry(title).click();
    await this.#header(title).waitFor();
  }

  entry(title) {
    return this.page.locator('#list a', { hasText: title });
  }

  async leaveConversation() {
    await this.page.keyboard.press('Escape');
    await this.page.locator('#conversation').waitFor({ state: 'hidden' });
  }

  async write(text) {
    await this.page.getByLabel('Message', { exact: true }).fill(text);
    await this.page.keyboard.press('Enter');
  }

  async sendPicture(buffer) {
    await this.page.locator('#picture').setInputFiles({ name: 'picture.png', mimeType: 'image/png', buffer });
  }

  async isInState(state) {
    await this.page.locator('#state', { hasText: state }).waitFor();
  }

  /** What stands in the open conversation, top to bottom. */
  texts() {
    return this.page.locator('#log .text').allTextContents();
  }

  /** Waits until exactly these texts stand there, in this order. */
  async seesExactly(expected) {
    await this.page
      .waitForFunction((json) => {
        const texts = [...document.querySelectorAll('#log .text')].map(({ textContent }) => textContent);
        return JSON.stringify(texts) === json;
      }, JSON.stringify(expected))
      .catch(async () => assert.deepEqual(await this.texts(), expected));
  }

  async sees(text) {
    await this.message(text).waitFor();
  }

  message(text) {
    return this.page.locator('#log .message', { hasText: text });
  }

  /** Waits until our own message has come at least as far as this. */
  async seesDelivery(text, delivery) {
    const enough = DELIVERIES.slice(DELIVERIES.indexOf(delivery));
    await this.message(text).locator(enough.map((state) => `[data-delivery="${state}"]`).join(', ')).waitFor();
  }

  async seesNotice(text) {
    await this.page.locator('.notice', { hasText: text }).first().waitFor();
  }

  async screenshot(path) {
    // Finishes what is still fading.
    await this.page.screenshot({ path, animations: 'disabled' });
  }

  #header(title) {
    return this.page.locator('#conversation-title', { hasText: title });
  }

  /** Chromium reports every failed connection as an error; those are part of the tests. */
  #hear(message) {
    if (message.type() === 'error' && !/WebSocket|net::ERR_|Failed to load resource/.test(message.text())) {
      this.complaints.push(message.text());
    }
  }
}
