/**
 * The path and query that a request names; null where it names none that can be read, as “//” does. A page of any origin
 * may send one, so that nothing here may throw.
 */
export function requestedAddress(url: string | undefined): URL | null {
  const origin = 'http://127.0.0.1'
  return URL.canParse(url ?? '/', origin) ? new URL(url ?? '/', origin) : null
}
