import type { WebPreferences } from 'electron'

export const PAGE_SCHEME = 'app'
export const MEDIA_SCHEME = 'media'
/** The one host of both schemes. */
export const PAGE_HOST = 'understudy'
export const PAGE_ADDRESS = `${PAGE_SCHEME}://${PAGE_HOST}/index.html`

/** What the window may be: a page like any other, behind a bridge. */
export const webPreferences = (preloadPath: string): WebPreferences => ({
  preload: preloadPath,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
})

/** Where the page comes from: the built one, or the development server when (and only when) unpacked. */
export interface PageOrigin {
  readonly protocol: string
  readonly host: string
}

export const builtPage: PageOrigin = { protocol: `${PAGE_SCHEME}:`, host: PAGE_HOST }

/** Whether an address belongs to our page. A custom scheme has no `origin` in the URL class, so both parts are compared. */
export function isOwnPage(address: string, page: PageOrigin = builtPage): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && url.protocol === page.protocol && url.host === page.host && url.username === ''
}

/** The frame that sent a message, as far as it matters here. */
export interface SenderFrame {
  readonly url: string
  readonly parent: unknown
}

/** A message counts only from the top frame of our own page; a frame that is gone sends nothing. */
export const isTrustedSender = (frame: SenderFrame | null, page: PageOrigin = builtPage): boolean =>
  frame !== null && frame.parent === null && isOwnPage(frame.url, page)

/** The only places outside that a link may open in the person's browser. */
const externalHosts: ReadonlySet<string> = new Set(['www.electronjs.org', 'creativecommons.org', 'opensource.org'])

export function isAllowedOutside(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && url.protocol === 'https:' && url.username === '' && externalHosts.has(url.host)
}

/** The page may choose an output device; it never gets camera, microphone, place or notifications. */
export const isAllowedPermission = (permission: string): boolean => permission === 'speaker-selection'

/**
 * What the page may know without asking: the names of audio outputs too, which the browser guards with the microphone's
 * permission. Opening a microphone is a request, and that is refused.
 */
export const isAllowedKnowledge = (permission: string, mediaType: string | undefined): boolean =>
  isAllowedPermission(permission) || (permission === 'media' && mediaType === 'audio')
