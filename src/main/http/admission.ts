import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Names under which only this machine reaches itself; a foreign name that resolves here (DNS rebinding) is not among them. */
const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The port may differ from ours, because a tunnel may bring us to another one on the person's machine. */
export function isOwnHost(host: string | undefined): boolean {
  const match = /^(\[::1\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(host ?? '')
  return match !== null && loopbackNames.has(match[1].toLowerCase())
}

/** Whether the page that asks was served by us, under the name that it asks for now. */
export const isOwnOrigin = (headers: IncomingHttpHeaders): boolean =>
  isOwnHost(headers.host) && headers.origin === `http://${headers.host}`

/** Requests that browsers mark as coming from another site are refused, whatever they carry. */
export const isSameSite = (headers: IncomingHttpHeaders): boolean => {
  const site = headers['sec-fetch-site']
  const isOriginFine = headers.origin === undefined || isOwnOrigin(headers)
  return isOriginFine && (site === undefined || site === 'same-origin' || site === 'none')
}

export const isToken = (given: string, token: string): boolean => {
  const givenBytes = Buffer.from(given)
  const tokenBytes = Buffer.from(token)
  return givenBytes.length === tokenBytes.length && timingSafeEqual(givenBytes, tokenBytes)
}

export const bearerToken = (headers: IncomingHttpHeaders): string =>
  /^Bearer (\S{1,200})$/.exec(headers.authorization ?? '')?.[1] ?? ''
