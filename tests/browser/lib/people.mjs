// A visitor in the shop and an agent in the console, as a person would use them.
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
}

export class Colleague {
  static async signIn(browser, server, { name, password }, options = {}) {
    const agent = new Colleague();
    agent.name = name;
    agent.person = await Person.open(browser, server, options);
    // Before anybody signed in, "who am I" is refused; a browser logs that by itself.
    agent.person.expected.push(/401.*\/api\/v1\/me/);
    agent.page = agent.person.page;
    await agent.person.goto('/console');
    await agent.page.locator('input[name=user]').waitFor();
    if (options.atDoor) await options.atDoor(agent);
    await agent.page.locator('input[name=user]').fill(name);
    await agent.page.locator('input[name=password]').fill(password);
    await agent.page.locator('input[name=password]').press('Enter');
    await agent.page.locator('.presence.is-online').waitFor();
    return agent;
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

  async say(text) {
    await this.field.fill(text);
    await this.field.press('Enter');
    await this.log.locator('.from-agent .bubble', { hasText: text }).last().waitFor();
  }

  async hears(text) {
    await this.log.locator('.from-visitor .bubble', { hasText: text }).last().waitFor();
  }

  /** Leaves whatever has the focus, so that single keys are shortcuts. */
  async handsOff() {
    await this.page.evaluate(() => document.activeElement?.blur?.());
  }
}
