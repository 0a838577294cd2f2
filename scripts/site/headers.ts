import { isNamedByContent } from './named-by-content.ts';

/** The name under which Netlify and Cloudflare Pages read it at the root of a site. */
export const HEADERS_FILE = '_headers';

/** How many rules Cloudflare Pages heeds; it passes over the rest without a word. */
const MOST_RULES = 100;

const SECURITY = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // The pages carry the rest of their policy in a meta element, where frame-ancestors is not allowed.
  'Content-Security-Policy': "frame-ancestors 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
};

/** What any site may put into a frame: the figures that stand alone, with what a page says whose link leads to none of them. */
const FRAMED = /^embed\//;

/** What such a frame fetches. It may be shut off from its own site, and is another's then: what it fetches is everybody's to have. */
const FETCHED_BY_FRAMES = /^(?:_astro|data|models)\/|^theme\.js$/;

/**
 * What only a header can say of a file of the site, whoever serves it. This is the one table: `serve.ts` sends it, and
 * `headersFile` writes it down for others.
 *
 * @param name the file's path below the base path; empty for an answer that is no file, such as a refusal
 */
export function headersOf(name: string): Record<string, string> {
  const kept = isNamedByContent(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
  if (!FRAMED.test(name) && !FETCHED_BY_FRAMES.test(name)) return { ...SECURITY, 'Cache-Control': kept };
  const { 'Content-Security-Policy': policy, ...others } = SECURITY;
  return {
    ...others,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...(FRAMED.test(name) ? {} : { 'Content-Security-Policy': policy, 'Access-Control-Allow-Origin': '*' }),
    'Cache-Control': kept,
  };
}

/**
 * The headers of a site's files as Netlify and Cloudflare Pages read them. Both join what several rules say of one
 * header, so no two of these do: what all files have in common stands under `/*`, the rest under each folder whose
 * files agree, or else under each file.
 *
 * @param names of the site's files, by their paths below the base path
 * @throws Error when there are more rules than the hosts heed
 */
export function headersFile(names: readonly string[], base: string): string {
  const all = names.map(headersOf);
  const isCommon = ([key, value]: [string, string]) => all.every((headers) => headers[key] === value);
  const common = Object.entries(headersOf('')).filter(isCommon);
  const ownOf = (name: string) => Object.entries(headersOf(name)).filter((header) => !isCommon(header));
  const rules = [{ path: '*', headers: common }, ...rulesOf('', names, ownOf)];
  if (rules.length > MOST_RULES)
    throw new Error(`${HEADERS_FILE} has ${rules.length} rules, and hosts heed no more than ${MOST_RULES}.`);
  return rules.map(({ path, headers }) => ruleAsText(base + path, headers)).join('\n');
}

interface Rule {
  readonly path: string;
  readonly headers: [string, string][];
}

/** The rules of all that lies in a folder, whose path is empty or ends with a slash. */
function rulesOf(folder: string, names: readonly string[], ownOf: (name: string) => Rule['headers']): Rule[] {
  const inside = names.filter((name) => name.startsWith(folder));
  const headers = ownOf(inside[0]);
  const written = JSON.stringify(headers);
  if (folder !== '' && inside.every((name) => JSON.stringify(ownOf(name)) === written))
    return headers.length > 0 ? [{ path: `${folder}*`, headers }] : [];
  const entries = new Set(inside.map((name) => /^[^/]*\/?/.exec(name.slice(folder.length))![0]));
  return [...entries].sort().flatMap((entry) => {
    const path = folder + entry;
    if (entry.endsWith('/')) return rulesOf(path, names, ownOf);
    // A page has the address of its folder.
    const own = ownOf(path);
    return own.length > 0 ? [{ path: path.replace(/(^|\/)index\.html$/, '$1'), headers: own }] : [];
  });
}

function ruleAsText(path: string, headers: Rule['headers']): string {
  return [path, ...headers.map(([key, value]) => `  ${key}: ${value}`), ''].join('\n');
}
