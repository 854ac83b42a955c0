import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** Node checks what lies here against the sources, so that it may stay from run to run. */
const folder = resolve(import.meta.dirname, '../../node_modules/.cache/compiled')

/**
 * Some hundred processes of the program are started from its sources, most of them to be killed, which keeps nothing
 * of what they compiled. One that ends by itself compiles everything before them, for all of them.
 */
export async function setup(): Promise<void> {
  process.env['NODE_COMPILE_CACHE'] ??= folder
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'load-sources.ts')])
}
