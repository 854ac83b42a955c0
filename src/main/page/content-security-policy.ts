/** What the page may load, in both hosts: its own files and nothing else. */
export interface PolicySources {
  /** Beside `'self'`: the socket's address, or the `media:` scheme. */
  readonly connect: readonly string[]
  readonly media: readonly string[]
}

export function contentSecurityPolicy({ connect, media }: PolicySources): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ['connect-src', "'self'", ...connect].join(' '),
    ['media-src', ...media, 'blob:'].join(' '),
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Sent with every answer to the page. */
export const pageHeaders = (policy: string): Readonly<Record<string, string>> => ({
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  // A browser names its audio outputs only to pages that might hear; the page never records.
  'permissions-policy': 'camera=(), microphone=(self), geolocation=()',
})
