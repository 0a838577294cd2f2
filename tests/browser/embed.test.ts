import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { formatEmbedLink } from '../../src/state/page/embed-link.ts';
import { embeds } from '../../src/state/site/embeds.ts';
import { accessibilityProblems, useBrowser } from './page.ts';

const open = useBrowser();

/** A site of somebody else's: a page that frames what its address says, and keeps the frame as high as that asks. */
let theirs: Server;

beforeAll(async () => {
  theirs = createServer((request, response) => {
    const asked = new URL(request.url!, 'http://host').searchParams;
    const [src, sandbox] = [asked.get('src'), asked.get('sandbox')];
    if (src === null) return response.writeHead(204).end();
    return response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html>
      <iframe ${sandbox === null ? '' : `sandbox="${sandbox}"`} src="${src.replaceAll('&', '&amp;')}" style="width: 100%; height: 90px"></iframe>
      <script>
        addEventListener('message', ({ data }) => {
          if (data.type === 'backprop-by-hand/height') document.querySelector('iframe').style.height = data.height + 'px';
        });
      </script>`);
  });
  await new Promise<void>((done) => theirs.listen(0, 'localhost', done));
});

afterAll(() => theirs.close());

/** Opens their page with a page of this site in its frame. */
async function frame(
  path: string,
  sandbox?: string,
): Promise<{ page: Page; figure: FrameLocator; problems: () => string[] }> {
  const { page, problems } = await open('manifest.webmanifest');
  const url = `http://localhost:${(theirs.address() as AddressInfo).port}/`;
  const asked = new URLSearchParams({
    src: new URL(path, inject('siteUrl')).href,
    ...(sandbox !== undefined && { sandbox }),
  });
  await page.goto(`${url}?${asked}`);
  return {
    page,
    figure: page.frameLocator('iframe'),
    problems: () => problems.filter((each) => !each.includes(url)),
  };
}

const question = { text: 'How large is the slope at z = 3?', answer: 0.045, tolerance: 0.001 };

test('in a frame of another site a figure is as high as it is, begins as its link says, and judges the answer to its question', async () => {
  const query = formatEmbedLink({
    hide: ['activation'],
    start: { activation: 'sigmoid', z: '3' },
    question,
  });
  const { page, figure, problems } = await frame(
    `embed/activations/${query}`,
    'allow-scripts allow-same-origin',
  );
  await figure.getByText('At z = 3: g(z) = 0.953, g′(z) = 0.0452.').waitFor();
  expect(await figure.getByRole('button', { name: 'sigmoid' }).isVisible()).toBe(false);
  expect(await figure.getByRole('slider').isVisible()).toBe(true);
  const heights = () => page.locator('iframe').evaluate((each: HTMLIFrameElement) => each.clientHeight);
  const content = () => figure.getByRole('main').evaluate((main) => main.scrollHeight);
  await expect.poll(async () => Math.abs((await heights()) - (await content()))).toBeLessThan(8);

  const exercise = figure.getByRole('article', { name: 'Exercise' });
  await exercise.getByText(question.text).waitFor();
  for (const [given, said] of [
    ['0,5', 'Not yet. Look at the figure once more.'],
    ['0,0452', 'Right.'],
  ] as const) {
    await exercise.getByLabel('Your answer').fill(given);
    await page.keyboard.press('Enter');
    await exercise.getByRole('status').getByText(said).waitFor();
  }
  expect(
    await figure.getByRole('link').evaluateAll((all) => all.map((each) => each.getAttribute('href'))),
  ).toEqual([expect.stringMatching(/\/layer\/#/)]);
  expect(await figure.getByRole('alert').count()).toBe(0);
  expect(problems()).toEqual([]);
});

test('no other page can be framed by another site', async () => {
  const { page } = await frame('layer/');
  await expect.poll(() => page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/');
});

test('shut off from its own site by its frame, a figure says what it lacks, and does the rest', async () => {
  const { figure } = await frame('embed/forward-stepper/', 'allow-scripts');
  await figure.getByText('Nothing is kept here: answers and drawings are gone when you leave.').waitFor();
  await figure.getByText('Nothing is computed yet').waitFor();
  await figure.getByRole('button', { name: 'Next step' }).click();
  await figure.getByText('Layer 1 sums up').waitFor();

  const training = await frame('embed/training-console/?hide=set-up', 'allow-scripts');
  await training.figure.getByText('cannot be computed here: its buttons will say so').waitFor();
  await training.figure.getByRole('button', { name: 'Run' }).click();
  await training.figure.getByText(/^It stopped: /).waitFor();
});

test('a link that is wrong says what in it is, in the figure, and the figure is there all the same', async () => {
  const { page } = await open('embed/activations/?hide=colour&start-z=99&start-activation=step&size=3');
  await expect
    .poll(() => page.getByRole('alert').getByRole('listitem').allTextContents())
    .toEqual([
      '“size” means nothing here.',
      'This figure has no control “colour”.',
      '“z” cannot be set to it: “99”.',
      '“Activation g” has no such choice: “step”.',
    ]);
  await page.getByText('At z = 1').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

/** They come after a guess, or in place of another. */
const LATER = /^(be-the-network: hint|confusion: .*|push: .*)$/;

test('what the table calls the controls of a figure stands in it', async () => {
  const lost: string[] = [];
  for (const [name, { controls }] of Object.entries(embeds)) {
    const html = await (await fetch(new URL(`embed/${name}/`, inject('siteUrl')))).text();
    const said = html
      .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
      .replace(/<[^>]*?(?:aria-label="([^"]*)"[^>]*)?>/g, ' $1 ');
    const words = said.replace(/\s+/g, ' ');
    for (const [control, begins] of Object.entries(controls))
      if (![begins].flat().some((text) => words.includes(text))) lost.push(`${name}: ${control}`);
  }
  expect(lost.filter((each) => !LATER.test(each))).toEqual([]);
});

test('the page for teachers makes a link of what is chosen, asked and moved, and shows the figure as it will be', async () => {
  const { page, problems } = await open('teachers/');
  await page
    .getByRole('combobox', { name: 'Figure' })
    .selectOption({ label: 'Activations and their slopes' });
  const figure = page.frameLocator('iframe');
  await figure.getByRole('button', { name: 'tanh' }).click();
  await figure.getByText('g(z) = 0.762').waitFor();
  await page.getByRole('button', { name: 'Begin as it stands below' }).click();
  await page.getByRole('checkbox', { name: 'Activation g' }).check();
  await page.getByRole('radio', { name: 'one of several answers' }).check();
  await page.getByText('The question is still empty.').waitFor();
  await page.getByRole('textbox', { name: 'Question' }).fill('Which bend is it?');
  await page.getByRole('textbox', { name: 'Answers, one a line' }).fill('sigmoid\ntanh');
  await page.keyboard.press('Tab');
  await page.getByRole('combobox', { name: 'The right one' }).selectOption('tanh');
  const expected = formatEmbedLink({
    hide: ['activation'],
    start: { activation: 'tanh', z: '1' },
    question: { text: 'Which bend is it?', options: ['sigmoid', 'tanh'], right: 1 },
  });
  const link = new URL(`embed/activations/${expected}`, inject('siteUrl')).href;
  await expect.poll(() => page.getByRole('textbox', { name: 'Link' }).inputValue()).toBe(link);
  expect(await page.getByRole('textbox', { name: 'Code of a frame' }).inputValue()).toContain(
    `<iframe src="${link.replaceAll('&', '&amp;')}"`,
  );
  await figure.getByText('Answers to choose from').click();
  await figure.getByRole('radio', { name: 'tanh' }).check();
  await figure.getByRole('button', { name: 'Check' }).click();
  await figure.getByText('Right.').waitFor();
  expect(await figure.getByRole('button', { name: 'tanh' }).isVisible()).toBe(false);
  expect(problems).toEqual([]);
});
