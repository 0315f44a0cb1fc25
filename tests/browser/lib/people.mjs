// A visitor in the shop and an agent in the console, as a person would use them.
import { Line } from './line.mjs';
import { Person } from './browser.mjs';

export class Shopper {
  static async enter(browser, server, options) {
    const shopper = new Shopper();
    shopper.person = await Person.open(browser, server, options);
    shopper.page = shopper.person.page;
    await shopper.person.goto(`/?lang=${options.locale}`);
    await shopper.chat();
    return shopper;
  }

  /** The same visitor in another tab of the same browser. */
  async tab({ locale }) {
    const other = new Shopper();
    other.person = this.person;
    other.page = await this.person.newPage();
    await other.page.goto(`${this.person.server.url}/?lang=${locale}`, { waitUntil: 'load' });
    await other.chat();
    return other;
  }

  async chat() {
    await this.page.locator('#maru-chat .launcher').click();
    await this.field.waitFor();
  }

  get field() {
    return this.page.locator('#maru-chat .composer textarea');
  }
  get log() {
    return this.page.locator('#maru-chat [role=log]');
  }

  async say(text) {
    await this.field.fill(text);
    await this.field.press('Enter');
    await this.log.locator('.mine .bubble', { hasText: text }).last().waitFor();
  }

  /** Waits for words from the other side. */
  async hears(text) {
    await this.log.locator('.theirs, .system').filter({ hasText: text }).last().waitFor();
  }

  /** Everything said and shown, from the top, in the widget's words. */
  transcript() {
    return texts(this.log.locator('.system, .row:not(.out) .bubble:not(.typing), .products .title'));
  }
}

const texts = async (locator) => (await locator.allTextContents()).map((text) => text.trim());

export class Colleague {
  static async signIn(browser, server, { name, password }, options = {}) {
    const agent = await Colleague.atDoor(browser, server, name, options);
    await agent.knock(password);
    await agent.page.locator('.presence.is-online').waitFor();
    return agent;
  }

  /** In front of the console, not signed in. */
  static async atDoor(browser, server, name, options = {}) {
    const agent = new Colleague();
    agent.name = name;
    agent.person = await Person.open(browser, server, options);
    // Before anybody signed in, "who am I" is refused; a browser logs that by itself.
    agent.person.expected.push(/401.*\/api\/v1\/me/);
    agent.page = agent.person.page;
    await keepToasts(agent.page);
    if (options.line) agent.line = await Line.through(agent.page, /\/ws\/agent$/);
    await agent.person.goto('/console');
    await agent.page.locator('input[name=user]').waitFor();
    if (options.atDoor) await options.atDoor(agent);
    return agent;
  }

  /** Tries to sign in. */
  async knock(password) {
    await this.page.locator('input[name=user]').fill(this.name);
    await this.page.locator('input[name=password]').fill(password);
    await this.page.locator('input[name=password]').press('Enter');
  }

  get queue() {
    return this.page.locator('.item:has(.accept)');
  }
  get field() {
    return this.page.locator('#composer');
  }
  get log() {
    return this.page.locator('.thread');
  }
  get mine() {
    return this.page.locator('section[aria-labelledby=head-mine] .item');
  }
  get owner() {
    return this.page.locator('.room-who p');
  }

  async say(text) {
    await this.field.fill(text);
    await this.field.press('Enter');
    await this.log.locator('.from-agent .bubble', { hasText: text }).last().waitFor();
  }

  async hears(text) {
    await this.log.locator('.from-visitor .bubble', { hasText: text }).last().waitFor();
  }

  async signOut() {
    await this.page.locator('.bar .round').last().click();
    await this.page.locator('input[name=user]').waitFor();
  }

  /** Everything said and shown to the visitor, from the top, in the console's words. */
  transcript() {
    return texts(this.log.locator('.system, .group:not(.from-note) .bubble:not(.sending), .product-title'));
  }

  /** What the console has told in passing since it was opened; such notices go by themselves. */
  toasts() {
    return this.page.evaluate(() => window.toastsSeen);
  }

  async told(text) {
    await this.page.waitForFunction((wanted) => window.toastsSeen.some((one) => one.includes(wanted)), text);
  }

  /** Leaves whatever has the focus, so that single keys are shortcuts. */
  async handsOff() {
    await this.page.evaluate(() => document.activeElement?.blur?.());
  }
}

function keepToasts(page) {
  return page.addInitScript(() => {
    window.toastsSeen = [];
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) if (node instanceof HTMLElement && node.matches('.toast')) window.toastsSeen.push(node.innerText.trim());
    }).observe(document, { childList: true, subtree: true });
  });
}
