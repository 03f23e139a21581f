// Opens pages of reports in headless Chromium and looks for what only a browser can tell. `tests/peers/browser` starts
// it: node browser.mjs FOLDER-OF-PLAYWRIGHT CHROMIUM FOLDER-FOR-PICTURES PAGE…
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [modules, executablePath, pictures, ...pages] = process.argv.slice(2);
const { chromium } = createRequire(pathToFileURL(modules + '/'))('playwright-core');
mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
let failed = 0;
let checks = 0;

function check(page, holds, what) {
  checks += 1;
  if (!holds) {
    failed += 1;
    console.log(`  ${page}: ${what}`);
  }
}

// Everything that is asked of the page itself; runs inside it.
function findings() {
  const of = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = (element) => getComputedStyle(element).display !== 'none' && element.getClientRects().length > 0;
  const charts = of('svg.chart').filter(shown);
  const found = [];
  for (const chart of charts) {
    const series = of('path.series', chart);
    if (series.length === 0) found.push(`chart ${chart.id || chart.textContent.slice(0, 40)} draws nothing`);
    for (const path of series) {
      if (path.getTotalLength() <= 0) found.push(`an empty path ${path.getAttribute('class')}`);
      if (getComputedStyle(path).stroke === 'none') found.push(`a path without colour ${path.getAttribute('class')}`);
    }
    const named = (chart.getAttribute('aria-labelledby') || '').split(' ');
    for (const id of named) if (!document.getElementById(id)?.textContent.trim()) found.push('a chart without words');
    const places = of('text', chart).map((it) => it.getBoundingClientRect());
    for (let i = 1; i < places.length; i += 1) {
      const [a, b] = [places[i - 1], places[i]];
      if (a.left < b.right && b.left < a.right && a.top < b.bottom - 3 && b.top < a.bottom - 3) {
        found.push(`words over words in a chart: ${of('text', chart)[i].textContent}`);
      }
    }
  }
  let level = 0;
  for (const heading of of('h1, h2, h3, h4')) {
    const now = Number(heading.tagName[1]);
    if (now > level + 1) found.push(`heading ${heading.textContent} is of level ${now} after ${level}`);
    level = now;
  }
  const rgb = (text) => text.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const colour = rgb(getComputedStyle(it).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  let least = 21;
  for (const element of of('body *').filter((it) => shown(it) && [...it.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))) {
    const style = getComputedStyle(element);
    const colour = rgb(element instanceof SVGElement ? style.fill : style.color);
    const ratio = contrast(colour, ground(element));
    least = Math.min(least, ratio);
    if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)} of "${element.textContent.trim().slice(0, 40)}"`);
  }
  for (const path of of('path.series').filter((it) => it.getClientRects().length > 0)) {
    const ratio = contrast(rgb(getComputedStyle(path).stroke), ground(path));
    if (ratio < 3) found.push(`contrast ${ratio.toFixed(2)} of the line ${path.getAttribute('class')}`);
  }
  const wide = of('.scroll table').filter((it) => shown(it) && it.scrollWidth > it.parentElement.clientWidth + 1).length;
  return {
    found,
    charts: charts.length,
    headings: of('h1').length,
    landmarks: ['header', 'nav', 'main', 'footer'].filter((name) => of(name).length !== 1),
    language: document.documentElement.lang,
    scripts: of('script').length,
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    wide,
    least,
  };
}

async function open(path, width, options) {
  const name = `${basename(path)} at ${width}, ${options.colorScheme}${options.javaScriptEnabled ? '' : ', scripts off'}`;
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  const page = await context.newPage();
  const said = [];
  const asked = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => asked.push(request.url()));
  const address = pathToFileURL(path).href;
  await page.goto(address, { waitUntil: 'load', timeout: 20000 });
  const foreign = asked.filter((url) => url !== address && !url.startsWith('data:'));
  check(name, foreign.length === 0, `asks for ${foreign}`);
  check(name, said.length === 0, `says on the console: ${said}`);
  return { context, page, name };
}

async function look(path, width, colorScheme) {
  const { context, page, name } = await open(path, width, { colorScheme, javaScriptEnabled: true });
  const it = await page.evaluate(findings);
  for (const what of it.found) check(name, false, what);
  check(name, it.headings === 1, `${it.headings} headings of the first level`);
  check(name, it.landmarks.length === 0, `not exactly one of each: ${it.landmarks}`);
  check(name, it.language === 'en', `language ${it.language}`);
  check(name, it.scripts === 0, `${it.scripts} scripts`);
  check(name, it.over <= 0, `${it.over} px wider than the window`);
  check(name, width < 1000 || it.wide === 0, `${it.wide} tables must be scrolled sideways`);
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.textContent);
  check(name, first === 'Skip to the content', `the first stop of the keyboard is ${first}`);
  const picture = `${pictures}/${basename(path, '.html')}-${width}-${colorScheme}.png`;
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: picture, fullPage: true });
  const details = await page.evaluate(() => document.querySelectorAll('details:not([open])').length);
  if (details > 0) {
    await page.focus('details:not([open]) > summary');
    await page.keyboard.press('Enter');
    const left = await page.evaluate(() => document.querySelectorAll('details:not([open])').length);
    check(name, left === details - 1, 'the keyboard does not open what is folded');
    check(name, await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'too wide when unfolded');
  }
  await context.close();
  return it;
}

for (const path of pages) {
  let seen;
  for (const [width, scheme] of [[1280, 'light'], [1280, 'dark'], [400, 'light'], [400, 'dark']]) {
    seen = await look(path, width, scheme);
  }
  const wanted = /missed|passed|inconclusive|hours|hostile\.|load/.test(basename(path));
  check(basename(path), !wanted || seen.charts >= 4, `${seen.charts} charts`);
  // With scripts off nothing can be asked of the page, but it can be drawn: its text must be there all the same.
  const off = await open(path, 1280, { colorScheme: 'light', javaScriptEnabled: false });
  check(off.name, (await off.page.locator('main h2').count()) >= 3, 'no sections');
  check(off.name, await off.page.locator('h1').isVisible(), 'no title');
  check(off.name, !wanted || (await off.page.locator('svg.chart.wide path.series').first().isVisible()), 'no chart');
  const paper = await off.page.pdf({ path: `${pictures}/${basename(path, '.html')}.pdf`, preferCSSPageSize: true });
  check(off.name, paper.length > 5000, 'nothing on paper');
  await off.context.close();
  const print = await open(path, 694, { colorScheme: 'dark', javaScriptEnabled: true });
  await print.page.emulateMedia({ media: 'print' });
  const over = await print.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(`${basename(path)} on paper`, over <= 0, `${over} px wider than the sheet`);
  const ground = await print.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check(`${basename(path)} on paper`, ground === 'rgb(255, 255, 255)', `ground ${ground}`);
  await print.context.close();
  console.log(`${basename(path)}: ${seen.charts} charts, least contrast of text ${seen.least.toFixed(1)}`);
}
console.log(`${pages.length} pages in Chromium ${browser.version()}: ${checks} checks, ${failed} did not hold`);
await browser.close();
process.exit(failed > 0 || checks === 0 ? 1 : 0);
