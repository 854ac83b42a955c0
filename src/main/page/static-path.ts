import { join, normalize, sep } from 'node:path'
import { contentTypeOf } from './content-types.ts'

/** The file under `folder` that an address means; null when it would leave the folder or is of no kind we serve. */
export function staticPath(folder: string, pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname === '/' ? '/index.html' : pathname)
  } catch {
    return null
  }
  if (decoded.includes('\0') || decoded.includes('\\') || contentTypeOf(decoded) === null) return null
  const path = normalize(join(folder, decoded))
  return path.startsWith(folder + sep) ? path : null
}
