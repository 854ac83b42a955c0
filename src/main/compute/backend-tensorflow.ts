import { createRequire } from 'node:module'
import { join } from 'node:path'
import util from 'node:util'

/** In the order they are tried: installed beside the program, then by `understudy backend install`. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const

export type NativeEngine =
  | { readonly isLoaded: true; readonly version: string; readonly packageName: string }
  | { readonly isLoaded: false; readonly isInstalled: boolean; readonly reason: string }

/**
 * Loads the native TensorFlow, which registers itself with tfjs-core as backend `tensorflow`.
 * @param enginesFolder where the program installs engines for this person
 */
export function loadNativeEngine(enginesFolder: string | null): NativeEngine {
  const origins = [import.meta.url, ...(enginesFolder === null ? [] : [join(enginesFolder, 'tensorflow', 'entry.js')])]
  let refusal: string | null = null
  for (const origin of origins) {
    const require = createRequire(origin)
    for (const packageName of PACKAGES) {
      if (!isPresent(require, packageName)) continue
      try {
        restoreRemovedUtilities()
        process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
        process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1'
        const loaded: unknown = require(packageName)
        return { isLoaded: true, version: versionOf(loaded), packageName }
      } catch (cause) {
        refusal = `${packageName} does not load: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`
      }
    }
  }
  return { isLoaded: false, isInstalled: refusal !== null, reason: refusal ?? 'not installed' }
}

function isPresent(require: NodeJS.Require, packageName: string): boolean {
  try {
    require.resolve(packageName)
    return true
  } catch {
    return false // not installed there: the next place is tried
  }
}

/** The package calls two functions of `util` that Node 23 removed. */
function restoreRemovedUtilities(): void {
  const removed = util as unknown as Record<string, unknown> // its types no longer name them
  removed['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  removed['isArray'] = Array.isArray
}

function versionOf(loaded: unknown): string {
  const version = (loaded as { version?: Record<string, unknown> } | null)?.version // untyped package
  return String(version?.['tfjs-node'] ?? version?.['tfjs'] ?? 'unknown')
}
