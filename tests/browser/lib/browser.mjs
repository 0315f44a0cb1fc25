// Debian's Chromium, and people in it. Every page is watched: what it logs, what its policy refuses and whom it
// asks all count as failures, gathered in `problems`.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { patience } from '../../server/lib/wait.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
export const artefacts = path.resolve(here, '../artefacts');
const axeSource = fs.readFileSync(fileURLToPath(import.meta.resolve ? import.meta.resolve('axe-core/axe.min.js') : new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

export async function launch() {
  fs.mkdirSync(artefacts, { recursive: true });
  return chromium.launch({
    executablePath: process.env.MARU_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      // A page that did not come over the network may not open sockets to this machine.
      ...(process.env.MARU_WEB ? ['--disable-features=LocalNetworkAccessChecks'] : [])],
  });
}

export class Person {
  constructor(context, page, server) {
    this.context = context;
    this.page = page;
    this.server = server;
    this.problems = [];
    this.expected = []; // console errors that belong to the story
  }

  static async open(browser, server, { locale = 'ko', viewport = desktop, colorScheme = 'light', mobile = false } = {}) {
    const context = await browser.newContext({
      locale: locale === 'ko' ? 'ko-KR' : 'en-US',
      timezoneId: 'Asia/Seoul',
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
      ...(mobile ? { isMobile: true, hasTouch: true } : {}),
    });
    context.setDefaultTimeout(patience(15_000));
    await withPagesFrom(process.env.MARU_WEB, context, server);
    const person = new Person(context, undefined, server);
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    person.page = await person.newPage();
    return person;
  }

  /** Another tab, watched like the first. */
  async newPage() {
    const page = await this.context.newPage();
    const { origin } = new URL(this.server.url);
    page.on('console', (message) => {
      const line = `${message.text()} (${message.location().url})`;
      if (message.type() === 'error' && !this.expected.some((one) => one.test(line))) this.problems.push(`console: ${line}`);
    });
    page.on('pageerror', (error) => this.problems.push(`exception: ${error.stack ?? error}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== origin) this.problems.push(`asked a stranger: ${url}`);
    });
    return page;
  }

  goto(where) {
    return this.page.goto(this.server.url + where, { waitUntil: 'load' });
  }

  shot(name) {
    return this.page.screenshot({ path: path.join(artefacts, `${name}.png`) });
  }

  /** The same place on a phone and on a desk, by day and by night. */
  async shots(name, { sizes = { desktop, phone }, schemes = ['light', 'dark'], back = desktop, ready } = {}) {
    for (const [size, viewport] of Object.entries(sizes)) {
      await this.page.setViewportSize(viewport);
      for (const colorScheme of schemes) {
        await this.page.emulateMedia({ colorScheme });
        await ready?.(size);
        await this.shot(`${name}-${size}-${colorScheme}`);
      }
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    await this.page.setViewportSize(back);
  }

  /** Serious and critical violations as axe sees them, in words. */
  async violations(include) {
    const loaded = await this.page.evaluate(() => 'axe' in window);
    // Past the page's own policy: this is the test's script, not the page's.
    if (!loaded) await this.page.evaluate(axeSource);
    const result = await this.page.evaluate(
      (selector) => window.axe.run(selector ? { include: [selector] } : document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
      include,
    );
    return result.violations
      .filter((one) => one.impact === 'serious' || one.impact === 'critical')
      .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.flat().join(' ')} — ${node.failureSummary?.replace(/\s+/g, ' ')}`));
  }

  close() {
    return this.context.close();
  }
}

// While the pages are being worked on: MARU_WEB=web/dist takes them from there instead of from the binary, with the
// binary's own headers.
async function withPagesFrom(folder, context, server) {
  if (!folder) return;
  const dist = path.resolve(folder);
  const own = new URL(server.url).origin; // the server may be away when a page asks
  const { headers } = await fetch(`${server.url}/console`).then((response) => ({ headers: Object.fromEntries(response.headers) }));
  const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
  await context.route('**/*', (route) => {
    const { pathname, origin } = new URL(route.request().url());
    if (origin !== own || /^\/(api|ws|media|shop\/catalog)\b/.test(pathname)) return route.fallback();
    const under = pathname === '/widget.js' || pathname.startsWith('/console') ? pathname : `/shop${pathname}`;
    const file = [under, `/${under.split('/')[1]}/index.html`].map((one) => path.join(dist, one)).find((one) => fs.existsSync(one) && fs.statSync(one).isFile());
    if (!file) return route.fallback();
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => /^(content-security|x-|referrer|cross-origin)/.test(name)));
    return route.fulfill({ body: fs.readFileSync(file), headers: { ...kept, 'content-type': types[path.extname(file)] ?? 'application/octet-stream' } });
  });
}
